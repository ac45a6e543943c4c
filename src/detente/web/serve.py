"""The server: uvicorn on loopback, with limits on slow and on many askers."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from detente.errors import InputError
from detente.web.app import build
from detente.web.content import overview as overviews
from detente.web.desk import Desk
from detente.web.rules import LOOPBACK, Rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from detente.settings import Settings
    from detente.web.guard import Guard

HEADER_SECONDS = 10.0
"""How long the headers of a request may take to arrive."""
CONNECTIONS = 200
"""Connections open at once; more are answered with 503."""
BACKLOG = 128
SWITCH_SECONDS = 0.0005
"""How long one thread may compute while another waits; five milliseconds would make every look-up of a
page wait so long for answers that are made beside."""


class TimedProtocol(H11Protocol):
    """HTTP/1.1 that hangs up on whoever does not finish the headers in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401
        """Start the clock."""
        super().connection_made(transport)
        self._start()

    def data_received(self, data: bytes) -> None:
        """Stop the clock once the headers are whole; start it again for the next request."""
        if self._late is None and self._idle():
            self._start()
        super().data_received(data)
        if not self._idle():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _start(self) -> None:
        self._late = self.loop.call_later(HEADER_SECONDS, self._hang_up)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _hang_up(self) -> None:
        if self._idle() and not self.transport.is_closing():
            self.transport.close()


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Args:
        host: Address to listen on.
        port: Port; 0 takes a free one.

    Raises:
        InputError: The port is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise InputError(
            f"{host}:{port}: {error.strerror}; another server may hold the port: choose one with "
            "--port, or 0 for any that is free"
        ) from error
    return listening


def configuration(app: Guard, rules: Rules) -> uvicorn.Config:
    """Return how uvicorn serves the application: quietly, HTTP/1.1 alone, with limits."""
    return uvicorn.Config(
        app,
        http=TimedProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=rules.header_bytes,
    )


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    path: str = "/",
    settings: Settings | None = None,
    ready: Callable[[str], None] | None = None,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Serve a casebook until interrupted.

    Args:
        folder: The casebook's folder.
        host: Address to listen on; loopback unless the user asks for another.
        port: Port; 0 takes a free one.
        path: Page that the printed address opens.
        settings: Limits.
        ready: Called once with the address that holds the launch token, when the busiest pages of a
            large casebook are made ready.
        advance: Told how many sentences of these pages are counted, and how many there are.

    Raises:
        InputError: The port is taken.
        CasebookError: There is no casebook, or it is newer than the program.
    """
    with bind(host, port) as listening:
        port = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        names = LOOPBACK if shown in LOOPBACK else (shown,)
        rules = Rules(port=port, names=names)
        desk = Desk(folder, settings=settings)
        overviews.prepare(desk, advance)
        app = build(folder, rules=rules, settings=settings, desk=desk)
        server = uvicorn.Server(configuration(app, rules))
        sys.setswitchinterval(SWITCH_SECONDS)
        if ready is not None:
            mark = "&" if "?" in path else "?"
            ready(f"http://{shown}:{port}{path}{mark}token={rules.token}")
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            sys.stderr.write("\n")
