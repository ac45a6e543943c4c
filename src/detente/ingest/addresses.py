"""Which addresses may be fetched: names are resolved here and checked before any connection."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from detente.errors import FetchError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_BAD = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
"""Ports below it belong to other services (mail, databases), which a page's address could abuse."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart.

    Attributes:
        url: The address without its fragment.
        scheme: ``http`` or ``https``.
        host: The name, in ASCII.
        port: The port.
        path: Path and query.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str


def split(url: str) -> Target:
    """Take an address apart.

    Raises:
        FetchError: It is not a plain http or https address.
    """
    shown = url if len(url) < 200 else url[:197] + "..."
    if len(url) > _LONGEST or _BAD.search(url):
        raise FetchError(f"{shown!r} is no address: it is too long or holds spaces or controls")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{shown}: the address is malformed") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise FetchError(f"{shown}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{shown}: an address with a user name or password is not fetched")
    if not parts.hostname:
        raise FetchError(f"{shown}: the address names no host")
    port = _PORTS[scheme] if port is None else port
    if port < _FIRST_FREE_PORT and port not in _PORTS.values():
        raise FetchError(f"{shown}: port {port} belongs to another service")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url.split("#", 1)[0], scheme, _ascii(parts.hostname, shown), port, _quoted(path))


def _ascii(host: str, shown: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError(f"{shown}: the host's name is malformed") from error


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?%&=+,;:@!$'()*~[]|-._")


def is_public(address: IPAddress) -> bool:
    """Whether an address lies in the open internet, also where it wraps another one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None:
            return False
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int, seconds: float) -> list[IPAddress]:
    """Return the addresses of a name.

    Raises:
        FetchError: The name is unknown, or the answer takes longer than ``seconds``.
    """
    found: list[IPAddress] = []
    failed: list[str] = []

    def look_up() -> None:
        try:
            for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(ipaddress.ip_address(str(address[0]).split("%", 1)[0]))
        except (OSError, UnicodeError, ValueError):
            failed.append(host)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise FetchError(f"the name {host} was not resolved in time")
    if failed or not found:
        raise FetchError(f"the name {host} is unknown")
    return list(dict.fromkeys(found))


Resolver = "Callable[[str, int, float], list[IPAddress]]"
