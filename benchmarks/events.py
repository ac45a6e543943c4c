"""Synthetic ICEWS rows, drawn from a temporal knowledge graph's own distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from detente.exchange import mapping, tkg

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20160920
YEARS = 10
"""Dates are spread over so many years from 2010 on, each keeping its day of the year."""


def names(path: Path) -> list[tuple[int, str]]:
    """Return the ids and names of entities or relations."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line.rsplit("\t", 1) for line in lines if "\t" in line]
    return [(int(key), name.split("\t")[0]) for name, key in found]


def generate(graph: Path, rows: int, target: Path, *, seed: int = SEED) -> None:
    """Write ``rows`` rows of 20 columns, parted by tabs, with a header.

    Subject, relation, object and day of the year are drawn together with replacement from the
    graph, so that pairs, acts and seasons keep their shares; ids and stories are new.

    Args:
        graph: Folder of ``train.txt``, ``entity2id.txt`` and ``relation2id.txt``, times in hours.
        rows: How many.
        target: The file.
        seed: Of the draws.
    """
    codes = {row["key"]: row["code"] for row in mapping.rows("cameo_labels")}
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        countries = {row["iso3"]: row["name"] for row in mapping.rows("countries")}
        entities = [
            (key, name, countries.get(country or "", "NA"))
            for key, name, country, *_ in tkg.graph(graph).entities
        ]
        acts = [
            (str(key), name, codes.get(tkg.label_key(name), "010"))
            for key, name in names(graph / "relation2id.txt")
        ]
        mapping.make(connection, "entity", dict.fromkeys(("id", "name", "country"), ""), entities)
        mapping.make(connection, "relation", dict.fromkeys(("id", "name", "code"), ""), acts)
        connection.execute(
            "CREATE TABLE fact AS SELECT row_number() OVER () - 1 AS n, s.name AS source, "
            "r.name AS act, r.code, t.name AS target, s.country AS home, t.country AS abroad, CAST(f.time / 24 AS INTEGER) AS day "
            f"FROM read_csv('{graph / 'train.txt'}', delim = '\t', header = false, columns = "
            "{'subject': 'VARCHAR', 'relation': 'VARCHAR', 'object': 'VARCHAR', "
            "'time': 'INTEGER'}) AS f "
            "JOIN entity AS s ON s.id = f.subject JOIN entity AS t ON t.id = f.object "
            "JOIN relation AS r ON r.id = f.relation"
        )
        (count,) = connection.execute("SELECT count(*) FROM fact").fetchall()[0]
        sector = "CASE WHEN ends_with({0}, ')') THEN 'Government' ELSE 'NA' END"
        connection.execute(
            f"COPY (SELECT i AS \"Event ID\", DATE '2010-01-01' + CAST(day AS INTEGER) + "
            f'365 * CAST(hash(i, {seed + 1}) % {YEARS} AS INTEGER) AS "Event Date", '
            f'source AS "Source Name", {sector.format("source")} AS "Source Sectors", '
            f'home AS "Source Country", act AS "Event Text", '
            'code AS "CAMEO Code", \'NA\' AS "Intensity", target AS "Target Name", '
            f'{sector.format("target")} AS "Target Sectors", '
            f'abroad AS "Target Country", i // 3 AS "Story ID", '
            '1 + i % 6 AS "Sentence Number", \'Example Wire\' AS "Publisher", \'NA\' AS "City", '
            "'NA' AS \"District\", 'NA' AS \"Province\", "
            '"abroad" AS "Country", '
            'round(hash(i, 7) % 120 - 60.0 + 0.25, 2) AS "Latitude", '
            'round(hash(i, 9) % 340 - 170.0 + 0.5, 2) AS "Longitude" '
            f"FROM (SELECT range AS i, CAST(hash(range, {seed}) % {count} AS BIGINT) AS n "
            f"FROM range({rows})) AS r JOIN fact ON fact.n = r.n) "
            f"TO '{target}' (FORMAT csv, DELIMITER '\t', HEADER true, QUOTE '', ESCAPE '')"
        )
