"""What every request passes before anything reads it: host, path, origin, secret and size.

The rules are those of the local servers that people trust (Jupyter, Datasette): nothing is answered
to a name that the server does not have, nothing is changed for another site, nothing is told without
the launch token.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

import msgspec

from detente.web.problems import PROBLEM_TYPE, problem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from detente.web.rules import Rules

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE = frozenset({"GET", "HEAD"})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
UPLOADS = frozenset({"/documents", "/api/v1/documents"})
"""Paths that take a document."""
TWINS = ("json", "csv")
DRAINED_BYTES = 64_000
DRAINED_SECONDS = 1.0
_WHOLE = ("/static/", "/api/")
"""Paths whose ending belongs to the name."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class RefusedError(Exception):
    """A request that is not answered."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class Guard:
    """ASGI application around another one.

    Args:
        inner: What answers the requests that pass.
        rules: What they must hold.
        methods: Gives the methods that a path takes, none for a path that is not there.
    """

    def __init__(
        self,
        inner: Application,
        rules: Rules,
        methods: Callable[[str], frozenset[str]] = lambda _path: SAFE,
    ) -> None:
        self.inner = inner
        self.rules = rules
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.inner(scope, receive, send)
            return
        sender = _with_headers(send, scope["path"])
        try:
            headers = _headers(scope, self.rules)
            self._check_host(headers)
            _check_path(scope)
            if scope["method"] not in SAFE | UNSAFE:
                _find_twin(scope)
                raise RefusedError(405, f"{scope['method'][:20]!r} is not answered here")
            if self._is_launch(scope):
                await self._launch(scope, sender)
                return
            bearer = self._admit(scope, headers)
            if scope["method"] in UNSAFE:
                self._check_origin(headers, bearer=bearer)
                receive = await self._whole_body(scope, headers, receive)
            _drop_empty(scope)
            _find_twin(scope)
        except RefusedError as refused:
            await _drain(scope, receive)
            await _refuse(sender, scope, refused, self.methods(scope["path"]))
            return
        await self.inner(scope, receive, sender)

    def _check_host(self, headers: dict[str, list[str]]) -> None:
        given = headers.get("host", [])
        if len(given) != 1 or given[0].lower() not in self.rules.hosts:
            raise RefusedError(400, "the Host header does not name this server")

    def _is_launch(self, scope: Scope) -> bool:
        return scope["method"] == "GET" and b"token=" in scope["query_string"]

    async def _launch(self, scope: Scope, send: Send) -> None:
        """Exchange the launch token for a cookie, and go on without it in the address."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if len(given) != 1 or not self.rules.knows_token(given[0]):
            raise RefusedError(
                401, "this launch token is not the server's; take the printed address"
            )
        rest = urlencode([pair for pair in query if pair[0] != "token"])
        target = quote(scope["path"], safe="/:") + (f"?{rest}" if rest else "")
        cookie = f"{self.rules.cookie}={self.rules.session}; Path=/; HttpOnly; SameSite=Strict"
        headers = [
            (b"location", target.encode()), (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"), (b"content-length", b"0"),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _admit(self, scope: Scope, headers: dict[str, list[str]]) -> bool:
        """Ask for the cookie or the Bearer token; return whether it was the Bearer token."""
        given = headers.get("authorization", [])
        if given:
            kind, _, secret = given[0].partition(" ")
            if len(given) == 1 and kind.lower() == "bearer" and self.rules.knows_token(secret):
                return True
            raise RefusedError(401, "the Bearer token is not the server's launch token")
        if any(self.rules.knows_session(value) for value in _cookies(headers, self.rules.cookie)):
            return False
        if scope["path"].startswith("/static/"):
            return False
        raise RefusedError(
            401, "Open the address that `detente serve` printed, or send its token as Bearer."
        )

    def _check_origin(self, headers: dict[str, list[str]], *, bearer: bool) -> None:
        site, origin = headers.get("sec-fetch-site", []), headers.get("origin", [])
        if any(value != "same-origin" for value in site):
            raise RefusedError(403, "another site may change nothing here")
        if len(origin) > 1 or any(value not in self.rules.origins for value in origin):
            raise RefusedError(403, "another origin may change nothing here")
        if not bearer and not site and not origin:
            raise RefusedError(403, "a change needs an Origin header, or the token as Bearer")

    async def _whole_body(
        self, scope: Scope, headers: dict[str, list[str]], receive: Receive
    ) -> Receive:
        """Read the body up to the limit, and hand it on as one piece."""
        rules = self.rules
        limit = rules.upload_bytes if scope["path"] in UPLOADS else rules.body_bytes
        said = headers.get("content-length", ["0"])[0]
        if not said.isdigit() or int(said) > limit:
            raise RefusedError(413, f"the body may have {limit:,} bytes")
        try:
            body = await asyncio.wait_for(_read(receive, limit), rules.body_seconds)
        except TimeoutError as error:
            raise RefusedError(408, f"the body took over {rules.body_seconds:g} s") from error
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return replay


async def _drain(scope: Scope, receive: Receive) -> None:
    """Take up a short body that nobody wants: hanging up on it could lose the answer on its way."""
    said = [value for name, value in scope["headers"] if name == b"content-length"]
    if len(said) == 1 and said[0].isdigit() and int(said[0]) <= DRAINED_BYTES:
        with suppress(TimeoutError, RefusedError):
            await asyncio.wait_for(_read(receive, DRAINED_BYTES), DRAINED_SECONDS)


async def _read(receive: Receive, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(400, "the body ended early")
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise RefusedError(413, f"the body may have {limit:,} bytes")
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _headers(scope: Scope, rules: Rules) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > rules.header_bytes:
        raise RefusedError(431, f"the headers may have {rules.header_bytes:,} bytes")
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _cookies(headers: dict[str, list[str]], name: str) -> list[str]:
    found = []
    for line in headers.get("cookie", []):
        try:
            jar = SimpleCookie(line)
        except CookieError:
            continue
        if name in jar:
            found.append(jar[name].value)
    return found


def _check_path(scope: Scope) -> None:
    """Refuse whatever is no plain path of this server."""
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    decoded = unquote_to_bytes(raw.partition(b"?")[0])
    try:
        path = decoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the path is no UTF-8") from error
    if not path.startswith("/") or "\\" in path or any(ord(sign) < 32 for sign in path):
        raise RefusedError(400, "this is no path of this server")
    if path.startswith("//") or any(part in {".", ".."} for part in path.split("/")):
        raise RefusedError(404, "There is no such page.")


def _find_twin(scope: Scope) -> None:
    """Take ``.json`` or ``.csv`` off the path and note which twin of the page is asked for."""
    path = scope["path"]
    state = scope.setdefault("state", {})
    stem, _, ending = path.rpartition(".")
    if ending in TWINS and stem and not path.startswith(_WHOLE):
        scope["path"] = stem
        scope["raw_path"] = quote(stem, safe="/:").encode()
        state["twin"] = ending


def _drop_empty(scope: Scope) -> None:
    """Leave out parameters without a value: an empty field of a form asks for nothing."""
    parts = scope["query_string"].split(b"&")
    scope["query_string"] = b"&".join(part for part in parts if part and not part.endswith(b"="))


def _with_headers(send: Send, path: str) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            names = {name for name, _ in headers}
            headers += HEADERS
            if b"cache-control" not in names:
                headers.append((b"cache-control", _keeping(path, message["status"])))
            message["headers"] = headers
        await send(message)

    return sender


def _keeping(path: str, status: int) -> bytes:
    """Return how long an answer may be kept: files whose address changes with them, for long."""
    if path.startswith("/static/") and status == 200:
        return b"private, max-age=31536000, immutable"
    return b"private, no-cache"


async def _refuse(send: Send, scope: Scope, refused: RefusedError, methods: frozenset[str]) -> None:
    from detente.web.answers import page

    found = problem(refused.status, refused.detail)
    accepts = b",".join(value for name, value in scope["headers"] if name == b"accept")
    if b"text/html" in accepts:
        body, kind = page("problem.html", problem=found).encode(), b"text/html; charset=utf-8"
    else:
        body, kind = msgspec.json.encode(found), PROBLEM_TYPE.encode()
    headers = [
        (b"content-type", kind), (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"), (b"cache-control", b"no-store"),
    ]  # fmt: skip
    if refused.status == 405:
        headers.append((b"allow", ", ".join(sorted(methods)).encode()))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
