import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

BODY = "The two foreign ministers met in the northern city on Monday and talked about trade."


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.parquet"


def test_rows(path, read_all):
    table = pa.table(
        {
            "text": [BODY, None, f"Again. {BODY}"],
            "id": [1, 2, 3],
            "title": ["Ministers meet", None, None],
            "published": [datetime.date(2016, 9, 26)] * 3,
            "other": [[1], [2], [3]],
        }
    )
    pq.write_table(table, path)
    first, second, third = read_all(path)
    assert (first.source, first.external_id, first.title) == (f"{path}#1", "1", "Ministers meet")
    assert (first.published, first.published_basis) == ("2016-09-26", "meta")
    assert (second.source, second.error) == (f"{path}#2", "row")
    assert third.text == f"Again. {BODY}"


def test_a_table_without_text(path, fail_one):
    pq.write_table(pa.table({"body": [BODY]}), path)
    assert fail_one(path).error == "columns"


def test_cuts_and_flipped_bytes_are_never_silent(path, read_all):
    texts = [f"{n}. {BODY}" for n in range(200)]
    pq.write_table(pa.table({"text": texts}), path, write_page_checksum=True, compression="none")
    whole = path.read_bytes()
    expected = [one.text for one in read_all(path)]
    assert len(expected) == 200
    for at in range(10, len(whole), len(whole) // 12):
        changed = bytearray(whole)
        changed[at] ^= 0x10
        path.write_bytes(changed)
        found = read_all(path)
        errors = [one.error for one in found if hasattr(one, "error")]
        assert errors or [one.text for one in found] == expected, at
        path.write_bytes(whole[:at])
        assert [one.error for one in read_all(path)][-1] in {
            "damaged",
            "format",
            "memory",
            "crash",
        }, at


def test_a_large_table_is_streamed(path, read_all):
    pq.write_table(
        pa.table({"text": [f"{n}. {BODY}" for n in range(3_000)]}), path, row_group_size=500
    )
    assert len(read_all(path)) == 3_000
