"""Fetches web pages without being led astray.

A name is resolved once; every address of it must be public, and the connection goes to the very
address that was checked, so that a name which changes between check and connection gains nothing.
Each redirect is checked anew. Proxies of the environment are not used, no cookies are kept. Built
on ``http.client``, which takes a socket that is already connected.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from detente.errors import FetchError
from detente.ingest import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from detente.ingest.addresses import IPAddress, Target
    from detente.settings import Settings

MOST_REDIRECTS = 5
_MOST_WAIT = 10.0
"""Longest ``Retry-After`` in seconds that is waited for, once."""

_AGENT = "detente (+reads one page at a time)"
_CHUNK = 65_536
_NO_TIME = "it took longer than {:g} seconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answered.

    Attributes:
        url: The address after redirects.
        body: The bytes, decoded.
        media_type: Such as ``text/html``, in lower case.
        charset: The character set that the server declared.
        name: The last part of the path.
    """

    url: str
    body: bytes
    media_type: str | None
    charset: str | None
    name: str


class Fetcher:
    """Fetches pages within limits.

    Args:
        settings: ``fetch_seconds`` and ``fetch_bytes`` limit one address with its redirects;
            ``allow_private_addresses`` opens the local network.
        resolve: Finds the addresses of a name.
        allow: Whether an address may be connected to; public ones only by default.
        tls: The TLS context; certificates are checked against the system's by default.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Callable[[str, int, float], list[IPAddress]] = addresses.resolve,
        allow: Callable[[IPAddress], bool] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._resolve = resolve
        self._allow = allow or (
            _anything if settings.allow_private_addresses else addresses.is_public
        )
        self._tls = tls

    def get(self, url: str) -> Page:
        """Fetch one address.

        Raises:
            FetchError: The address was refused, or there is no page within the limits.
        """
        deadline = time.monotonic() + self._settings.fetch_seconds
        waited = False
        target = addresses.split(url)
        for _ in range(MOST_REDIRECTS + 2):
            with self._answer(target, deadline) as answer:
                if answer.status in {301, 302, 303, 307, 308}:
                    target = _redirected(target, answer.getheader("Location"))
                    continue
                wait = _wait(answer) if answer.status in {429, 503} and not waited else None
                if wait is None:
                    return self._page(target, answer, deadline)
            if time.monotonic() + wait > deadline:
                raise FetchError(f"{url}: the server asks to come back later")
            time.sleep(wait)
            waited = True
        raise FetchError(f"{url}: it redirects more than {MOST_REDIRECTS} times")

    @contextlib.contextmanager
    def _answer(self, target: Target, deadline: float) -> Iterator[http.client.HTTPResponse]:
        """Send one request; whatever drags on beyond the deadline is cut off."""
        connection = self._connect(target, deadline)
        guard = _Guard(connection, deadline)
        client = http.client.HTTPConnection(target.host, target.port)
        try:
            client.sock = (
                self._secured(connection, target) if target.scheme == "https" else connection
            )
            client.request("GET", target.path, headers=_headers(target))
            with client.getresponse() as answer:
                yield answer
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, FetchError):
                raise
            raise FetchError(f"{target.url}: {_reason(error, guard, self._settings)}") from error
        finally:
            guard.stop()
            client.close()
            connection.close()

    def _connect(self, target: Target, deadline: float) -> socket.socket:
        found = self._resolve(target.host, target.port, max(deadline - time.monotonic(), 0.01))
        for address in found:
            if not self._allow(address):
                raise FetchError(f"{target.url}: {target.host} is at {address}, a private address")
        last = "there is no answer"
        for address in found[:4]:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((str(address), target.port), timeout=left)
            except OSError as error:
                last = error.strerror or str(error)
        raise FetchError(f"{target.url}: {last}")

    def _secured(self, connection: socket.socket, target: Target) -> ssl.SSLSocket:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            with contextlib.suppress(ImportError):
                import certifi

                self._tls.load_verify_locations(certifi.where())
        return self._tls.wrap_socket(connection, server_hostname=target.host)

    def _page(self, target: Target, answer: http.client.HTTPResponse, deadline: float) -> Page:
        if answer.status != 200:
            raise FetchError(f"{target.url}: the server answered {answer.status} {answer.reason}")
        body = self._body(target, answer, deadline)
        content = answer.headers
        return Page(
            url=target.url,
            body=body,
            media_type=content.get_content_type() if "Content-Type" in content else None,
            charset=content.get_content_charset(),
            name=unquote(urlsplit(target.url).path.rsplit("/", 1)[-1]),
        )

    def _body(self, target: Target, answer: http.client.HTTPResponse, deadline: float) -> bytes:
        coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
        if coding not in {"identity", "gzip", "x-gzip"}:
            raise FetchError(f"{target.url}: the server sent {coding}, which was not asked for")
        engine = None if coding == "identity" else zlib.decompressobj(wbits=31)
        body = bytearray()
        limit = self._settings.fetch_bytes
        while True:
            data = answer.read1(_CHUNK)
            if time.monotonic() >= deadline:  # a body without a length also ends where it is cut
                raise FetchError(f"{target.url}: {_NO_TIME.format(self._settings.fetch_seconds)}")
            if not data:
                break
            try:
                body += data if engine is None else engine.decompress(data, limit + 1 - len(body))
            except zlib.error as error:
                raise FetchError(f"{target.url}: the page is packed wrongly") from error
            if len(body) > limit:
                raise FetchError(f"{target.url}: the page is larger than {limit:,} bytes")
        if answer.length not in {None, 0} or (engine is not None and body and not engine.eof):
            raise FetchError(f"{target.url}: the page was cut off on its way")
        return bytes(body)


class _Guard:
    """Cuts a connection off at a deadline, also in the middle of headers or of a handshake."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._copy = connection.dup()
        self._timer = threading.Timer(max(deadline - time.monotonic(), 0.01), self._cut)
        self._timer.daemon = True
        self.fired = False
        self._timer.start()

    def _cut(self) -> None:
        self.fired = True
        with contextlib.suppress(OSError):
            self._copy.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        self._timer.cancel()
        self._timer.join()
        self._copy.close()


def _anything(address: IPAddress) -> bool:
    del address
    return True


def _headers(target: Target) -> dict[str, str]:
    usual = target.port == {"http": 80, "https": 443}[target.scheme]
    host = f"[{target.host}]" if ":" in target.host else target.host
    return {
        "Host": host if usual else f"{host}:{target.port}",
        "User-Agent": _AGENT,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _redirected(target: Target, location: str | None) -> Target:
    if not location:
        raise FetchError(f"{target.url}: it redirects to nowhere")
    try:
        return addresses.split(urljoin(target.url, location))
    except FetchError as error:
        raise FetchError(f"{target.url}: it redirects to a refused address ({error})") from error


def _wait(answer: http.client.HTTPResponse) -> float | None:
    """Return the seconds to wait that the server names, where they are few."""
    text = (answer.getheader("Retry-After") or "").strip()
    seconds = float(text) if re.fullmatch(r"\d{1,6}", text) else None
    return seconds if seconds is not None and seconds <= _MOST_WAIT else None


def _reason(error: Exception, guard: _Guard, settings: Settings) -> str:
    if guard.fired or isinstance(error, TimeoutError):
        return _NO_TIME.format(settings.fetch_seconds)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return "no secure connection could be made"
    if isinstance(error, OSError):
        return error.strerror or "the connection failed"
    return "the server's answer is malformed"
