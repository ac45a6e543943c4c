"""Channels, capacities and rules: through whom, with how much, and under what constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.view import Draft, View, clause_part, is_negated, span_of
from detente.coding.clauses import clause_of, prepositional, subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from detente.coding.types import Mention


def institution_of(tokens: Iterable[Token]) -> str | None:
    """Return the institution that words such as "attaches" or "embassy" name."""
    table = group("capacity", "institutions")
    before = ""
    for token in tokens:
        lemma = token.lemma_.lower()
        for form in (f"{before} {lemma}", lemma, token.lower_):
            if form in table:
                return table[form]
        before = lemma
    return None


def find_channels(view: View) -> Iterator[Draft]:
    """Yield the channels of a sentence."""
    for token in view.doc:
        lemma = token.lemma_.lower()
        draft = None
        if token.lower_ in words("channel", "modes"):
            draft = _accreditation(view, token)
        elif token.lower_ in words("channel", "through"):
            draft = _through(view, token)
        elif lemma in words("channel", "missions") and token.dep_ in {"dobj", "attr"}:
            draft = _without_mission(view, token)
        elif lemma == "channel" and token.dep_ in {"nsubj", "nsubjpass"}:
            draft = _channel_state(view, token)
        if draft is not None:
            yield draft
            return


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
        object=view.within(verb, but=subject, places=True),
        details={
            "institution": named or institution,
            "accreditation": "resident" if resident else "concurrent",
        },
    )


def _through(view: View, prep: Token) -> Draft | None:
    """Read "contacts run only through the embassy" and "they communicate via Ankara"."""
    verb = prep.head
    if verb.pos_ in {"NOUN", "PROPN"}:
        noun: Token | None = verb
    else:
        noun = _contact_noun(verb)
    contact = noun is not None and noun.lemma_.lower() in words("channel", "contacts")
    if not contact and verb.lemma_.lower() not in words("channel", "contact_verbs"):
        return None
    if (
        verb.pos_ == "VERB"
        and contact
        and verb.lemma_.lower()
        not in (words("channel", "running") | words("channel", "contact_verbs"))
    ):
        return None
    via = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if via is None or (via.tag_ == "NNP" and via.i not in view.mentions):
        return None
    intermediary = view.actors([via])
    institution = institution_of(via.subtree)
    if not intermediary and institution is None and via.lemma_.lower() not in _MEANS:
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


def find_capacities(view: View) -> Iterator[Draft]:
    """Yield the stocks of a sentence: who has how much of what."""
    for token in view.doc:
        if token.lemma_.lower() in {"be", "remain", "stay", "become"}:
            draft = _level(view, token)
        elif token.lemma_.lower() in words("capacity", "lacking") and token.pos_ == "VERB":
            draft = _lacks(view, token)
        else:
            continue
        if draft is not None:
            yield draft


def _stock(noun: Token) -> Token | None:
    """Return the stock that a noun phrase names: its head, an apposition or a compound."""
    for token in (noun, *noun.children):
        if token.i != noun.i and token.dep_ not in {"appos", "compound", "nmod"}:
            continue
        for form in (token.lemma_.lower(), token.lower_):
            if form in words("capacity", "stocks") or form in words("capacity", "missions"):
                return token
    return None


def _level(view: View, verb: Token) -> Draft | None:
    levels = group("capacity", "levels")
    word = next(
        (c for c in verb.children if c.dep_ in {"acomp", "oprd", "attr"} and c.lower_ in levels),
        None,
    )
    subjects = subjects_of(verb)
    if word is None or not subjects:
        return None
    stock = _stock(subjects[0])
    if stock is None:
        return None
    level = levels[word.lower_]
    if is_negated(verb):
        level = {"negligible": "medium", "low": "medium", "high": "low"}.get(level, level)
    return _capacity(view, verb, subjects[0], level, word.lower_)


def _capacity(view: View, verb: Token, noun: Token, level: str, text: str) -> Draft | None:
    parties = view.within(noun, places=True)
    if not parties:
        return None
    details = {
        "institution": institution_of(noun.subtree)
        or next((a.institution for m in parties for a in m.actors if a.institution), None),
        "level": level,
        "level_text": text,
        "stock": view.text(span_of(noun.subtree)),
    }
    return Draft(
        kind="capacity",
        rule="capacity/level",
        head=verb,
        part=clause_part(verb),
        topic=[noun],
        subject=tuple(m for m in parties if not m.place),
        about=parties,
        details={k: v for k, v in details.items() if v},
    )


def _lacks(view: View, verb: Token) -> Draft | None:
    clause = clause_of(verb)
    subject = view.actors(clause.subjects, "S")
    if not clause.objects or not subject or verb.lemma_ != "lack":
        return None
    stock = _stock(clause.objects[0])
    if stock is None:
        return None
    return Draft(
        kind="capacity",
        rule="capacity/lack",
        head=verb,
        part=clause_part(verb),
        topic=list(clause.objects),
        subject=subject,
        about=view.within(verb, places=True),
        details={"level": "low", "level_text": "lacks", "stock": stock.lower_},
    )


def find_rules(view: View) -> Iterator[Draft]:
    """Yield the rules of a sentence."""
    for token in view.doc:
        lemma = token.lemma_.lower()
        draft = None
        if token.pos_ == "NOUN" and lemma in words("rule", "needs"):
            draft = _need(view, token)
        elif token.pos_ == "VERB" and lemma in words("rule", "deontic_verbs"):
            draft = _source_requires(view, token)
        elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            draft = _must(view, token)
        if draft is not None:
            yield draft
            return


def _is_exclusive(token: Token) -> bool:
    found = {t.lower_ for t in token.subtree}
    return bool(found & words("rule", "exclusive")) or (
        bool(found & {"all", "any", "every", "each"}) and bool(found & {"not", "no", "must"})
    )


def _need(view: View, noun: Token) -> Draft | None:
    """Read "the need to conduct all contacts only through ..."."""
    content = next(
        (c for c in noun.children if c.dep_ in {"acl", "relcl", "ccomp"} and c.i > noun.i), None
    )
    if content is None:
        content = next(iter(prepositional(noun, frozenset({"of", "on", "for"}))), None)
    if content is None or not _is_exclusive(content):
        return None
    verb = noun
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    holder = view.surface_subject(verb) if verb.pos_ == "VERB" else ()
    return _rule(view, noun, content, holder, "need", span_of(noun.subtree))


def _rule(
    view: View,
    head: Token,
    content: Token,
    holder: tuple[Mention, ...],
    rule: str,
    part: tuple[int, int],
) -> Draft:
    draft = Draft(
        kind="rule",
        rule=f"rule/{rule}",
        head=head,
        part=part,
        topic=[content],
        subject=holder,
        object=view.within(content, but=holder),
        holder=holder,
        owned={t.i for t in content.subtree} | {head.i},
    )
    institution = institution_of(content.subtree)
    if institution:
        draft.details["institution"] = institution
    return draft


def _source_requires(view: View, verb: Token) -> Draft | None:
    """Read "the treaty obliges members to ..."."""
    clause = clause_of(verb)
    named = [s for s in clause.subjects if s.lemma_.lower() in words("rule", "sources")]
    if not named and not (clause.passive and _under(verb)):
        return None
    if verb.tag_ in {"VBD"} and not any(c.dep_ == "aux" for c in verb.children):
        return None
    if not (clause.complements or clause.objects):
        return None
    subject = view.actors(clause.objects)
    draft = _rule(view, verb, verb, (), "source", clause_part(verb))
    draft.subject = subject
    draft.object = view.within(verb, but=subject)
    return draft


def _under(verb: Token) -> bool:
    return any(
        t.lemma_.lower() in words("rule", "sources")
        for t in prepositional(verb, words("rule", "under"))
    )


def _must(view: View, verb: Token) -> Draft | None:
    """Read "all contacts must go through ...", "may only be made with ..."."""
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if modal is None or not any(c.lower_ in {"only", "all", "any", "every"} for c in verb.subtree):
        return None
    if modal.lower_ in words("rule", "deontic_modals"):
        if not _is_exclusive(verb):
            return None
    elif modal.lower_ not in {"may", "can"} or not any(
        c.lower_ in {"only", "exclusively", "solely"} for c in verb.subtree
    ):
        return None
    parties = view.within(verb)
    if not parties:
        return None
    return _rule(view, verb, verb, (), "must", clause_part(verb))
