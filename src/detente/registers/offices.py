"""Who held which office when: about 45,000 dated offices of the state and of international bodies.

``data/offices.tsv.gz`` is built by ``scripts/build_offices.py`` from Wikidata (CC0) as of late 2022; each row
has its Wikidata id. The file is read when a name is first looked up.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_FOLDS = (
    ("aleksandr", "alexander"), ("alyaksandr", "alexander"), ("aliaksandr", "alexander"),
    ("oleksandr", "alexander"), ("sergey", "sergei"), ("sergiy", "sergei"), ("siarhei", "sergei"),
    ("syarhei", "sergei"), ("uladzimir", "vladimir"), ("volodymyr", "vladimir"),
    ("wladimir", "vladimir"), ("andrey", "andrei"), ("andriy", "andrei"), ("yuriy", "yuri"),
    ("yury", "yuri"), ("iury", "yuri"), ("mikhail", "michail"), ("mikhael", "michail"),
    ("dmitry", "dmitri"), ("dmitriy", "dmitri"), ("dzmitry", "dmitri"), ("dmytro", "dmitri"),
    ("nikolay", "nikolai"), ("mikalai", "nikolai"), ("mykola", "nikolai"), ("petro", "piotr"),
    ("pyotr", "piotr"), ("muhammad", "mohammed"), ("mohammad", "mohammed"), ("mohamed", "mohammed"),
    ("muhammed", "mohammed"), ("ahmad", "ahmed"), ("hussein", "husein"), ("hossein", "husein"),
    ("hussain", "husein"),
)  # fmt: skip
_ENDINGS = (("enka", "enko"), ("sky", "ski"), ("skyy", "ski"), ("skiy", "ski"), ("skii", "ski"), ("ey", "ei"),
            ("iy", "y"), ("ii", "y"), ("ow", "ov"), ("off", "ov"), ("yev", "ev"), ("iev", "ev"))  # fmt: skip


LONG_NAME = 5
"""Letters of a first name from which one more or less makes no other name."""
_PRESIDING = frozenset({"president", "speaker", "chairman", "head", "director", "chief"})
_SITTING = frozenset({"member", "chairman", "president"})
_CHAMBERS = frozenset({"senate", "assembly", "parliament", "chamber", "house", "duma", "sejm"})
_TERRITORIES = frozenset({"oblast", "province", "region", "county", "district", "regional"})
_COURTS = frozenset({"court", "tribunal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office of one person.

    Attributes:
        code: Country or body.
        institution: Institution of DESIGN.md section 2.
        rank: Protocol rank.
        role: Name of the office in the source.
        person: Name in the source.
        wikidata: Wikidata id of the person.
        since: First day, ISO 8601; empty where unknown.
        until: Day after which it ended; empty where open or unknown.
        closed: How an open end was closed: ``next`` holder, ``death``, ``years``; ``open`` where it
            was left open; empty where the source gives the end.
        also: Another spelling of the name in the source; empty for none.
    """

    code: str
    institution: str | None
    rank: str
    role: str
    person: str
    wikidata: str
    since: str
    until: str
    closed: str
    also: str = ""

    def held_on(self, day: str | None) -> bool:
        """Whether the office was held on a day; any day where None."""
        if day is None:
            return True
        return (not self.since or self.since <= day) and (not self.until or day <= self.until)


@lru_cache(maxsize=65_536)
def key_of(name: str) -> str:
    """Return a spelling-blind form of one word of a name: ``Lukashenka`` and ``Lukashenko`` agree."""
    word = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z-]", "", word)
    for written, form in _FOLDS:
        if word == written:
            return form
    for written, form in _ENDINGS:
        if word.endswith(written) and len(word) > len(written) + 2:
            word = word[: -len(written)] + form
            break
    return word


@cache
def _table() -> tuple[Mapping[str, tuple[int, ...]], tuple[str, ...]]:
    """Return line numbers by the key of a first or last name, and the lines."""
    path = resources.files("detente.registers") / "data" / "offices.tsv.gz"
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:]
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for key in line[line.rindex("\t") + 1 :].split():
            found[key].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}, tuple(lines)


def load() -> None:
    """Read the register, which is otherwise read when it is first asked."""
    _table()


@lru_cache(maxsize=4096)
def _office(number: int) -> Office:
    code, institution, rank, role, person, wikidata, since, until, closed, also, _ = _table()[1][
        number
    ].split("\t")
    return Office(
        code=code, institution=institution or None, rank=rank, role=role, person=person,
        wikidata=wikidata, since=since, until=until, closed=closed, also=also,
    )  # fmt: skip


