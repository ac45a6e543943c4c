"""Index scales: named, versioned tables of points that turn an incident into a number.

``barometer-1`` is Détente's own, ``plover-2023`` PLOVER v2.0's, ``goldstein-1992`` Goldstein's for
CAMEO codes. Scales disagree, so every number names its scale and version. An analyst copies a file
of ``data/scales/index``, changes it, and passes its path.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import msgspec.yaml

from detente.errors import InputError, RegisterError
from detente.registers import ontology, roles

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parent / "data" / "scales" / "index"
_STATUSES = frozenset({"actual", "planned", "proposed", "possible", "negated", "habitual"})


class IndexScale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of points.

    Attributes:
        name: Name of the scale, such as ``barometer-1``.
        version: Version of the table, from 1.
        title: What a reader sees.
        key: ``type``: points by PLOVER type and mode; ``cameo``: points by CAMEO code.
        points: Points by ``TYPE``, ``TYPE/mode`` or CAMEO code.
        rank: Factor by protocol rank; 1 where a rank does not stand here.
        status: Factor by status; 0 where a status does not stand here.
        source: Where the table is from.
    """

    name: str
    version: int
    title: str
    key: Literal["type", "cameo"]
    points: dict[str, float]
    status: dict[str, float]
    rank: dict[str, float] = {}
    source: str = ""

    @property
    def label(self) -> str:
        """Name and version, such as ``barometer-1 (version 1)``."""
        return f"{self.name} (version {self.version})"

    def base(self, *, type: str, mode: str | None = None, cameo: str | None = None) -> float | None:
        """Return the points of an act before rank and status, None where the table has none.

        ``base(type="CONSULT", mode="visit")`` is ``2`` on ``barometer-1``.
        """
        if self.key == "cameo":
            return self._cameo(cameo)
        if mode is not None and f"{type}/{mode}" in self.points:
            return self.points[f"{type}/{mode}"]
        return self.points.get(type)

    def _cameo(self, cameo: str | None) -> float | None:
        for length in range(len(cameo or ""), 1, -1):
            found = self.points.get((cameo or "")[:length])
            if found is not None:
                return found
        return None

    def score(
        self,
        *,
        type: str,
        mode: str | None = None,
        cameo: str | None = None,
        status: str = "actual",
        ranks: Iterable[str | None] = (),
    ) -> float | None:
        """Return the points of an incident, None where the table does not cover it.

        Args:
            type: PLOVER type.
            mode: PLOVER mode.
            cameo: CAMEO code as text.
            status: Status of the incident.
            ranks: Highest rank of each side; the smaller factor counts.
        """
        base = self.base(type=type, mode=mode, cameo=cameo)
        if base is None:
            return None
        factor = min((self.rank.get(rank or "", 1.0) for rank in ranks), default=1.0)
        return base * factor * self.status.get(status, 0.0) + 0.0


@cache
def load(name: str = "barometer-1") -> IndexScale:
    """Return an index scale.

    Args:
        name: A name of ``names()``, or the path of a YAML file of the same form.

    Raises:
        InputError: There is no such scale.
        RegisterError: The file does not hold what it must.
    """
    path = DATA / f"{name}.yaml" if name in names() else Path(name)
    if not path.is_file():
        raise InputError(f"{name}: no such scale; there are {', '.join(names())}, or give a file")
    try:
        scale = msgspec.yaml.decode(path.read_bytes(), type=IndexScale)
    except msgspec.DecodeError as error:
        raise RegisterError(str(path), 0, str(error)) from error
    if path.parent != DATA:  # those of the package are checked by its tests
        check(scale, path)
    return scale


@cache
def names() -> tuple[str, ...]:
    """Return the names of the scales that come with the package."""
    return tuple(sorted(path.stem for path in DATA.glob("*.yaml")))


def check(scale: IndexScale, path: Path) -> None:
    """Check that a scale names what there is.

    Raises:
        RegisterError: It does not.
    """
    unknown = set(scale.status) - _STATUSES
    if unknown:
        raise RegisterError(str(path), 0, f"no such status: {', '.join(sorted(unknown))}")
    if not scale.points:
        raise RegisterError(str(path), 0, "the table has no points")
    strange = set(scale.rank) - set(roles.load().ranks)
    if strange:
        raise RegisterError(str(path), 0, f"no such rank: {', '.join(sorted(strange))}")
    if scale.key == "type":
        types = ontology.load().types
        for entry in scale.points:
            kind, _, mode = entry.partition("/")
            known = types.get(kind)  # type: ignore[call-overload]
            if known is None or (mode and mode not in known.modes):
                raise RegisterError(str(path), 0, f"{entry}: no such type or mode")
