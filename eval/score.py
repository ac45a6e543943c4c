"""Scores a coder on the own gold of ``eval/gold``.

Events are matched inside their sentence, one to one. A coded event counts as *right* where its
type and status are among the accepted ones and its parties agree. Parties are compared in two
ways: by state (figures without a suffix) and by state and institution (``_institution``); on each
side at least half of all actors named by either must be common. What the gold marks as optional
counts neither as missing nor as extra, and so do records from headlines.

Figures:
    precision, recall, f1: Type, parties and status right.
    extra_per_100: Coded events that stand for no gold event of their sentence (neither its type
        nor its parties), for 100 gold events.
    status, status_negated, status_planned: Status right where type and parties are.
    date, place, domain: Right where the gold has one and type and parties are.
    claims: Claim of the right kind in its sentence, F1; ``claims_KIND`` for one kind.
    claim_holder: Holder right (by state, nobody for the author) among matched claims whose holder gold or
        coder name; ``UNK`` stands for one whom no register knows, whoever has a stance is not counted as its voice,
        and ``claim_holder_n`` says of how many.
    claim_polarity, claim_valid: Right on matched claims where the gold has one; ``_n`` as before.
    hedges: Hedge fields right among those that gold or coder fill, on matched records.
    forecasts: Sentence holds a forecast or not, F1.
    direction, parties: Right on matched forecasts, which are paired inside their sentence by their order; where there
        are more or fewer than in the gold, by the states they name and the words of their time and condition.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from detente import registers
from detente.model import Claim, Event, Forecast, Hedge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from detente.model import Actor, Coded, Document

HERE = Path(__file__).parent
ENOUGH = 0.5
"""Least share of common actors on each side."""

HEDGES = ("likelihood", "modal", "evidential", "quantifier", "frequency", "approximator", "negated")
CLAIM_KINDS = (
    "cause", "assessment", "stance", "intent", "competence", "mandate", "channel", "capacity",
    "agenda", "rule",
)  # fmt: skip


def _sibling(name: str, path: Path) -> Any:  # noqa: ANN401
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"cannot load {path}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


gold = _sibling("detente_gold_load", HERE / "gold" / "load.py")
INSTITUTIONS = frozenset(
    "HOS HOG GOV MFA MOD MIL LEG JUD INT SPY FIN ECO ENE SEC EMB ATT IGO PTY OPP CVL NGO MED BUS"
    " REL EDU REB UAF".split()
)


def _rows(name: str) -> list[dict[str, Any]]:
    """Entries of a folder of the register."""
    folder = Path(registers.__file__).parent / "data" / name
    return [
        row
        for path in sorted(folder.glob("*.yaml"))
        for row in msgspec.yaml.decode(path.read_bytes())
    ]


STATES = frozenset(r["code"] for r in _rows("states"))
GROUPS = {
    r["code"]: f"{r['country']}.{r['institution']}"
    for r in _rows("groups")
    if "country" in r and r["code"] not in STATES
}
"""Armed groups and the state and institution that the gold writes for them; ``BRN`` is Brunei."""
ALONE = frozenset(r["code"] for r in _rows("groups") if "country" not in r)
"""Armed groups of no one state, which are their own code."""
BARE = INSTITUTIONS - STATES
"""Institutions that may stand without a state: ``FIN`` alone is Finland."""
MEMBERS = registers.load().members
"""Organisations and blocs, by code."""


def measure(
    code: Callable[[Document], Coded], *, splits: Iterable[str] = ("test",)
) -> dict[str, float]:
    """Score a coder.

    Args:
        code: Codes one document.
        splits: ``dev``, ``test`` or both.

    Returns:
        Figures by name; ``documents_`` and ``sentences_`` stand before those of events.
    """
    splits = tuple(splits)
    figures: dict[str, float] = {}
    for name, read in (("documents", gold.documents), ("sentences", gold.sentences)):
        tally: Counter[str] = Counter()
        for split in splits:
            for text in read(split):
                tally.update(compare_events(text, code(text.document)))
        figures |= {f"{name}_{figure}": value for figure, value in event_figures(tally).items()}
    tally = Counter()
    for split in splits:
        for statement in gold.statements(split):
            tally.update(compare_statement(statement, code(statement.document)))
    return figures | statement_figures(tally)


def measure_file(code: Callable[[Document], Coded], path: Path) -> dict[str, float]:
    """Score a coder on a file of texts coded for events, such as gold made of reviews."""
    tally: Counter[str] = Counter()
    for text in gold.texts(path):
        tally.update(compare_events(text, code(text.document)))
    return event_figures(tally)


def measure_practice(code: Callable[[Document], Coded]) -> dict[str, float]:
    """Score a coder on the practice sentences, which its rules were written with."""
    tally: Counter[str] = Counter()
    for statement in gold.practice():
        tally.update(compare_statement(statement, code(statement.document)))
    figures = statement_figures(tally)
    wanted = ("claims_precision", "claims_recall", "claims", "forecasts", "direction")
    return {name: figures[name] for name in wanted}


def measure_practice_events(code: Callable[[Document], Coded]) -> dict[str, float]:
    """Score a coder on the practice sentences for events: ``acts_`` leave the parties aside.

    An act is right where its type and status are accepted in its sentence, whoever deals with whom.
    """
    tally: Counter[str] = Counter()
    for text in gold.practice_events():
        coded = code(text.document)
        tally.update(compare_events(text, coded))
        tally.update(compare_acts(text, coded))
    figures = event_figures(tally)
    acts = _shares(tally["act_right"], tally["act_gold"], tally["act_coded"])
    return {name: figures[name] for name in ("precision", "recall", "f1")} | {
        "acts_precision": acts[0], "acts_recall": acts[1],
    }  # fmt: skip


def measure_practice_documents(code: Callable[[Document], Coded]) -> dict[str, float]:
    """Score a coder on the practice documents, by state and by institution."""
    tally: Counter[str] = Counter()
    for text in gold.practice_documents():
        tally.update(compare_events(text, code(text.document)))
    figures = event_figures(tally)
    return {name: figures[name] for name in ("precision", "recall", "f1", "f1_institution")}


def compare_acts(text: Any, coded: Coded) -> Counter[str]:  # noqa: ANN401
    """Count the acts of a text without a headline that have the right type and status."""
    left = [r for r in coded.records if isinstance(r, Event)]
    tally = Counter({"act_coded": len(left)})
    for wanted in text.events:
        right = (
            e
            for e in left
            if (e.type, e.status) in wanted.accepted
            and _same_sentence(wanted.offset, e, coded.sentences)
        )
        found = next(right, None)
        if found is not None:
            left.remove(found)
        tally["act_gold"] += not wanted.optional
        tally["act_right"] += not wanted.optional and found is not None
        tally["act_coded"] -= wanted.optional and found is not None
    return tally


# Events


def normalised(code: str) -> str:
    """Return an actor's code without the person, with groups and governments resolved.

    ``BLR.MFA/vladimir-makei`` is ``BLR.MFA``, ``BLR.GOV`` is ``BLR``, ``HOUTHI`` is ``YEM.REB``. Whoever speaks
    for an organisation or a bloc has its code: ``EU.MFA`` is ``EU``.
    """
    code = GROUPS.get(code.partition("/")[0], code.partition("/")[0])
    body, _, _ = code.partition(".")
    if body in MEMBERS or body in ALONE:
        return body
    return code.removesuffix(".GOV")


def _found(actor: Actor) -> str:
    """Return a coded actor's code; a bare institution is no state of the same code."""
    bare = not actor.country and actor.code in STATES
    return f"UNK.{actor.code}" if bare else normalised(actor.code)