def keys_of(*names: str) -> list[str]:
    """Return the keys by which the bearer of names is found: those of first and last words."""
    words = {word for name in names if name.split() for word in (name.split()[0], name.split()[-1])}
    return sorted({key for word in words if (key := key_of(word))})


def every() -> tuple[Office, ...]:
    """Return all offices, in the order of the file."""
    return tuple(_office(number) for number in range(len(_table()[1])))


@lru_cache(maxsize=256)
def of_code(code: str) -> tuple[Office, ...]:
    """Return all offices of a state or body."""
    start = f"{code}\t"
    lines = _table()[1]
    return tuple(_office(number) for number, line in enumerate(lines) if line.startswith(start))


def of_person(name: str) -> tuple[Office, ...]:
    """Return all offices of the bearers of a full name."""
    wanted = [key_of(word) for word in name.replace(".", " ").split() if word]
    if len(wanted) < 2:
        return ()
    return tuple(
        office
        for office in _candidates(wanted)
        if _fits(wanted, office.person) or (office.also and _fits(wanted, office.also))
    )


def of_surname(surname: str) -> tuple[Office, ...]:
    """Return all offices of the bearers of a last name, the last begun first."""
    wanted = key_of(surname)
    found = [_office(number) for number in _table()[0].get(wanted, ())]
    bearers = [office for office in found if key_of(office.person.split()[-1]) == wanted]
    return tuple(sorted(bearers, key=lambda office: office.since, reverse=True))


def lookup(
    name: str, *, day: str | None = None, countries: Iterable[str] = (), role: str = ""
) -> Office | None:
    """Return the office that a person of this name held on a day, the highest where several.

    Args:
        name: Full name, or a surname alone; spellings are folded.
        day: ISO 8601; None takes the latest office.
        countries: Codes that the text is about; a surname alone needs one of them to match, or a
            head of state or government of that name, or the role.
        role: Words of the office that stand with the name, such as ``Deputy Secretary``.

    Returns:
        The office, or None where no one, or more than one person, fits.
    """
    return _lookup(name, day, frozenset(countries), role)


@lru_cache(4096)
def _lookup(name: str, day: str | None, about: frozenset[str], role: str) -> Office | None:
    words = [word for word in name.replace(".", " ").split() if word]
    if not words:
        return None
    wanted = [key_of(word) for word in words]
    candidates = [
        office
        for office in _candidates(wanted)
        if office.held_on(day)
        and (_fits(wanted, office.person) or (office.also and _fits(wanted, office.also)))
    ]
    if len(words) == 1:
        candidates = [
            o
            for o in candidates
            if wanted[0]
            in {key_of(name.split()[-1]) for name in (o.person, o.also) if name.split()}
        ]
        known = [o for o in candidates if o.code in about]
        wording = frozenset(role.lower().split())
        known = known or [o for o in candidates if wording and wording <= _words(o.role)]
        top = [o for o in candidates if o.rank in {"head of state", "head of government"}]
        single = [o for o in candidates if len(o.person.split()) == 1]
        candidates = known or top or single
    elif len({o.wikidata for o in candidates}) > 1:
        candidates = _exact(wanted, candidates) or candidates
    if len(words) > 1 and len({o.wikidata for o in candidates}) > 1:
        candidates = [o for o in candidates if o.code in about] or candidates
    order = roles.load().ranks
    if len(words) == 1 and len({o.wikidata for o in candidates}) > 1:
        first = min(order.index(o.rank) for o in candidates)
        candidates = [o for o in candidates if order.index(o.rank) == first]
    if len({o.wikidata for o in candidates}) != 1:
        return None
    latest = sorted(candidates, key=lambda o: o.since, reverse=True)
    return min(latest, key=_standing) if day is not None else latest[0]


def _standing(office: Office) -> tuple[int, bool, int]:
    """Return how high an office stands, for somebody who holds several: the lowest number first.

    Who runs a ministry beside being deputy head of government acts through the ministry, and who has two
    portfolios through the one that has an institution of its own.
    """
    order = roles.load().ranks
    deputy = office.rank == "deputy head of government"
    rank = order.index("minister") if deputy else order.index(office.rank)
    plain = rank == order.index("minister") and office.institution in {"GOV", "HOG"}
    return rank, plain, order.index(office.rank)


def _words(role: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z-]+", role.lower()))


