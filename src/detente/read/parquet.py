"""Parquet tables, a batch at a time. Runs in the child."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

from detente.errors import ReadError
from detente.read import rows
from detente.read.draft import Draft, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.read.formats import Request

_BATCH = 64
"""Rows read at a time: texts of 50,000 characters then need a few MB."""
_SHOWN = 8
"""Columns that an error names."""

Table = Any
"""An object of a library without types."""


def read(request: Request) -> Iterator[Draft | Failure]:
    """Yield a draft or a failure for every row.

    Raises:
        ReadError: ``columns``: there is no column ``text``. ``damaged``: the file was cut or a
            byte of it changed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_memory_pool(pa.system_memory_pool())
    source: Any = request.path or io.BytesIO(request.data)
    try:
        with pq.ParquetFile(source, page_checksum_verification=True) as table:
            yield from _rows(table)
    except (MemoryError, ReadError):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        if "emory" in str(error) or "malloc" in str(error):
            raise MemoryError from error
        raise ReadError("damaged", "the Parquet file is cut off or damaged") from error


def _rows(table: Table) -> Iterator[Draft | Failure]:
    names = table.schema_arrow.names
    if "text" not in names:
        raise ReadError(
            "columns", f"the table has no column text; it has {', '.join(names[:_SHOWN])}"
        )
    wanted = [name for name in rows.FIELDS if names.count(name) == 1]
    number = 0
    for batch in table.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
        for row in batch.to_pylist():
            number += 1
            try:
                yield rows.draft({name: _plain(value) for name, value in row.items()}, number)
            except ReadError as error:
                reason = f"row {number}: {error.reason}"
                yield Failure(where=str(number), code=error.code, reason=reason)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value
