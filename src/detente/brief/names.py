"""How actors are named in prose: "Belarusian Foreign Minister Vladimir Makei", "the US Congress".

The table ``names.yaml`` comes first, then the register of states, then the words of the text.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import msgspec.yaml

from detente.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Actor

TABLE = Path(__file__).parent / "names.yaml"
STATES = Path(__file__).parent.parent / "registers" / "data" / "states"
MOST_NAMED = 4
"""A longer list of actors is cut: "A, B, C and 3 others"."""

_LONG_ROLE = 5
_PEOPLE = frozenset({"CVL", "MIL", "OPP", "REB", "UAF"})
"""Institutions whose names are those of people already."""
_NAMED_BODIES = frozenset({"MED", "BUS", "NGO", "EDU", "REL"})
"""Institutions of which a text names single bodies: a newspaper, a company."""
_ARTICLE = re.compile(
    r"\b(?:Union|Organi[sz]ation|Nations|League|Group|Council|Bank|Fund|Community|Agency|Court"
    r"|Triangle|Initiative|Four|Three|Five|Quad|Front|Army|Movement|Commission|Forum|Committee"
    r"|Conference|Cross|Pact|Treaty|Association|Balkans|network)\b"
)
_OFFICE = re.compile(
    r"minister|president\b|secretary|commissioner|ambassador|envoy|chancellor|premier|speaker"
    r"|adviser|advisor|attach|charg|commander|chairman|king\b|queen\b|emir\b|governor|spokes"
)


class _Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    adjective: str = ""
    short: str = ""
    plural: bool = False
    also: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    states: dict[str, _Name]
    institutions: dict[str, _Name]
    exceptions: dict[str, _Name]
    titles: dict[str, str]


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str


class _State(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    adjectives: tuple[str, ...] = ()


@cache
def _table() -> _Table:
    try:
        return msgspec.yaml.decode(TABLE.read_bytes(), type=_Table)
    except msgspec.DecodeError as error:
        raise RegisterError(str(TABLE), 0, str(error)) from error


@cache
def _states() -> dict[str, _State]:
    found: dict[str, _State] = {}
    for path in sorted(STATES.glob("*.yaml")):
        try:
            entries = msgspec.yaml.decode(path.read_bytes(), type=list[_State])
        except msgspec.DecodeError as error:
            raise RegisterError(str(path), 0, str(error)) from error
        found.update((entry.code, entry) for entry in entries)
    return found


@cache
def _bodies() -> dict[str, str]:
    """Names of organisations, blocs and groups, with an article where they take one."""
    found: dict[str, str] = {}
    data = STATES.parent
    groups = sorted((data / "groups").glob("*.yaml"))
    for path in (data / "organisations.yaml", data / "blocs.yaml", *groups):
        try:
            entries = msgspec.yaml.decode(path.read_bytes(), type=list[_Body])
        except msgspec.DecodeError as error:
            raise RegisterError(str(path), 0, str(error)) from error
        for entry in entries:
            article = _ARTICLE.search(entry.name) and not entry.name.startswith("the ")
            found[entry.code] = f"the {entry.name}" if article else entry.name
    return found


def party(code: str) -> str:
    """Return the name of a party by its code: ``party("USA")`` is ``"the United States"``."""
    country, _, institution = code.partition(".")
    if institution:
        return _institution(country, institution.partition("/")[0])
    if country in _table().states:
        return _table().states[country].name
    if country in _states():
        return _states()[country].name
    if country in _bodies():
        return _bodies()[country]
    if country.startswith("BLOC:"):
        return country.removeprefix("BLOC:").replace("-", " ")
    return country


def is_known(code: str) -> bool:
    """Whether a code's state, organisation or bloc is one of the register."""
    country = code.partition(".")[0]
    return country in _states() or country in _bodies() or country in _table().states


def author(name: str) -> str:
    """Return who holds a forecast, told by name or by codes, as text names him.

    ``author("BLR, EU")`` is ``"Belarus, European Union"``; a person's name stays.
    """
    found = name.split(", ")
    return ", ".join(
        bare(one) if is_known(one) or one.startswith("BLOC:") else one for one in found
    )


def adjective(code: str) -> str:
    """Return the adjective of a country or organisation: ``adjective("BLR")`` is Belarusian."""
    if code in _table().states:
        return _table().states[code].adjective
    state = _states().get(code)
    if state is not None and state.adjectives:
        return state.adjectives[0]
    return party(code)


def bare(code: str) -> str:
    """Return the name of a party without its article, for titles."""
    return party(code).removeprefix("the ")


def institution(code: str) -> str:
    """Return the short name of an institution: ``institution("BLR.MFA")`` is Foreign Ministry."""
    country, _, kind = code.partition(".")
    known = _table().exceptions.get(code) or _table().institutions.get(kind)
    return known.short if known is not None else (kind or party(country))


