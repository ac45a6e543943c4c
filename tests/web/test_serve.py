"""The real server: it starts, prints one address, hangs up on the slow, and stops."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest
import uvicorn

from detente.web import serve
from detente.web.app import build


@pytest.fixture
def server(made, rules, monkeypatch):
    """A server in a thread that gives headers 0.3 seconds; yields its port."""
    monkeypatch.setattr(serve, "HEADER_SECONDS", 0.3)
    with running(made, rules) as port:
        yield port


@contextlib.contextmanager
def running(made, rules):
    """A server in a thread; yields its port."""
    listening = serve.bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    own = dataclasses.replace(rules, port=port)
    config = serve.configuration(build(made, rules=own), own)
    one = uvicorn.Server(config)
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not one.started:
        time.sleep(0.01)
    yield port
    one.should_exit = True
    thread.join(timeout=10)
    listening.close()


def test_j99_headers_that_do_not_come_in_time_end_the_connection(server):
    began = time.monotonic()
    for start in (b"", b"GET / HTTP/1.1\r\nHost: x\r\n"):
        with socket.create_connection(("127.0.0.1", server), timeout=5) as slow:
            if start:
                slow.sendall(start)
            assert slow.recv(100) == b""
    assert time.monotonic() - began < 5


def test_j99_a_slow_second_request_ends_too_and_a_quick_one_does_not(server):
    with socket.create_connection(("127.0.0.1", server), timeout=5) as kept:
        for _ in range(2):
            kept.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server}\r\n\r\n".encode())
            assert kept.recv(4000).startswith(b"HTTP/1.1 401")
            break
        with socket.create_connection(("127.0.0.1", server), timeout=5) as other:
            other.sendall(b"GET /x HTTP/1.1\r\nHos")
            assert other.recv(100) == b""


def test_j99_more_connections_than_the_cap_are_told_to_come_later(made, rules, monkeypatch):
    monkeypatch.setattr(serve, "CONNECTIONS", 5)
    with running(made, rules) as port, contextlib.ExitStack() as held:
        ask = f"GET /sources.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        for held_open, status in ((3, b"401"), (3, b"503")):
            for _ in range(held_open):
                held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
                link.sendall(ask)
                assert link.recv(4000)[9:12] == status


def test_j98_long_headers_are_refused_by_the_server_itself(server):
    with socket.create_connection(("127.0.0.1", server), timeout=5) as long:
        try:
            long.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n")
            answer = long.recv(100)
        except ConnectionError:
            return
        assert re.match(rb"HTTP/1.1 4(00|31)|$", answer)


@pytest.mark.slow
def test_the_command_prints_one_address_and_stops_when_asked(made):
    command = [sys.executable, "-m", "detente", "serve", "--casebook", str(made), "--port", "0",
               "--page", "/relation/BLR/USA"]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        try:
            address = run.stdout.readline().split()[-1]
            assert re.fullmatch(
                r"http://127\.0\.0\.1:\d+/relation/BLR/USA\?token=[\w-]{40,}", address
            )
            with httpx.Client(follow_redirects=True) as client:
                page = client.get(address)
                assert page.status_code == 200
                assert "token=" not in str(page.url)
                assert "<h1>" in page.text
        finally:
            run.send_signal(signal.SIGINT)
        assert run.wait(timeout=15) in {0, 130}
        assert "Traceback" not in run.stderr.read()


@pytest.mark.slow
def test_a_missing_casebook_is_one_line(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "detente", "serve", "--casebook", "nowhere.casebook"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "nowhere.casebook" in done.stderr
