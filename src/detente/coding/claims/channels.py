"""Channels: who may talk to whom, by what way, through which mission."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from detente.coding.claims.institutions import institution_of
from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token


def find(view: View) -> Iterator[Draft]:
    """Yield the channels of a sentence."""
    yield from islice(begun(view, _AT), 1)


def _at(view: View, token: Token) -> Draft | None:
    lemma, low = token.lemma_.lower(), token.lower_
    if low in words("channel", "modes"):
        return _accreditation(view, token)
    if token.pos_ == "VERB":
        if low == "accredited":
            return _accredited(view, token)
        known = lemma in words("channel", "rank_heads") or lemma == "cover"
        return _run_by(view, token) if known else None
    if low in {"with", "at", "in"}:
        return _only_with(view, token)
    return _by_noun(view, token, lemma)


_AT = RuleSet((_at,), before=1)


def _by_noun(view: View, token: Token, lemma: str) -> Draft | None:
    if token.lower_ in words("channel", "through"):
        return _through(view, token)
    if token.lower_ == "way" and token.dep_ == "pobj" and token.head.lower_ == "by":
        return _through(view, token.head, way=token)
    if lemma in words("channel", "missions") and token.dep_ in {"dobj", "attr"}:
        return _without_mission(view, token)
    if lemma == "channel" and token.dep_ in {"nsubj", "nsubjpass"}:
        return _channel_state(view, token)
    return None


def _accreditation(view: View, token: Token) -> Draft | None:
    """Read "serve with concurrent accreditation", "has a non-resident ambassador"."""
    noun = token.head
    resident = "concurrent" not in token.lower_ and not token.lower_.startswith("non")
    if token.i and view.doc[token.i - 1].lower_ in {"non", "-"}:
        resident = False
    accredited = noun.lemma_.lower() in words("channel", "accreditation")
    mission = noun.lemma_.lower() in words("channel", "missions")
    if not accredited and not mission:
        return None
    verb = noun
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    subject = view.surface_subject(verb)
    if not subject:
        return None
    heads = subjects_of(verb)
    institution = next((a.institution for m in subject for a in m.actors if a.institution), None)
    named = institution_of(t for h in heads for t in h.subtree) or institution_of([noun])
    return Draft(
        kind="channel",
        rule="channel/accreditation",
        head=verb,
        part=clause_part(verb),
        topic=[verb],
        subject=subject,
        object=view.within(verb, but=subject, places=True)
        or tuple(m for m in view.located if m not in subject)[:1],
        details={
            "institution": named or institution,
            "accreditation": "resident" if resident else "concurrent",
        },
    )


def _accredited(view: View, verb: Token) -> Draft | None:
    """Read "is also accredited to Lithuania"."""
    subject = view.actors(subjects_of(verb), "S")
    targets = list(prepositional(verb, frozenset({"to", "in", "at"})))
    target = view.finder.all(targets, "T") or tuple(
        view.places[t.i] for t in targets if t.i in view.places
    )
    if not subject or not target or verb.dep_ in {"acl", "amod"}:
        return None
    concurrent = any(c.lower_ in {"also", "concurrently"} for c in verb.children)
    institution = institution_of(t for s in subjects_of(verb) for t in s.subtree)
    return Draft(
        kind="channel", rule="channel/accredited", head=verb, part=clause_part(verb),
        topic=[verb], subject=subject, object=target,
        details={
            "institution": institution or next(iter(m.institution for m in subject[0].actors)),
            "accreditation": "concurrent" if concurrent else None,
        },
    )  # fmt: skip


def _run_by(view: View, verb: Token) -> Draft | None:
    """Read "the embassy is run by a chargé" and "covers four countries from Ankara"."""
    clause = clause_of(verb)
    if verb.lemma_ == "cover":
        mission = next(iter(clause.subjects), None)
        apart = any(t.lower_ in {"country", "countries", "states"} for t in verb.subtree)
        from_there = any(c.dep_ == "prep" and c.lower_ == "from" for c in verb.subtree)
        if not (apart and from_there):
            return None
    else:
        mission = next(iter(clause.objects), None) if clause.passive else None
    if mission is None or institution_of([mission]) not in {"EMB", "ATT"}:
        return None
    parties = view.within(mission, places=True) or view.actors([mission], "S")
    if not parties:
        return None
    return Draft(
        kind="channel", rule="channel/run-by", head=verb, part=clause_part(verb), topic=[mission],
        subject=parties[:1], object=parties[1:],
        details={"institution": institution_of([mission])},
    )  # fmt: skip


def _only_with(view: View, prep: Token) -> Draft | None:
    """Read "the generals speak with French officers only"."""
    verb = prep.head
    if verb.lemma_.lower() not in words("channel", "contact_verbs") or verb.pos_ != "VERB":
        return None
    near = prep.doc[max(0, prep.i - 1) : prep.right_edge.i + 2]
    if not any(t.lower_ in {"only", "exclusively", "solely"} for t in near):
        return None
    subject = view.surface_subject(verb)
    other = tuple(
        m for m in view.actors(prepositional(verb, frozenset({"with"}))) if m not in subject
    )
    codes = {a.code for m in (*subject, *other) for a in m.actors}
    if not subject or (not other and (prep.lower_ == "with" or len(codes) < 2)):
        return None
    return Draft(
        kind="channel", rule="channel/only-with", head=verb, part=clause_part(verb), topic=[verb],
        subject=subject, object=other, details={"exclusive": True},
    )  # fmt: skip


def _through(view: View, prep: Token, way: Token | None = None) -> Draft | None:
    """Read "contacts run only through the embassy" and "they communicate via Ankara"."""
    verb = prep.head
    if way is not None:
        prep = next((c for c in way.children if c.lower_ == "of"), prep)
    noun = verb if verb.pos_ in {"NOUN", "PROPN"} else _contact_noun(verb)
    via = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if via is None or not _is_contact(verb, noun):
        return None
    intermediary = view.finder.at(via, "T")
    institution = institution_of(via.subtree)
    named = bool(intermediary) or via.i in view.places or via.pos_ == "PROPN"
    if not named and institution is None and via.lemma_.lower() not in _MEANS:
        return None
    top = verb if verb.pos_ == "VERB" else prep
    parties = view.within(noun if noun is not None else verb, but=intermediary)
    if not parties:
        parties = tuple(m for m in view.surface_subject(verb) if m not in intermediary)
    if not parties:
        return None
    details: dict[str, object] = {"via": view.text(span_of(via.subtree))}
    if institution or (intermediary and intermediary[0].actors[0].institution):
        details["institution"] = institution or intermediary[0].actors[0].institution
    if any(c.lower_ in words("channel", "only") for c in (*prep.children, *verb.children)):
        details["exclusive"] = True
    return Draft(
        kind="channel",
        rule="channel/through",
        head=verb,
        part=clause_part(top) if top.pos_ == "VERB" else span_of(verb.subtree),
        topic=[verb],
        subject=parties[:1],
        object=parties[1:],
        about=intermediary,
        details=details,
    )


def _is_contact(verb: Token, noun: Token | None) -> bool:
    """Tell whether people talk: a contact that runs, or a verb of contact."""
    lemma = verb.lemma_.lower()
    if noun is None or noun.lemma_.lower() not in words("channel", "contacts"):
        return lemma in words("channel", "contact_verbs")
    known = words("channel", "running") | words("channel", "contact_verbs")
    return verb.pos_ != "VERB" or lemma in known


_MEANS = frozenset({"channel", "intermediary", "mediator", "mediation", "office", "backchannel"})


def _contact_noun(verb: Token) -> Token | None:
    for child in verb.children:
        argument = child.dep_ in {"nsubj", "nsubjpass", "dobj"}
        if argument and child.lemma_.lower() in words("channel", "contacts"):
            return child
    return None


def _without_mission(view: View, noun: Token) -> Draft | None:
    """Read "has no ambassador in Minsk", "maintains only a mission led by a chargé"."""
    verb = noun.head
    if verb.lemma_.lower() not in {"have", "maintain", "keep", "lack", "run"}:
        return None
    none = verb.lemma_ == "lack" or is_negated(verb)
    if not none:
        return None
    subject = view.surface_subject(verb)
    if not subject:
        return None
    return Draft(
        kind="channel",
        rule="channel/no-mission",
        head=verb,
        part=clause_part(verb),
        topic=[verb],
        subject=subject,
        object=view.within(verb, but=subject, places=True),
        details={"institution": institution_of([noun]) or "EMB", "state": "none"},
    )


def _channel_state(view: View, noun: Token) -> Draft | None:
    """Read "channels of communication with Moscow remain open"."""
    verb = noun.head
    state = next(
        (c for c in (*verb.children, verb) if c.lower_ in words("channel", "states_of_channel")),
        None,
    )
    parties = view.within(noun)
    if state is None or not parties:
        return None
    return Draft(
        kind="channel",
        rule="channel/state",
        head=verb,
        part=clause_part(verb),
        topic=[noun],
        subject=parties[:1],
        object=parties[1:],
        details={"state": state.lower_},
    )