def agree(wanted: Sequence[str], found: Sequence[Actor], *, by_state: bool) -> bool:
    """Tell whether two lists of actors have enough in common.

    A bare institution in the gold ("UAF", "CVL": of no known state) may be missing, and is met by
    any actor of that institution.
    """
    named = {normalised(code) for code in wanted if code not in BARE}
    loose = {code for code in wanted if code in BARE}
    coded = {_found(a) for a in found if a.institution not in loose}
    coded -= {code for code in coded if code in loose}
    if by_state:
        named, coded = {c.partition(".")[0] for c in named}, {c.partition(".")[0] for c in coded}
    if not named:
        return bool(loose) or not coded or by_state
    return len(named & coded) / len(named | coded) >= ENOUGH


def parties_agree(wanted: Any, event: Event, *, by_state: bool) -> bool:  # noqa: ANN401
    """Tell whether source and target agree; those of a symmetric event are taken together."""
    if wanted.symmetric:
        both = (*event.source, *event.target)
        return agree(wanted.source + wanted.target, both, by_state=by_state)
    if not wanted.target and event.channel.symmetric:
        return agree(wanted.source, (*event.source, *event.target), by_state=by_state)
    straight = agree(wanted.source, event.source, by_state=by_state) and agree(
        wanted.target, event.target, by_state=by_state
    )
    if straight or not event.channel.symmetric:
        return straight
    return agree(wanted.source, event.target, by_state=by_state) and agree(
        wanted.target, event.source, by_state=by_state
    )


