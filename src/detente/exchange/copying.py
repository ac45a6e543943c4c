"""A file of events on its way into Parquet by DuckDB, in a thread of its own."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Self

from detente.errors import ReadError
from detente.exchange import mapping
from detente.exchange.scan import MAX_LINE

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import duckdb

    from detente.exchange.rows import Layout

LEVEL = 1
"""Of zstd: the files are as large as at level 3 (22 MB for a million rows of ICEWS18), and an import
takes 2 to 8 % less processor time."""
MEMORY = "2GB"
"""Most memory that DuckDB takes for one import."""
_PATIENCE = 0.02
"""Seconds between two tries to stop."""


class Copying:
    """Copies the good rows of a file, from its construction on. Use it as a context manager.

    Args:
        folder: The casebook's folder.
        file: The file to read.
        layout: Its layout.
        work: A folder for what is made, which must not be there yet.

    Attributes:
        connection: To DuckDB; once the rows are copied, it may be asked about them.
        events: The Parquet file.
    """

    def __init__(self, folder: Path, file: Path, layout: Layout, work: Path) -> None:
        work.mkdir()
        self.events = work / "events.parquet"
        self.connection = connect(folder, file, late=layout.late)
        self._pool = ThreadPoolExecutor(1)
        self._copied: Future[int] = self._pool.submit(self._copy, file, layout, work)

    def _copy(self, file: Path, layout: Layout, work: Path) -> int:
        mapping.register(self.connection)
        for name, (names, values) in layout.tables.items():
            mapping.make(self.connection, name, dict.fromkeys(names, ""), values)
        given = work / "given.txt"
        given.symlink_to(file.resolve())
        return copy(self.connection, layout.query(reading(given, layout)), self.events)

    def rows(self) -> int:
        """Wait for the copy; return how many rows are in it.

        Raises:
            ReadError: The file cannot be read.
        """
        return self._copied.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop a copy that nobody waits for any more."""
        while not self._copied.done():
            self.connection.interrupt()
            wait((self._copied,), timeout=_PATIENCE)
        self._pool.shutdown()
        self.connection.close()


def connect(folder: Path, file: Path, *, late: bool) -> duckdb.DuckDBPyConnection:
    """Return a connection for one import, whose joins keep the small tables as their built side.

    Args:
        folder: The casebook's folder.
        file: The file to read.
        late: Whether rows are tested once their days and coordinates are read. Tested sooner, these are
            read twice, which costs a tenth of an import; but DuckDB makes inner joins out of tests.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    spill = _quoted(str(folder.resolve() / "work"))
    for statement in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET enable_progress_bar = false",
        "SET preserve_insertion_order = false",
        f"SET disabled_optimizers = 'join_order,build_side_probe_side{',filter_pushdown' * late}'",
        f"SET memory_limit = '{MEMORY}'",
        f"SET temp_directory = {spill}",
        f"SET allowed_directories = [{_quoted(str(folder.resolve()))}]",
        f"SET allowed_paths = [{_quoted(str(file.resolve()))}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection


def reading(path: Path, layout: Layout) -> str:
    """Return SQL that reads a file as text columns; rows of another width are left out."""
    names = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in layout.columns)
    return (
        f"read_csv({_quoted(str(path))}, "
        f"delim = '\t', quote = '', escape = '', header = {bool(layout.header)}, "
        f"auto_detect = false, columns = {{{names}}}, ignore_errors = true, "
        f"max_line_size = {2 * MAX_LINE})"
    )


def copy(connection: duckdb.DuckDBPyConnection, sql: str, target: Path) -> int:
    """Write what SQL gives as Parquet; return how many rows it is.

    Raises:
        ReadError: What the SQL reads is damaged.
    """
    import duckdb

    try:
        connection.execute(
            f"COPY ({sql}) TO {_quoted(str(target))} "
            f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL})"
        )
    except duckdb.InvalidInputException as error:
        raise ReadError("damaged", str(error).splitlines()[0]) from error
    return count(connection, f"SELECT count(*) FROM {parquet(target)}")


def count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """Return the one number that SQL gives."""
    return int(connection.sql(sql).fetchall()[0][0])


def parquet(path: Path) -> str:
    """Return SQL for the rows of a file."""
    return f"read_parquet({_quoted(str(path))})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
