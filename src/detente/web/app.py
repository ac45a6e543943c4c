"""The ASGI application: pages, REST and static files behind the guard."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.routes import HTTPRoute
from litestar.static_files import create_static_files_router

from detente import __version__
from detente.web import pages, problems, rest
from detente.web.asked import narrowing
from detente.web.desk import Desk
from detente.web.guard import SAFE, UNSAFE, Guard
from detente.web.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.types import Message, Scope

    from detente.settings import Settings

STATIC = Path(__file__).parent / "static"
API = "/api/v1"
REVIEWS = ("/review/", "/judgement/", f"{API}/review/", f"{API}/judgements/")
"""Where reviews are changed; what rests on a review asks the ledger itself."""
DESCRIPTION = (
    "One casebook. Every request carries the launch token as Bearer, or the cookie of the pages. "
    "Errors are problems as of RFC 9457."
)


def build(
    folder: Path | str, *, rules: Rules, settings: Settings | None = None, desk: Desk | None = None
) -> Guard:
    """Return the application of one casebook.

    Args:
        folder: The casebook's folder.
        rules: Who may ask what.
        settings: Limits.
        desk: Where to read; one of its own where None.

    Raises:
        CasebookError: There is no casebook, or it is newer than the program.
    """
    reading = Desk(folder, settings=settings) if desk is None else desk

    async def close() -> None:
        reading.close()

    async def note_change(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start" or scope.get("method") not in UNSAFE:
            return
        if not str(scope.get("path")).startswith(REVIEWS):
            reading.changed()

    dependencies = {
        "desk": Provide(lambda: reading, sync_to_thread=False),
        "asked": Provide(narrowing, sync_to_thread=False),
    }
    app = Litestar(
        route_handlers=[
            Router(path="/", route_handlers=pages.HANDLERS, include_in_schema=False),
            Router(path=API, route_handlers=rest.HANDLERS),
            create_static_files_router(
                path="/static", directories=[STATIC], include_in_schema=False,
                cache_control=None,
            ),
        ],
        dependencies=dependencies,
        exception_handlers=problems.handlers(),
        before_send=[note_change],
        state=State({"desk": reading}),
        on_shutdown=[close],
        logging_config=None,
        request_max_body_size=rules.upload_bytes,
        openapi_config=OpenAPIConfig(
            title="Détente",
            version=__version__,
            description=DESCRIPTION,
            path=f"{API}/openapi",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            components=Components(
                security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}
            ),
            security=[{"token": []}],
        ),
    )  # fmt: skip
    return Guard(app, rules, _methods(app))  # type: ignore[arg-type]  # other names, same protocol


def _methods(app: Litestar) -> Callable[[str], frozenset[str]]:
    """Return what gives the methods that a path takes; a path without variables goes first."""
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    exact = {route.path_format: route.methods for route in routes}
    patterns = [
        (
            re.compile(
                re.sub(r"\{[^}]+\}", ".+" if ":path}" in route.path else "[^/]+", route.path_format)
            ),
            route.methods,
        )
        for route in routes
    ]

    def of(path: str) -> frozenset[str]:
        matched = (names for pattern, names in patterns if pattern.fullmatch(path))
        found = set(exact[path] if path in exact else chain.from_iterable(matched))
        return frozenset(found & (SAFE | UNSAFE) | ({"HEAD"} if "GET" in found else set()))

    return of