def type_agrees(wanted: Any, event: Event) -> bool:  # noqa: ANN401
    """Tell whether the type is accepted, whatever the status."""
    return event.type in {kind for kind, _ in wanted.accepted}


def _grade(wanted: Any, event: Event) -> int:  # noqa: ANN401
    """Return how well an event stands for a gold one: 0 not at all, 5 in every respect."""
    kind = type_agrees(wanted, event)
    status = (event.type, event.status) in wanted.accepted
    pair = parties_agree(wanted, event, by_state=True)
    if kind and pair:
        strict = parties_agree(wanted, event, by_state=False)
        return 5 if status and strict else 4 if status else 3
    return 2 if kind else 1 if pair else 0


def assign(
    wanted: Sequence[Any], events: Sequence[Event], sentences: Sequence[tuple[int, int]]
) -> list[tuple[Any, Event, int]]:
    """Pair gold events with coded ones of the same sentence, best grade first, one to one."""
    grades = [
        (_grade(g, e), -i, -j)
        for i, g in enumerate(wanted)
        for j, e in enumerate(events)
        if _same_sentence(g.offset, e, sentences)
    ]
    pairs: list[tuple[Any, Event, int]] = []
    left, right = set(range(len(wanted))), set(range(len(events)))
    for grade, i, j in sorted(grades, reverse=True):
        if grade and -i in left and -j in right:
            left.discard(-i)
            right.discard(-j)
            pairs.append((wanted[-i], events[-j], grade))
    return pairs


def _same_sentence(offset: int, event: Event, sentences: Sequence[tuple[int, int]]) -> bool:
    if event.sentence < len(sentences):
        start, end = sentences[event.sentence]
        return start <= offset < end
    return event.span[0] <= offset < event.span[1]


def compare_events(text: Any, coded: Coded) -> Counter[str]:  # noqa: ANN401
    """Count what is right, missing and extra in one text."""
    body = text.document.blocks[0].end if text.document.blocks[0].kind == "headline" else 0
    events = [r for r in coded.records if isinstance(r, Event) and r.span[0] >= body]
    pairs = assign(text.events, events, coded.sentences)
    used = {id(e) for _, e, _ in pairs}
    tally: Counter[str] = Counter()
    tally["gold"] = sum(not g.optional for g in text.events)
    for wanted, event, grade in pairs:
        _count_pair(tally, wanted, event, grade)
    for event in events:
        if id(event) not in used:
            part = any(_is_part(g, event, coded.sentences) for g in text.events)
            tally["split" if part else "extra"] += 1
    return tally


def _count_pair(tally: Counter[str], wanted: Any, event: Event, grade: int) -> None:  # noqa: ANN401
    if grade < 3 and wanted.optional:
        tally["neutral"] += 1
        return
    if not wanted.optional:
        tally["right" if grade >= 4 else "wrong"] += 1
        tally["right_institution" if grade == 5 else "wrong_institution"] += 1
        if grade < 3:
            tally["wrong_type" if grade == 1 else "wrong_parties"] += 1
    if grade < 3:
        return
    tally["matched"] += 1
    tally["status"] += grade >= 4
    if wanted.status in ("negated", "planned"):
        tally[f"matched_{wanted.status}"] += 1
        tally[f"status_{wanted.status}"] += grade >= 4
    for field, value, right in (
        ("date", wanted.date, same_date(wanted.date, event)),
        ("place", wanted.place, same_place(wanted.place, event)),
        ("domain", wanted.domain, wanted.domain == event.domain),
    ):
        if value is not None:
            tally[f"with_{field}"] += 1
            tally[field] += right