def _institution(country: str, kind: str) -> str:
    known = _table().exceptions.get(f"{country}.{kind}")
    if known is not None:
        return known.name
    pattern = _table().institutions.get(kind)
    if pattern is None or kind == "IGO":
        return party(country)
    text = pattern.name.format(a=adjective(country), n=party(country))
    return _article(text)


def _article(text: str) -> str:
    """``a Estonian party`` becomes ``an Estonian party``."""
    return re.sub(r"\b([Aa]) (?=[AEIOaeio])", r"\1n ", text)


def actor(who: Actor) -> str:
    """Return a noun phrase for an actor, with its article."""
    if who.person:
        return _person(who)
    if _by_office(who):
        return _role_alone(who)
    if who.institution and who.country in _known():
        return _institution(who.country, who.institution)
    if who.country in _known() or who.country.startswith("BLOC:"):
        return party(who.country)
    return who.surface or party(who.code)


def _by_office(who: Actor) -> bool:
    """Whether a role without a name is an office of one holder: not "experts", not "the general"."""
    role = (who.role or "").casefold()
    return (
        who.country in _known()
        and 0 < len(role.split()) <= _LONG_ROLE
        and not role.endswith(("s", "staff", "delegation"))
        and _OFFICE.search(role) is not None
    )


def plural(actors: Sequence[Actor]) -> bool:
    """Whether a verb after these actors stands in the plural."""
    if len(actors) != 1:
        return True
    who = actors[0]
    if who.person or _by_office(who):
        return False
    known = _table().exceptions.get(who.code) or _table().states.get(who.code)
    if known is None and who.institution:
        known = _table().institutions.get(who.institution)
    if known is None:
        return party(who.country).endswith(("states", "countries", "rebels"))
    return known.plural


def listed(actors: Iterable[Actor]) -> str:
    """Return actors as a list in prose: ``"A, B and C"``; long lists are cut."""
    return joined(dict.fromkeys(actor(who) for who in actors))


def people(actors: Iterable[Actor]) -> str:
    """Return actors as people: ``"nationals of Estonia and staff of Polish media"``."""
    return joined(dict.fromkeys(_as_people(who) for who in actors))


def _as_people(who: Actor) -> str:
    named = actor(who)
    if _is_body(who):
        return f"staff of {named}"
    if who.person or _by_office(who) or who.institution in _PEOPLE:
        return named
    return f"staff of {named}" if who.institution else f"nationals of {named}"


def joined(phrases: Iterable[str]) -> str:
    """Return phrases as a list in prose, cut after ``MOST_NAMED``."""
    found = list(phrases)
    if len(found) > MOST_NAMED:
        found = [*found[: MOST_NAMED - 1], f"{len(found) - MOST_NAMED + 1} others"]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


@cache
def _known() -> frozenset[str]:
    return frozenset(_table().states) | frozenset(_states()) | frozenset(_bodies())


def _is_body(who: Actor) -> bool:
    """Whether a name is that of an outlet, a firm or a society, which holds no office."""
    return bool(who.person) and not who.role and who.institution in _NAMED_BODIES


def _person(who: Actor) -> str:
    if _is_body(who):
        return str(who.person)
    country = adjective(who.country) if who.country in _known() else ""
    role = _full_title(who)
    if not role:
        body = _institution(who.country, who.institution) if who.institution and country else ""
        home = body or (party(who.country) if country else "")
        return f"{who.person} of {home}" if home else str(who.person)
    named = _names_country(role, who.country)
    if len(role.split()) > _LONG_ROLE or (named and role[0].islower()):
        return f"{who.person}, {role},"
    return " ".join(part for part in ("" if named else country, _title(role), who.person) if part)


def _full_title(who: Actor) -> str:
    """A bare "Minister" of a known ministry becomes "Foreign Minister"."""
    role = (who.role or "").strip().removeprefix("the ")
    kind = _table().titles.get(who.institution or "")
    if kind and role.casefold() in {"minister", "deputy minister"}:
        return f"{'Deputy ' if role.casefold() != 'minister' else ''}{kind}"
    return role


def _role_alone(who: Actor) -> str:
    role = _title(_full_title(who))
    if _names_country(role, who.country):
        return f"the {role}"
    return f"the {adjective(who.country)} {role}"


def _title(role: str) -> str:
    """Capitalise an office before a name: ``foreign minister`` becomes ``Foreign Minister``."""
    small = {"of", "the", "for", "and", "to", "in"}
    words = [word if word in small else word[:1].upper() + word[1:] for word in role.split()]
    return " ".join(words)


def _names_country(role: str, country: str) -> bool:
    own = _table().states.get(country)
    names = {bare(country), adjective(country), *_adjectives(country), *(own.also if own else ())}
    return any(re.search(rf"\b{re.escape(name)}\b", role) for name in names if name)


def _adjectives(country: str) -> tuple[str, ...]:
    state = _states().get(country)
    return state.adjectives if state is not None else ()
