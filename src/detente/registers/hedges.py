"""Words of doubt and scales of probability: the register and its validating loader.

``data/hedges/*.yaml`` lists the words by kind; ``data/scales/probability/*.yaml`` gives the bands.
A scale with gaps or overlaps must say so (``gaps: true``, ``overlaps: true``); else it is refused.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.errors import InputError, RegisterError

if TYPE_CHECKING:
    from collections.abc import Iterator

HedgeKind = Literal["likelihood", "modal", "evidential", "quantifier", "frequency", "approximator"]
DEFAULT_SCALE = "icd-203"


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The interval that words stand for, in per cent, both ends included."""

    words: tuple[str, ...]
    low: float
    high: float


class Scale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named, versioned table from words to intervals of probability.

    Attributes:
        name: How records name it.
        version: Of the table.
        title: Of the standard.
        source: Where the table comes from and on what terms.
        bands: In rising order.
        range: First and last per cent that the bands cover.
        step: 1 where bands are whole numbers and 19 and 20 are neighbours, else 0.
        gaps: True where bands leave room between them on purpose.
        overlaps: True where bands share more than an end on purpose.
        without_probability: Words that the standard names and gives no number.
    """

    name: str
    version: str
    title: str
    source: str
    bands: tuple[Band, ...]
    range: tuple[float, float] = (0.0, 100.0)
    step: float = 0.0
    gaps: bool = False
    overlaps: bool = False
    without_probability: tuple[str, ...] = ()

    def interval(self, terms: tuple[str, ...]) -> tuple[float, float] | None:
        """Return the interval of the first term that the scale knows, as shares of 1."""
        for term in terms:
            for band in self.bands:
                if term in band.words:
                    return band.low / 100, band.high / 100
        return None


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that are read alike.

    Attributes:
        words: Lower-case words or phrases.
        terms: Names of the words on scales, in order of preference.
        tags: Penn tags that the first word may have; empty for any.
        modal: True where the first word is a modal verb as well.
        raising: True where the word hedges only the clause that it governs.
        number: True where the word counts only before a number.
        denied: True where the phrase denies the word that it holds ("far from certain").
    """

    words: tuple[str, ...]
    terms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    modal: bool = False
    raising: bool = False
    number: bool = False
    denied: bool = False


class _WordFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: HedgeKind
    entries: tuple[Entry, ...]


def parse_scale(data: bytes, *, file: str = "scale") -> Scale:
    """Read and check one scale.

    Args:
        data: YAML.
        file: Name for errors.

    Returns:
        The scale.

    Raises:
        RegisterError: The file is no scale, or a band is out of order, or gaps or overlaps are
            there that the file does not declare; the reason names the field.
    """
    try:
        scale = msgspec.yaml.decode(data, type=Scale)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise RegisterError(file, 0, str(error)) from error
    for problem in _problems(scale):
        raise RegisterError(file, 0, problem)
    return scale


def _problems(scale: Scale) -> Iterator[str]:
    low, high = scale.range
    if not 0 <= low < high <= 100:
        yield f"range: {low:g}-{high:g} is no interval within 0-100"
    if not scale.bands:
        yield "bands: there are none"
    seen: set[str] = set()
    for number, band in enumerate(scale.bands):
        field = f"bands[{number}]"
        if not band.words:
            yield f"{field}.words: there are none"
        if not low <= band.low <= band.high <= high:
            yield f"{field}: {band.low:g}-{band.high:g} is no interval within {low:g}-{high:g}"
        for word in band.words:
            if word in seen:
                yield f"{field}.words: {word!r} stands twice"
            seen.add(word)
    yield from _seams(scale)


def _seams(scale: Scale) -> Iterator[str]:
    low, high = scale.range
    covered = low - scale.step
    for number, band in enumerate(scale.bands):
        if number and band.low < scale.bands[number - 1].low:
            yield f"bands[{number}].low: {band.low:g} is below the band before it"
        if band.low > covered + scale.step and not scale.gaps:
            yield (
                f"bands[{number}].low: nothing stands for {covered:g}-{band.low:g}; "
                "close the gap or declare 'gaps: true'"
            )
        shared = band.low < covered or (scale.step and band.low == covered)
        if number and shared and not scale.overlaps:
            yield (
                f"bands[{number}].low: {band.low:g}-{covered:g} has two words; "
                "part the bands or declare 'overlaps: true'"
            )
        covered = max(covered, band.high)
    if covered < high and not scale.gaps:
        yield f"bands: nothing stands for {covered:g}-{high:g}; declare 'gaps: true'"


def _folder(*parts: str) -> Iterator[tuple[str, bytes]]:
    folder = resources.files("detente.registers").joinpath("data", *parts)
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            yield entry.name, entry.read_bytes()


@cache
def scales() -> dict[str, Scale]:
    """Return the bundled scales by name."""
    found: dict[str, Scale] = {}
    for file, data in _folder("scales", "probability"):
        scale = parse_scale(data, file=file)
        if scale.name in found:
            raise RegisterError(file, 0, f"name: a scale {scale.name!r} exists already")
        found[scale.name] = scale
    return found


def scale_of(name: str | Path) -> Scale:
    """Return a bundled scale by name, or read one from a YAML file.

    Raises:
        InputError: No scale of that name is bundled and no such file exists.
        RegisterError: The file is no valid scale.
    """
    known = scales()
    if str(name) in known:
        return known[str(name)]
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return parse_scale(path.read_bytes(), file=str(path))
    raise InputError(f"scale: {str(name)!r} is none of {', '.join(sorted(known))}")


@cache
def words() -> dict[HedgeKind, tuple[Entry, ...]]:
    """Return the words of doubt by kind.

    Raises:
        RegisterError: A file is wrong, or a word stands twice under one kind.
    """
    found: dict[HedgeKind, tuple[Entry, ...]] = {}
    for file, data in _folder("hedges"):
        try:
            part = msgspec.yaml.decode(data, type=_WordFile)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise RegisterError(file, 0, str(error)) from error
        seen: set[str] = set()
        for entry in part.entries:
            for word in entry.words:
                if word in seen or word != word.lower():
                    raise RegisterError(file, 0, f"words: {word!r} stands twice or has capitals")
                seen.add(word)
        found[part.kind] = part.entries
    return found
