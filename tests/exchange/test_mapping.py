"""What stands in ids must stay what it was in casebooks that exist."""

import hashlib

import duckdb

from detente.exchange import mapping


def test_the_hash_of_a_meeting_is_the_last_eight_bytes_of_an_md5_read_backwards():
    sql = mapping.shared("'abc'", "'d'")
    (found,) = duckdb.sql(f"SELECT {sql}").fetchall()[0]
    digest = hashlib.md5(b"abc/d", usedforsecurity=False).digest()
    assert found == int.from_bytes(digest[8:], "little")


def test_the_hash_is_the_one_that_earlier_imports_stored():
    sql = mapping.shared("x", "'/'")
    same = duckdb.sql(
        f"SELECT bool_and({sql} = md5_number_lower(concat_ws('/', x, '/'))) "
        "FROM (SELECT 'Ministry ' || range AS x FROM range(1000))"
    ).fetchall()
    assert same == [(True,)]


def test_government_alone_gives_what_the_list_of_sectors_gives():
    (row,) = (row for row in mapping.rows("icews_sectors") if row["sector"] == "Government")
    with duckdb.connect() as connection:
        mapping.register(connection)
        found = connection.sql(f"SELECT {mapping.sector_case(chr(39) + 'Government' + chr(39))}")
        found = found.fetchall()
    assert found == [(row["institution"],)]


def test_the_kinds_that_meetings_are_hashed_with_stay_what_they_were():
    with duckdb.connect() as connection:
        mapping.register(connection)
        found = connection.execute(
            "SELECT key, kind FROM kinds WHERE key IN ('040', '042', '010') ORDER BY key"
        ).fetchall()
    assert found == [("010", ""), ("040", "CONSULT/"), ("042", "CONSULT/visit")]
