"""Ray tasks: one for each shard, on whatever node has a free core.

Only the paths of shards travel, so every node must see the run's folder under the same path. A
task that is lost with its node is started again on another one. Within a task the shard is coded
in a supervised child, as it is in ``Processes``.
"""

from __future__ import annotations

import os
import secrets
from collections import deque
from typing import TYPE_CHECKING, Any

from detente.errors import DetenteError, InputError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from detente.engine import Run

RETRIES = 5
"""How often a shard is started again when its node is lost."""


class Ray:
    """Runs shards as Ray tasks.

    A cluster that it starts itself listens on 127.0.0.1 alone, without dashboard, and asks for a
    token. For one that runs already, the token is that of ``RAY_AUTH_TOKEN`` or
    ``RAY_AUTH_TOKEN_PATH``.

    Args:
        address: ``HOST:PORT`` of a running cluster; one is started on this machine where None.
        jobs: Shards at a time; as many as the cluster has cores where None.

    Raises:
        MissingExtraError: Ray is not installed.
    """

    supervised = True

    def __init__(self, *, address: str | None = None, jobs: int | None = None) -> None:
        self.address = address
        self.jobs = jobs
        self._ray = _ray()

    def map(self, run: Run, shards: Iterable[Path]) -> Iterator[Path]:
        """Yield ``run(shard)`` for every shard.

        Raises:
            InputError: The cluster cannot be joined.
            DetenteError: A shard was lost with its node too often.
        """
        ray = self._ray
        started = not ray.is_initialized()
        if started:
            self._join()
        try:
            yield from self._map(ray, run, shards)
        finally:
            if started:
                ray.shutdown()

    def _join(self) -> None:
        options: dict[str, Any] = {"logging_level": "ERROR", "log_to_driver": False}
        if self.address is None:
            options |= {"address": "local", "include_dashboard": False}
            options["_node_ip_address"] = "127.0.0.1"
            options["num_cpus"] = self.jobs
            if not os.environ.get("RAY_AUTH_TOKEN_PATH"):
                os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
        else:
            options["address"] = self.address
        try:
            self._ray.init(**options)
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            where = self.address or "this machine"
            lines = str(error).strip().splitlines() or ["unknown reason"]
            raise InputError(f"the Ray cluster at {where} cannot be joined: {lines[0]}") from error

    def _map(self, ray: Any, run: Run, shards: Iterable[Path]) -> Iterator[Path]:  # noqa: ANN401
        task = ray.remote(num_cpus=1, max_retries=RETRIES, retry_exceptions=False)(_answer)
        function = ray.put(run)
        width = self.jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting: deque[Any] = deque()
        for shard in shards:
            waiting.append(task.remote(function, shard))
            if len(waiting) >= 2 * width:
                yield self._result(ray, waiting.popleft())
        while waiting:
            yield self._result(ray, waiting.popleft())

    def _result(self, ray: Any, reference: Any) -> Path:  # noqa: ANN401
        try:
            answer = ray.get(reference)
        except ray.exceptions.RayError as error:
            reason = str(error).strip().splitlines()[0]
            raise DetenteError(f"a shard was lost on the Ray cluster: {reason}") from error
        if isinstance(answer, DetenteError):
            raise answer
        return answer  # type: ignore[no-any-return]


def _answer(run: Run, shard: Path) -> Path | DetenteError:
    """Run a shard on a node; an error that is meant for the user travels as a value."""
    try:
        return run(shard)
    except DetenteError as error:
        return error


def _ray() -> Any:  # noqa: ANN401
    """Return the module, set to ask for a token."""
    os.environ.setdefault("RAY_AUTH_MODE", "token")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("the engine ray needs Ray: pip install 'detente[ray]'") from error
    return ray
