"""Word lists for claims and forecasts: the register and its validating loader.

``data/claims/*.yaml``: one file for each kind, each with named lists of lower-case lemmas or
phrases. Lists named under ``cues`` are what the gate looks for in raw text.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError
from detente.registers import claim_patterns, inflection


class _Lists(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    lists: dict[str, tuple[str, ...]]
    cues: tuple[str, ...] = ()
    groups: dict[str, dict[str, tuple[str, ...]]] = {}


class Vague(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vague horizon and the days that stand for it by default.

    Attributes:
        words: Lower-case phrases.
        first: Days from the publication date to the first day.
        last: Days from the publication date to the last day.
    """

    words: tuple[str, ...]
    first: int
    last: int


class Horizons(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Default horizons.

    Attributes:
        default: Days from first to last where the text names no horizon at all.
        vague: Phrases without a date.
    """

    default: int
    vague: tuple[Vague, ...]


@cache
def _files() -> dict[str, _Lists]:
    folder = resources.files("detente.registers").joinpath("data", "claims")
    found: dict[str, _Lists] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".yaml") or entry.name == "horizons.yaml":
            continue
        try:
            part = msgspec.yaml.decode(entry.read_bytes(), type=_Lists)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise RegisterError(entry.name, 0, str(error)) from error
        for name, words in part.lists.items():
            for word in words:
                if word != word.lower() or words.count(word) > 1:
                    raise RegisterError(
                        entry.name, 0, f"lists.{name}: {word!r} stands twice or has capitals"
                    )
        for cue in part.cues:
            if cue not in part.lists and cue not in part.groups:
                raise RegisterError(entry.name, 0, f"cues: there is no list {cue!r}")
        found[part.kind] = part
    return found


@cache
def words(kind: str, name: str) -> frozenset[str]:
    """Return one list of a kind: ``words("intent", "verbs")`` holds ``seek``."""
    return frozenset(_files()[kind].lists[name])


@cache
def group(kind: str, name: str) -> dict[str, str]:
    """Return one group of a kind, turned round: word to label."""
    return {word: label for label, found in _files()[kind].groups[name].items() for word in found}


@cache
def horizons() -> Horizons:
    """Return the default horizons."""
    folder = resources.files("detente.registers").joinpath("data", "claims")
    data = folder.joinpath("horizons.yaml").read_bytes()
    try:
        return msgspec.yaml.decode(data, type=Horizons)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise RegisterError("horizons.yaml", 0, str(error)) from error


@cache
def cues() -> frozenset[str]:
    """Return the lower-case word forms that may begin a claim or forecast.

    Of a phrase the longest word stands for the whole.
    """
    found: set[str] = set()
    for lemma in claim_patterns.cue_lemmas():
        found |= inflection.forms(lemma)
    for part in _files().values():
        for cue in part.cues:
            listed = list(part.lists.get(cue, ()))
            for grouped in part.groups.get(cue, {}).values():
                listed += grouped
            for phrase in listed:
                found |= inflection.forms(max(phrase.replace("-", " ").split(), key=len))
    return frozenset(found)
