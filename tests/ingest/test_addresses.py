import ipaddress

import pytest

from detente.errors import FetchError
from detente.ingest import addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1",
        "2001:0:1:2:3:4:5:6", "ff02::1",
    ],
)  # fmt: skip
def test_i81_addresses_that_are_not_public(address):
    assert not addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses(address):
    assert addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["0x7f000001", "2130706433", "127.1", "localhost"])
def test_i81_other_spellings_resolve_to_an_address_that_is_checked(host):
    found = addresses.resolve(host, 80, 5.0)
    assert not any(addresses.is_public(one) for one in found)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("gopher://a.example/", "only http and https"),
        ("http://user:secret@a.example/", "user name or password"),
        ("http://a.example:25/", "port 25"),
        ("http://a.example:99999/", "malformed"),
        ("http://a.example/\r\nX: y", "controls"),
        ("http://a.example\\@b.example/", "controls"),
        ("http:///path", "no host"),
        ("http://[::1", "malformed"),
        ("http://" + "a" * 70 + "é.example/", "malformed"),
        ("http://a.example/" + "a" * 3_000, "too long"),
    ],
)
def test_i84_addresses_that_are_refused(url, reason):
    with pytest.raises(FetchError, match=reason):
        addresses.split(url)


def test_an_address_is_taken_apart():
    target = addresses.split("HTTPS://Bücher.example:8443/weg é?q=1#part".replace(" ", "/"))
    assert (target.scheme, target.host, target.port) == ("https", "xn--bcher-kva.example", 8443)
    assert target.path == "/weg/%C3%A9?q=1"
