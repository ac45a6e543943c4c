"""Who may ask the server what: its addresses, its secrets and its limits."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the guard holds every request against.

    Attributes:
        port: The port that is listened on.
        names: Host names and addresses by which the server may be called, without port.
        token: Launch token; it stands once in the printed address, and as Bearer for REST.
        session: What the cookie holds once the token was shown.
        header_bytes: Most bytes of all headers together.
        body_bytes: Most bytes of a body.
        upload_bytes: Most bytes of an uploaded document.
        body_seconds: How long a body may take to arrive.
    """

    port: int
    names: tuple[str, ...] = LOOPBACK
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    header_bytes: int = 32_768
    body_bytes: int = 1_000_000
    upload_bytes: int = 50_000_000
    body_seconds: float = 60.0

    @property
    def cookie(self) -> str:
        """Name of the cookie: cookies know no ports, so the name does."""
        return f"detente_{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """Values of the Host header that are answered."""
        with_port = {f"{name}:{self.port}" for name in self.names}
        return frozenset(with_port | set(self.names) if self.port == 80 else with_port)

    @property
    def origins(self) -> frozenset[str]:
        """Values of the Origin header that may change something."""
        return frozenset(f"http://{host}" for host in self.hosts)

    def knows_token(self, given: str) -> bool:
        """Whether this is the launch token; takes the same time for every guess."""
        return compare_digest(given.encode(), self.token.encode())

    def knows_session(self, given: str) -> bool:
        """Whether this is the cookie's secret; takes the same time for every guess."""
        return compare_digest(given.encode(), self.session.encode())
