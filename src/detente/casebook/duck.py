"""DuckDB in memory over explicit lists of files: no extension, no database file, no foreign SQL."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import duckdb
    import pyarrow as pa


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that can read files of ``folder`` and nothing else."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=config)
    quoted = str(folder.resolve()).replace("'", "''")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET allowed_directories = ['{quoted}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def quoted(path: Path) -> str:
    """Return a path as an SQL text."""
    return "'" + str(path.resolve()).replace("'", "''") + "'"


@cache
def query(name: str) -> str:
    """Return the SQL of ``queries/NAME.sql``."""
    path = resources.files("detente.casebook") / "queries" / f"{name}.sql"
    return path.read_text(encoding="utf-8")


def select(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]
) -> pa.Table:
    """Run a query; return its rows."""
    return connection.sql(sql, params=used(sql, parameters)).to_arrow_table()


def stream(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object], batch: int
) -> Iterator[list[dict[str, Any]]]:
    """Run a query; yield its rows, ``batch`` at a time."""
    for part in connection.sql(sql, params=used(sql, parameters)).to_arrow_reader(batch):
        yield part.to_pylist()


def used(sql: str, parameters: Mapping[str, object]) -> dict[str, object] | None:
    """Return the parameters that SQL names; None for none."""
    return {name: value for name, value in parameters.items() if f"${name}" in sql} or None


def by_relation(source: str, *, folded: bool) -> str:
    """Return SQL for the events of a source by pair of parties.

    Args:
        source: SQL that stands for events.
        folded: Whether their incidents across documents are known, in the table ``incidents``.
    """
    return query("relations").format(
        source=source,
        folded="coalesce(i.incident, e.incident, e.id)" if folded else "coalesce(e.incident, e.id)",
        join="LEFT JOIN incidents AS i ON i.event = e.id" if folded else "",
    )
