import contextlib
import gzip
import ipaddress
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest

from detente.errors import FetchError
from detente.ingest.fetch import Fetcher
from detente.settings import Settings

LOCAL = ipaddress.ip_address("127.0.0.1")
OTHER = ipaddress.ip_address("127.0.0.2")
PAGE = b"<html><body><p>The ministers met.</p></body></html>"


class Server:
    """A server that answers each path with given bytes, or calls a function with the socket."""

    def __init__(self):
        self.answers = {}
        self.requests = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._open = True
        self._threads = []
        self._main = threading.Thread(target=self._serve)
        self._main.start()

    def url(self, path, host="site.example"):
        return f"http://{host}:{self.port}{path}"

    def page(self, path, body=PAGE, status="200 OK", **headers):
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        if "Content_Length" not in headers:
            head += f"Content-Length: {len(body)}\r\n"
        self.answers[path] = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body

    def redirect(self, path, to):
        self.page(path, b"", "302 Found", Location=to)

    def close(self):
        self._open = False
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._main.join()
        for thread in self._threads:
            thread.join(5)

    def _serve(self):
        while self._open:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(client,))
            thread.start()
            self._threads.append(thread)

    def _answer(self, client):
        with client:
            client.settimeout(5)
            try:
                request = client.recv(65_536).decode("latin-1")
                self.requests.append(request)
                answer = self.answers.get(request.split(" ")[1], b"HTTP/1.1 404 Not Found\r\n\r\n")
                if callable(answer):
                    answer(client)
                else:
                    client.sendall(answer)
            except (OSError, IndexError):
                return


@pytest.fixture
def server():
    one = Server()
    yield one
    one.close()


CERTIFICATE = Path(__file__).parent / "good.example.pem"


def fetcher(names=None, allow=lambda address: address == LOCAL, **limits):
    """A fetcher that resolves every name to this machine and takes that for public."""
    table = names or {}

    def resolve(host, port, seconds):
        try:
            return [ipaddress.ip_address(host)]
        except ValueError:
            return table.get(host, [LOCAL])

    settings = Settings(**{"fetch_seconds": 3.0, **limits})
    return Fetcher(settings, resolve=resolve, allow=allow)


def test_a_page_comes_with_its_type_and_final_address(server):
    server.redirect("/old", "/2016/09/26/talks.html")
    server.page("/2016/09/26/talks.html", Content_Type="Text/HTML; charset=windows-1251")
    page = fetcher().get(server.url("/old"))
    assert page.body == PAGE
    assert page.url == server.url("/2016/09/26/talks.html")
    assert (page.media_type, page.charset, page.name) == ("text/html", "windows-1251", "talks.html")
    assert f"Host: site.example:{server.port}\r\n" in server.requests[0]


def test_i81_the_local_network_is_closed_unless_opened(server):
    server.page("/a")
    with pytest.raises(FetchError, match="private address"):
        Fetcher(Settings()).get(server.url("/a", "127.0.0.1"))
    assert server.requests == []
    opened = Fetcher(Settings(allow_private_addresses=True))
    assert opened.get(server.url("/a", "localhost")).body == PAGE


@pytest.mark.parametrize("to", ["http://inner.example/x", "//127.0.0.2/x", "http://[::1]/x"])
def test_i83_a_redirect_to_a_private_address_is_refused(server, to):
    server.redirect("/a", to)
    with pytest.raises(FetchError, match="private address"):
        fetcher({"inner.example": [OTHER]}).get(server.url("/a"))


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "gopher://x.example/", "http://u:p@x.example/"]
)
def test_i83_a_redirect_to_something_else_is_refused(server, to):
    server.redirect("/a", to)
    with pytest.raises(FetchError, match="refused address"):
        fetcher().get(server.url("/a"))


def test_i82_one_private_address_among_public_ones_is_enough_to_refuse(server):
    with pytest.raises(FetchError, match="private address"):
        fetcher({"two.example": [LOCAL, OTHER]}).get(server.url("/a", "two.example"))


def test_i82_a_name_that_changes_is_asked_once_and_the_checked_address_is_used(server):
    answers = iter([[LOCAL], [OTHER]])
    server.page("/a")
    settings = Settings()
    one = Fetcher(settings, resolve=lambda *_: next(answers), allow=lambda a: a == LOCAL)
    assert one.get(server.url("/a", "rebinding.example")).body == PAGE
    with pytest.raises(FetchError, match=r"127\.0\.0\.2"):
        one.get(server.url("/a", "rebinding.example"))