def _is_part(wanted: Any, event: Event, sentences: Sequence[tuple[int, int]]) -> bool:  # noqa: ANN401
    """Tell whether an event is one pair out of a gold event with several actors on a side."""
    if not _same_sentence(wanted.offset, event, sentences) or not type_agrees(wanted, event):
        return False
    if len(wanted.source) + len(wanted.target) < 3 and not wanted.optional:
        return False
    named = {normalised(c).partition(".")[0] for c in wanted.source + wanted.target}
    coded = {normalised(a.code).partition(".")[0] for a in (*event.source, *event.target)}
    return bool(coded) and coded <= named


def same_date(wanted: str | None, event: Event) -> bool:
    """Tell whether the date is the same day, month, year or interval."""
    if wanted is None or event.date is None:
        return False
    start, _, end = wanted.partition("..")
    length = len(start)
    if end:
        return event.date[:10] == start and (event.date_end or "")[:10] == end
    precise = {10: "day", 7: "month", 4: "year"}[length]
    fine = event.date_precision in (None, precise) or (length == 10 and event.date[:10] == start)
    return event.date[:length] == start and fine


def same_place(wanted: str | None, event: Event) -> bool:
    """Tell whether the place has the name that the gold gives, or holds it."""
    if wanted is None or event.place is None:
        return False
    one, other = wanted.casefold(), event.place.name.casefold()
    return one in other or other in one


def event_figures(tally: Counter[str]) -> dict[str, float]:
    """Turn counts into figures."""
    extra = tally["extra"]
    figures = {"events": float(tally["gold"])}
    for suffix in ("", "_institution"):
        right, wrong = tally["right" + suffix], tally["wrong" + suffix]
        precision = _share(right, right + wrong + extra)
        recall = _share(right, tally["gold"])
        figures |= {
            "precision" + suffix: precision,
            "recall" + suffix: recall,
            "f1" + suffix: _f1(precision, recall),
        }
    figures["extra_per_100"] = 100 * _share(extra, tally["gold"])
    figures["status"] = _share(tally["status"], tally["matched"])
    for status in ("negated", "planned"):
        figures[f"status_{status}"] = _share(tally[f"status_{status}"], tally[f"matched_{status}"])
    for field in ("date", "place", "domain"):
        figures[field] = _share(tally[field], tally[f"with_{field}"])
    return figures


# Claims, hedges, forecasts


def compare_statement(statement: Any, coded: Coded) -> Counter[str]:  # noqa: ANN401
    """Count what is right in one sentence that is coded for claims and forecasts."""
    claims = [r for r in coded.records if isinstance(r, Claim)]
    forecasts = [r for r in coded.records if isinstance(r, Forecast)]
    tally: Counter[str] = Counter()
    wanted, found = (Counter(c.kind for c in group) for group in (statement.claims, claims))
    for kind in wanted.keys() | found.keys():
        tally[f"claim_right_{kind}"] += min(wanted[kind], found[kind])
        tally[f"claim_gold_{kind}"] += wanted[kind]
        tally[f"claim_coded_{kind}"] += found[kind]
    tally["forecast_gold"] += bool(statement.forecasts)
    tally["forecast_coded"] += bool(forecasts)
    tally["forecast_right"] += bool(statement.forecasts) and bool(forecasts)
    for claim, record in _matched_claims(statement.claims, claims):
        _count_hedges(tally, claim.hedge, record.hedge)
        _count_fields(tally, claim, record)
    for forecast, record in _matched_forecasts(statement.forecasts, forecasts):
        _count_hedges(tally, forecast.hedge, record.hedge)
        tally["forecast_matched"] += 1
        tally["direction"] += forecast.direction == record.direction
        if forecast.subject or forecast.object:
            tally["with_parties"] += 1
            tally["parties"] += _same_parties(forecast, record)
    return tally


def _matched_claims(wanted: Sequence[Any], claims: Sequence[Claim]) -> list[tuple[Any, Claim]]:
    pairs, left = [], list(claims)
    for claim in wanted:
        for record in left:
            if record.kind == claim.kind:
                pairs.append((claim, record))
                left.remove(record)
                break
    return pairs


def _matched_forecasts(
    wanted: Sequence[Any], forecasts: Sequence[Forecast]
) -> list[tuple[Any, Forecast]]:
    """Pair the forecasts of a sentence: as many as in the gold by their order, else by what they tell.

    What is judged afterwards, direction and hedge, has no say in it.
    """
    ranked = sorted(forecasts, key=lambda f: f.span)
    if len(ranked) == len(wanted):
        return [*zip(wanted, ranked, strict=True)]
    if len(ranked) < len(wanted):
        orders = ([*zip(order, ranked, strict=True)] for order in permutations(wanted, len(ranked)))
    else:
        orders = ([*zip(wanted, order, strict=True)] for order in permutations(ranked, len(wanted)))
    return max(orders, key=lambda pairs: round(sum(_nearness(*p) for p in pairs), 6))