def last_held(
    name: str, *, day: str, countries: Iterable[str] = (), surname: bool = False
) -> Office | None:
    """Return the highest office that a person held before a day and no longer holds.

    Args:
        name: Full name; a single word finds nobody, but for ``surname``.
        day: ISO 8601.
        countries: Codes that the text is about; they choose between persons of one name.
        surname: Whether a single word may be the name of a former head of state or government.
    """
    wanted = [key_of(word) for word in name.replace(".", " ").split() if word]
    if not wanted or (len(wanted) < 2 and not surname):
        return None
    past = [
        office
        for office in _candidates(wanted)
        if office.until and office.until < day
        and (_fits(wanted, office.person) or (office.also and _fits(wanted, office.also)))
    ]  # fmt: skip
    if len(wanted) == 1:
        own = [o for o in past if key_of(o.person.split()[-1]) == wanted[0]]
        past = [o for o in own if o.rank in {"head of state", "head of government"}]
    about = set(countries)
    if len({office.wikidata for office in past}) > 1:
        past = [office for office in past if office.code in about]
    if len({office.wikidata for office in past}) != 1:
        return None
    order = roles.load().ranks
    return min(past, key=lambda office: (order.index(office.rank), -int(office.until[:4])))


def _candidates(wanted: Sequence[str]) -> tuple[Office, ...]:
    table = _table()[0]
    keys = {wanted[-1], wanted[0]}
    return tuple(_office(n) for n in sorted({n for key in keys for n in table.get(key, ())}))


def _exact(wanted: Sequence[str], candidates: Sequence[Office]) -> list[Office]:
    """Return the offices of persons with just these names, in this order."""
    return [
        office
        for office in candidates
        if list(wanted)
        in ([key_of(w) for w in name.split()] for name in (office.person, office.also))
    ]


def _fits(wanted: Sequence[str], person: str) -> bool:
    """Whether the name's words stand in the person's, an initial for a first name allowed."""
    if len(wanted) == 1:
        return True
    have = [key_of(word) for word in person.replace(".", " ").split()]
    if set(wanted) <= set(have) or (len(set(have)) > 1 and set(have) <= set(wanted)):
        return True
    if wanted[-1] != have[-1]:
        return False
    initial = len(wanted[0]) == 1 and have[0].startswith(wanted[0])
    return initial or (len(wanted) == len(have) == 2 and _one_letter_more(wanted[0], have[0]))


def _one_letter_more(one: str, other: str) -> bool:
    """Whether first names differ by a letter that spellings drop: Evelyn and Evelyne, not Daniela."""
    short, long = sorted((one, other), key=len)
    if len(short) < LONG_NAME or len(long) != len(short) + 1 or long.endswith("a"):
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def classify(position: str, *, body: bool = False) -> tuple[str | None, str | None]:
    """Return institution and rank of an office by its words; no rank where it is not of use.

    ``classify("Minister of Foreign Affairs")`` is ``("MFA", "minister")``.

    Args:
        position: Name of the office.
        body: True for an office of an international body.
    """
    words = _WORD.findall(position.lower())
    book = roles.load()
    told = ((key, book.heads[key]) for key in _runs(words, book.longest) if key in book.heads)
    key, head = next(
        ((key, head) for key, head in told if head.person and head.rank is not None), ((), None)
    )
    if head is None:
        return None, None
    institution = head.institution
    rank = book.below.rank(head.rank, _before(words, key))
    if rank == "head of state" and _TERRITORIES & set(words):
        institution, rank = "GOV", "governor"
    topics = [key for key in _runs(words, 3) if key in book.topics]
    state = {"secretary", "department", "undersecretary", "under-secretary"} & set(words)
    topics = [key for key in topics if key != ("state",)] or (topics if state else [])
    named = [book.topics[key] for key in topics]
    topic = next((name for name in named if name != "GOV"), named[0] if named else None)
    if _PRESIDING & set(words) and _CHAMBERS & set(words):
        institution, rank = "LEG", "speaker"
    elif "presidency" in words and _SITTING & set(words) and not body:
        institution, rank = "HOS", "head of state"
    elif _PRESIDING & set(words) and _COURTS & set(words):
        institution, rank = "JUD", "director"
    elif head.topic and topic is not None:
        institution = topic
    elif rank == "head of state" and body:
        rank = "head of organisation"
    return (None if body else institution), rank


def _before(words: Sequence[str], key: Sequence[str]) -> set[str]:
    """Return the words before a run of words, back to a preposition: "deputy", "foreign"."""
    place = next(i for i in range(len(words)) if tuple(words[i : i + len(key)]) == tuple(key))
    found: set[str] = set()
    while place > 0 and words[place - 1] not in {"of", "to", "for", "in", "at", "and", "by"}:
        place -= 1
        found.add(words[place])
    return found


def _runs(words: Sequence[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Yield every run of words, the longest first."""
    for size in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield tuple(words[start : start + size])