def test_i83_redirects_are_counted(server):
    for number in range(8):
        server.redirect(f"/{number}", f"/{number + 1}")
    server.page("/8")
    assert fetcher().get(server.url("/3")).body == PAGE
    with pytest.raises(FetchError, match="more than 5 times"):
        fetcher().get(server.url("/0"))


def test_i86_packed_pages_are_unpacked_within_the_limit(server):
    server.page("/a", gzip.compress(PAGE), Content_Encoding="gzip")
    server.page("/bomb", gzip.compress(b"\x00" * 5_000_000), Content_Encoding="gzip")
    server.page("/br", b"xx", Content_Encoding="br")
    one = fetcher(fetch_bytes=1_000_000)
    assert one.get(server.url("/a")).body == PAGE
    with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
        one.get(server.url("/bomb"))
    with pytest.raises(FetchError, match="not asked for"):
        one.get(server.url("/br"))


def test_i85_endless_and_slow_answers_end(server):
    def endless(client):
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b"x" * 65_536)

    def drip(head):
        def answer(client):
            client.sendall(head)
            while True:
                client.sendall(b"a")
                time.sleep(0.05)

        return answer

    server.answers |= {
        "/endless": endless,
        "/body": drip(b"HTTP/1.1 200 OK\r\n\r\n"),
        "/header": drip(b"HTTP/1.1 200 OK\r\nX: "),
    }
    one = fetcher(fetch_bytes=1_000_000, fetch_seconds=0.6)
    with pytest.raises(FetchError, match="larger than"):
        one.get(server.url("/endless"))
    for path in ("/body", "/header"):
        began = time.monotonic()
        with pytest.raises(FetchError, match=r"longer than 0\.6 seconds"):
            one.get(server.url(path))
        assert time.monotonic() - began < 2


def test_i85_broken_answers_are_errors(server):
    server.page("/short", PAGE, Content_Length=len(PAGE) + 10)
    server.answers["/noise"] = b"\x00\x01\x02 nothing\r\n\r\n"
    server.answers["/flood"] = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"
    server.page("/gone", b"", "410 Gone")
    for path, reason in (
        ("/short", "cut off|malformed"),
        ("/noise", "malformed"),
        ("/flood", "malformed"),
        ("/gone", "answered 410 Gone"),
    ):
        with pytest.raises(FetchError, match=reason):
            fetcher().get(server.url(path))


def test_i88_retry_after_is_honoured_once(server):
    server.page("/busy", b"", "503 Busy", Retry_After="1")
    began = time.monotonic()
    with pytest.raises(FetchError, match="503"):
        fetcher().get(server.url("/busy"))
    assert 1 <= time.monotonic() - began < 3
    assert len(server.requests) == 2


def test_i89_proxies_of_the_environment_are_not_used(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    server.page("/a")
    assert fetcher().get(server.url("/a")).body == PAGE


def test_i87_without_tls_there_is_no_secure_page(server):
    server.page("/a")
    with pytest.raises(FetchError, match=r"secure connection|failed|malformed"):
        fetcher().get(server.url("/a").replace("http:", "https:"))


@pytest.fixture
def secure(server):
    """The server behind TLS, with a certificate of its own for good.example; yields its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                with contextlib.suppress(OSError):
                    server._answer(context.wrap_socket(client, server_side=True))

        threading.Thread(target=answer, daemon=True).start()
        server.page("/a")
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def test_i87_a_certificate_that_nobody_vouches_for_is_refused(server, secure):
    with pytest.raises(FetchError, match="certificate is not valid"):
        fetcher().get(f"https://good.example:{secure}/a")
    assert server.requests == []


def test_i87_a_certificate_of_another_host_is_refused(server, secure, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert fetcher().get(f"https://good.example:{secure}/a").body == PAGE
    with pytest.raises(FetchError, match="certificate is not valid"):
        fetcher().get(f"https://bad.example:{secure}/a")
    assert len(server.requests) == 1


@pytest.mark.parametrize("wait", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT", "-1", "nan"])
def test_i88_a_long_or_odd_wait_is_not_waited_for(server, wait):
    server.page("/busy", b"", "429 Too Many Requests", Retry_After=wait)
    began = time.monotonic()
    with pytest.raises(FetchError, match="429"):
        fetcher().get(server.url("/busy"))
    assert time.monotonic() - began < 1
    assert len(server.requests) == 1