def _nearness(wanted: Any, record: Forecast) -> float:  # noqa: ANN401
    """Return what two forecasts have in common, 0 to 2: parties, and words of time and condition."""
    told = " ".join(filter(None, (wanted.horizon, wanted.condition, wanted.until)))
    said = set(told.casefold().split())
    kept = (record.gist, record.condition, record.until, record.horizon and record.horizon.text)
    found = set(" ".join(filter(None, kept)).casefold().split())
    return _common_parties(wanted, record) + _share(len(said & found), len(said))


def _same_parties(wanted: Any, record: Forecast) -> bool:  # noqa: ANN401
    return _common_parties(wanted, record) >= ENOUGH


def _common_parties(wanted: Any, record: Forecast) -> float:  # noqa: ANN401
    """Return the share of the states named by gold or coder that both name."""
    named = {normalised(c).partition(".")[0] for c in wanted.subject + wanted.object}
    coded = {normalised(a.code).partition(".")[0] for a in (*record.subject, *record.object)}
    coded |= {normalised(c).partition(".")[0] for c in record.about}
    return _share(len(named & coded), len(named | coded))


def _count_fields(tally: Counter[str], claim: Any, record: Claim) -> None:  # noqa: ANN401
    wanted = {normalised(c).partition(".")[0] for c in claim.holder}
    found = {normalised(a.code).partition(".")[0] for a in record.holder}
    if record.details.get("holder_text") and not found:
        found = {"UNK"}
    if record.kind == "stance" and not wanted:
        found -= {normalised(a.code).partition(".")[0] for a in record.subject}
    if wanted or found:
        tally["with_claim_holder"] += 1
        tally["claim_holder"] += bool(wanted & found) or wanted == found
    for field, value in (("polarity", claim.polarity), ("valid", claim.valid)):
        if value is not None:
            tally[f"with_claim_{field}"] += 1
            tally[f"claim_{field}"] += value == getattr(record, field)


def _count_hedges(tally: Counter[str], wanted: Hedge, found: Hedge | None) -> None:
    found = found or Hedge()
    hedged = any(getattr(wanted, field) for field in HEDGES if field != "negated")
    for field in HEDGES if hedged else HEDGES[:-1]:
        one, other = getattr(wanted, field), getattr(found, field)
        if one or other:
            tally["hedge_fields"] += 1
            tally["hedges"] += _same_words(one, other)


def _same_words(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        one, other = one.casefold(), other.casefold()
        return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "
    return one == other


def statement_figures(tally: Counter[str]) -> dict[str, float]:
    """Turn counts into figures."""
    figures: dict[str, float] = {}
    total: Counter[str] = Counter()
    for kind in CLAIM_KINDS:
        counts = [tally[f"claim_{part}_{kind}"] for part in ("right", "gold", "coded")]
        total.update(dict(zip(("right", "gold", "coded"), counts, strict=True)))
        figures[f"claims_{kind}"] = _f1(*_shares(*counts))
    precision, recall = _shares(total["right"], total["gold"], total["coded"])
    figures |= {
        "claims_precision": precision, "claims_recall": recall, "claims": _f1(precision, recall),
    }  # fmt: skip
    for field in ("claim_holder", "claim_polarity", "claim_valid"):
        figures[field] = _share(tally[field], tally[f"with_{field}"])
        figures[f"{field}_n"] = float(tally[f"with_{field}"])
    figures["hedges"] = _share(tally["hedges"], tally["hedge_fields"])
    counts = [tally[f"forecast_{part}"] for part in ("right", "gold", "coded")]
    figures["forecasts"] = _f1(*_shares(*counts))
    figures["direction"] = _share(tally["direction"], tally["forecast_matched"])
    figures["parties"] = _share(tally["parties"], tally["with_parties"])
    return figures


def _shares(right: int, wanted: int, coded: int) -> tuple[float, float]:
    return _share(right, coded), _share(right, wanted)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _share(2 * precision * recall, precision + recall)
