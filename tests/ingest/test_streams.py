import gzip
import io
import os

import pytest

from detente.errors import ReadError
from detente.ingest.streams import Budget, Gunzip, buffered, read_all
from detente.settings import Settings


def gunzip(data, **limits):
    stream = Gunzip(io.BytesIO(data), Budget(Settings(**limits)))
    return read_all(buffered(stream), 100_000_000), stream.flags


def test_members_follow_each_other():
    assert gunzip(gzip.compress(b"one ") + gzip.compress(b"two")) == (b"one two", [])


def test_bytes_behind_the_last_member_are_noted():
    assert gunzip(gzip.compress(b"one") + b"garbage") == (b"one", ["trailing_garbage"])
    assert gunzip(gzip.compress(b"one") + b"\x00" * 100) == (b"one", [])


@pytest.mark.parametrize("cut", [5, 12, 40, -9, -1])
def test_a_cut_file_is_never_silent(cut):
    packed = gzip.compress(os.urandom(100))
    with pytest.raises(ReadError) as caught:
        gunzip(packed[:cut])
    assert caught.value.code == "truncated"


def test_a_changed_byte_is_found():
    packed = bytearray(gzip.compress(os.urandom(1_000)))
    packed[200] ^= 0xFF
    with pytest.raises(ReadError) as caught:
        gunzip(bytes(packed))
    assert caught.value.code == "damaged"


def test_a_bomb_stops_after_the_first_ten_megabytes():
    packed = gzip.compress(b"\x00" * 60_000_000)
    stream = Gunzip(io.BytesIO(packed), Budget(Settings()))
    with pytest.raises(ReadError) as caught:
        read_all(buffered(stream), 100_000_000)
    assert caught.value.code == "bomb"
    assert stream._written < 11_000_000


def test_the_budget_holds_over_all_that_lies_inside():
    with pytest.raises(ReadError, match="1,000 bytes") as caught:
        gunzip(gzip.compress(os.urandom(2_000)), max_expanded_bytes=1_000)
    assert caught.value.code == "bomb"


def test_many_members_are_refused():
    with pytest.raises(ReadError) as caught:
        gunzip(gzip.compress(b"") * 50, max_archive_members=20)
    assert caught.value.code == "too_many_members"


def test_read_all_stops_at_its_limit():
    assert read_all(io.BytesIO(b"12345"), 5) == b"12345"
    with pytest.raises(ReadError) as caught:
        read_all(io.BytesIO(b"123456"), 5)
    assert caught.value.code == "too_large"
