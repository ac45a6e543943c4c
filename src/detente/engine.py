"""Maps a function over shards; only paths travel.

Correctness lives in the shard protocol (``casebook/shards.py``): a function that is run twice on
the same shard gives the same file under the same name. A backing may therefore repeat a shard or
run it elsewhere; it must return the results in the order of the shards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


class Backend(Protocol):
    """Runs a function over shards."""

    def map(self, run: Callable[[Path], Path], shards: Iterable[Path]) -> Iterator[Path]:
        """Yield ``run(shard)`` for every shard, in order.

        ``shards`` is read no further ahead than the backing has workers, so that it may be
        longer than memory.
        """
        ...


class Serial:
    """Runs one shard after the other in this process."""

    def map(self, run: Callable[[Path], Path], shards: Iterable[Path]) -> Iterator[Path]:
        """Yield ``run(shard)`` for every shard; the next one is read when its turn comes."""
        for shard in shards:
            yield run(shard)


def run_shards(
    run: Callable[[Path], Path],
    shards: Iterable[Path],
    *,
    backend: Backend | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Path]:
    """Yield the output of every shard in order.

    Args:
        run: Takes a shard's input path, returns its output path.
        shards: Input paths.
        backend: What runs them; ``Serial`` where None.
        progress: Called with the number of shards done, after each.
    """
    outputs = (Serial() if backend is None else backend).map(run, shards)
    for done, output in enumerate(outputs, start=1):
        yield output
        if progress is not None:
            progress(done)
