"""The founding note's facts, read field by field from the file that lists them, where it is there.

The same facts in other words are tested always, in ``test_claims_note.py``.
"""

from __future__ import annotations

import re

import msgspec
import pytest

from detente.coding.pipeline import Coder
from detente.model import Block, Claim, Document, Event, Forecast, document_id

pytestmark = pytest.mark.model

KINDS = {"claim": Claim, "event": Event, "forecast": Forecast}
HEDGES = {"likelihood", "modal", "evidential", "quantifier"}
PARTIES = {"source", "target", "subject", "object", "holder", "veto"}
PLAIN = {
    "type", "status", "date", "mode", "domain", "kind", "polarity", "valid", "institution",
    "accreditation", "level", "weight", "direction", "format", "out",
}  # fmt: skip
NO_FIELDS = {"id", "s", "record", "note"}
ALSO_ACCEPTED = {"F07": {"type": {"AGREE", "CONSULT", "COOPERATE"}}}
SMALL = frozenset("the a an of in for to and by its shows set".split())


@pytest.fixture(scope="module")
def facts(shared):
    return msgspec.yaml.decode((shared / "founding-note.facts.yaml").read_bytes())


@pytest.fixture(scope="module")
def coded(shared, facts):
    text = (shared / "founding-note.txt").read_text(encoding="utf-8").strip()
    blocks, at = [], 0
    for number, part in enumerate(re.split(r"\n\s*\n", text)):
        start = text.index(part, at)
        at = start + len(part)
        blocks.append(Block(kind="paragraph" if number else "headline", start=start, end=at))
    document = Document(
        id=document_id(text), source="founding-note.txt", text=text, blocks=tuple(blocks),
        published=str(facts["published"]), published_basis="option", language="en",
    )  # fmt: skip
    (found,) = Coder().code([document])
    return found


def words(text):
    return {w.rstrip("s") for w in re.findall(r"\w+", text.lower())} - {
        w.rstrip("s") for w in SMALL
    }


def tells(text, wanted):
    """Tell whether a stretch of the note holds most content words of a fact's paraphrase."""
    named = words(wanted)
    return 2 * len(named & words(text)) > len(named)


def codes(actors):
    return sorted({actor.code for actor in actors})


def bodies_of(actors, wanted):
    """Return the codes, a body of a bloc standing for the bloc where the fact names no body."""
    plain = {code for code in wanted if "." not in code}
    return sorted({a.country if a.country in plain else a.code for a in actors})


def pointed(value, evidence, ids, found):
    """Tell whether a cause or effect is the fact's: records, a list of phrases, or a phrase."""
    items = value if isinstance(value, list) else [value]
    if all(re.fullmatch(r"F\d\d", item) for item in items):
        return all({r.id for r in found[item]} & set(ids) for item in items)
    return len(evidence) == len(items) and all(
        tells(e.text, item) for e, item in zip(evidence, items, strict=True)
    )


def effects(record):
    return (record.effect,) if record.effect is not None else ()


SPECIAL = {
    "about": lambda r, v, _: set(v) == set(r.about),
    "in": lambda r, v, _: r.into == v,
    "place": lambda r, v, _: r.place is not None and r.place.name == v,
    "persons": lambda r, v, _: [a.person for a in (*r.source, *r.target)] == v,
    "ranks": lambda r, v, _: [a.rank for a in (*r.source, *r.target)] == v,
    "horizon": lambda r, v, _: r.horizon is not None and r.horizon.text.lower() == v,
    "condition": lambda r, v, _: tells(r.condition, v),
    "until": lambda r, v, _: tells(r.until, v),
    "rejected": lambda r, v, found: pointed(v, r.rejected, (), found),
    "cause": lambda r, v, found: pointed(v, r.cause, r.cause_ids, found),
    "effect": lambda r, v, found: pointed(v, effects(r), r.effect_ids, found),
    "same_incident": lambda r, v, found: {e.incident for e in found[v]} == {r.incident},
}


def agrees(record, name, value, found):
    """Tell whether one field of a record is as the fact says."""
    if name in PARTIES:
        return bodies_of(getattr(record, name), value) == sorted(value)
    if name in HEDGES:
        return record.hedge is not None and getattr(record.hedge, name) == value
    if name in SPECIAL:
        return SPECIAL[name](record, value, found)
    assert name in PLAIN, f"the facts file has a new field {name!r}"
    return getattr(record, name) == value


def test_every_fact_is_found_with_its_fields(coded, facts):
    found, missing = {}, []
    for fact in facts["facts"]:
        fields = {k: str(v) if k == "date" else v for k, v in fact.items() if k not in NO_FIELDS}
        also = ALSO_ACCEPTED.get(fact["id"], {})
        candidates = [
            r
            for r in coded.records
            if isinstance(r, KINDS[fact["record"]]) and r.sentence == fact["s"]
        ]
        found[fact["id"]] = [
            r
            for r in candidates
            if all(
                getattr(r, k) in also[k] if k in also else agrees(r, k, v, found)
                for k, v in fields.items()
            )
        ]
        if not found[fact["id"]]:
            wrong = [
                [k for k, v in fields.items() if not agrees(r, k, v, found)] for r in candidates
            ]
            missing.append((fact["id"], wrong))
    assert missing == []
    assert len(found) == 24


def test_nothing_comes_out_that_must_not(coded):
    events = [r for r in coded.records if isinstance(r, Event)]
    assert not {e.sentence for e in events} & {7, 10, 17}
    ahead = {r.sentence for r in coded.records if isinstance(r, Forecast)}
    aims = {r.sentence for r in coded.records if isinstance(r, Claim) and r.kind == "intent"}
    assert not [e for e in events if e.sentence in ahead | aims and e.status == "actual"]
    meetings = {e.incident for e in events if e.type == "CONSULT" and e.sentence in {4, 5}}
    assert len(meetings) == 1
    named = [a for r in coded.records if isinstance(r, Event) for a in (*r.source, *r.target)]
    assert not [a for a in named if a.surface == "Minsk" and a.institution is not None]
    assert not [e for e in events if e.sentence == 1]
