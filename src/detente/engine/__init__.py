"""Maps a function over shards; only paths travel.

Correctness lives in the shard protocol (``casebook/shards.py``): a function that is run twice on
the same shard gives the same file under the same name. A backing may therefore repeat a shard or
run it elsewhere; it must return the results in the order of the shards. What a single document
does to a worker is not a backing's business: ``casebook/supervised.py`` sees to that, on whatever
machine the shard is run.
"""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, Literal, Protocol

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    Run = Callable[[Path], Path]

EngineName = Literal["serial", "processes", "ray"]


class Backend(Protocol):
    """Runs a function over shards.

    Attributes:
        supervised: Whether each shard is to be coded in a child that can be killed, rather than
            in the process that runs it.
    """

    supervised: bool

    def map(self, run: Run, shards: Iterable[Path]) -> Iterator[Path]:
        """Yield ``run(shard)`` for every shard, in order.

        ``shards`` is read no further ahead than twice the workers, so that it may be longer than
        memory.
        """
        ...


class Serial:
    """Runs one shard after the other in this process."""

    supervised = False

    def map(self, run: Run, shards: Iterable[Path]) -> Iterator[Path]:
        """Yield ``run(shard)`` for every shard; the next one is read when its turn comes."""
        for shard in shards:
            yield run(shard)


class Processes:
    """Runs shards in supervised children of this process, several at a time.

    Args:
        jobs: How many at a time; as many as this process may use cores where None.
    """

    supervised = True

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = checked_jobs(jobs) or cores()

    def map(self, run: Run, shards: Iterable[Path]) -> Iterator[Path]:
        """Yield ``run(shard)`` for every shard; a thread waits for each child."""
        from concurrent.futures import ThreadPoolExecutor

        from detente.engine import child

        group = child.Group()
        pool = ThreadPoolExecutor(self.jobs, "shard", child.join_group, (group,))
        try:
            yield from _in_order(lambda shard: pool.submit(run, shard), shards, 2 * self.jobs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            child.end_group(group)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    submit: Callable[[Path], Future[Path]], shards: Iterable[Path], ahead: int
) -> Iterator[Path]:
    """Yield results in order while ``ahead`` shards wait or run."""
    waiting: deque[Future[Path]] = deque()
    for shard in shards:
        waiting.append(submit(shard))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def backend(name: EngineName, *, jobs: int | None = None, address: str | None = None) -> Backend:
    """Return a backing by its name.

    Args:
        name: ``serial``, ``processes`` or ``ray``.
        jobs: Shards at a time; for Ray as many as the cluster has cores where None.
        address: ``HOST:PORT`` of a Ray cluster that runs already.

    Raises:
        InputError: There is no such backing, or an argument does not fit it.
        MissingExtraError: Ray is not installed.
    """
    if address is not None and name != "ray":
        raise InputError("an address is for the engine ray alone")
    if name == "serial":
        if jobs is not None and jobs != 1:
            raise InputError("the engine serial runs one job")
        return Serial()
    if name == "processes":
        return Processes(jobs)
    if name == "ray":
        from detente.engine.cluster import Ray

        return Ray(address=address, jobs=checked_jobs(jobs))
    raise InputError(f"{name!r}: there is no such engine; serial, processes and ray are known")


def checked_jobs(jobs: int | None) -> int | None:
    """Return ``jobs``.

    Raises:
        InputError: It is less than 1.
    """
    if jobs is not None and jobs < 1:
        raise InputError(f"{jobs} jobs: at least one is needed")
    return jobs


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
