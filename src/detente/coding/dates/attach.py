"""Choose the date expression that dates a predicate, by the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.dates.records import DateMention, When

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from detente.coding.dates.calendar import Interval
    from detente.coding.dates.records import DateBasis
    from detente.coding.grammar.tree import Doc, Token
    from detente.coding.types import Reading

_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp"})
_SAME_STORY = frozenset(
    "party parties sides side ministers minister leaders leader pair two both delegations "
    "delegation meeting talks diplomats officials presidents president negotiators envoys envoy "
    "interlocutors counterparts discussion discussions conversation exercise agenda visit".split()
)
_BACKGROUND = frozenset(
    "previously long often usually traditionally formerly once already never historically earlier "
    "repeatedly always typically regularly".split()
)
_SPANS = frozenset("day week month year decade hour fortnight".split())
_AFTERWARDS = frozenset("then later afterwards subsequently eventually".split())


def of(
    reading: Reading,
    trigger: Token,
    found: Sequence[DateMention],
    *,
    published: datetime.date | None,
    previous: DateMention | None = None,
    future: bool = False,
    actual: bool = True,
    made: bool = False,
) -> When:
    """Return the date of the predicate at ``trigger``.

    A date expression counts when it hangs on the predicate, or on the clause that the predicate
    heads or stands in; one in a clause of its own ("the minister, who took office in 2012") or
    on a verb of saying above does not. Without one, a sentence that goes on telling the same
    story ("The parties discussed ...") keeps the earlier date, with basis ``context``; another
    actual event is taken to be of the publication date, with basis ``published``, unless it is told as background ("had", "previously") or added as what came later
    ("a ban, which it then put off") or long before ("a month after it lifted the ban"). A clause with "when" takes the expression that it explains ("in
    2016, when it expelled").

    Args:
        reading: The parsed sentence.
        trigger: The predicate's head token.
        found: The sentence's date expressions, offsets into the document's text.
        published: The document's publication date.
        previous: The expression that dated the last dated predicate of an earlier sentence.
        future: True where the predicate looks ahead (planned, proposed, possible).
        actual: True where it is told as a fact; only such take the publication date.
        made: True for an offer that was made in the past: a date right at its verb is that of the offer.
    """
    candidates = _ranked(reading, trigger, found)
    for chosen in candidates:
        mention = chosen
        if chosen.shift is not None and chosen.first is None and previous is not None:
            mention = chosen.counted_from(previous)
        past = made and _is_of(reading, trigger, chosen)
        when = _when(
            mention, mention.basis, published=published,
            future=future and not past, actual=actual or past,
        )  # fmt: skip
        if when is not None:
            return when
    later = not candidates and _came_later(trigger)
    if not actual or future or later or _came_before(trigger):
        return When()
    if previous is not None and not candidates and _goes_on(trigger):
        when = _when(previous, "context", published=published, future=False, actual=True)
        if when is not None:
            return when
    if published is not None and not _background(trigger):
        return When(date=published.isoformat(), precision="day", basis="published")
    return When()


def _is_of(reading: Reading, trigger: Token, mention: DateMention) -> bool:
    """Return whether a date hangs right on a verb: "was proposed in March", not "talks in March".

    One on a deed that the offer is told together with counts: "met in March and proposed".
    """
    base = reading.sentence.start
    head = _head(reading.doc, mention.start - base, mention.end - base)
    if head is None:
        return False
    for verb in {trigger, _main(trigger)}:
        deed = verb == trigger or (verb.tag_ == "VBD" and head.i < trigger.i)
        if deed and verb in head.ancestors and not _links(head, verb):
            return True
    return False


def _when(
    mention: DateMention,
    basis: DateBasis,
    *,
    published: datetime.date | None,
    future: bool,
    actual: bool,
) -> When | None:
    span: Interval = (mention.first, mention.last)
    if mention.future is not None:
        span = mention.future if future else mention.past if actual else span
    first, last = span
    if first is None and last is None:
        return When(precision=mention.precision, basis=basis, mention=mention) if future else None
    if first is None and actual and not future:
        return None  # "put off until 6 March": the day that it is put off to
    if actual and not future and published is not None and first is not None and first > published:
        return None
    return When(
        date=first.isoformat() if first is not None else None,
        date_end=last.isoformat() if last is not None and last != first else None,
        precision=mention.precision,
        basis=basis,
        mention=mention,
    )


def _ranked(reading: Reading, trigger: Token, found: Sequence[DateMention]) -> list[DateMention]:
    """Return the expressions that may date a predicate, the one that belongs to it most first."""
    base, doc = reading.sentence.start, reading.doc
    ranked: list[tuple[tuple[int, bool, int, int], DateMention]] = []
    for mention in found:
        if not reading.sentence.start <= mention.start < reading.sentence.end:
            continue
        if mention.duration and mention.future is None:
            continue
        head = _head(doc, mention.start - base, mention.end - base)
        rank = None if head is None else _rank(head, trigger)
        if head is not None and rank is None and _explains(trigger, head, mention.end - base):
            rank = 3
        if head is not None and rank is None and _opens(trigger, head):
            rank = 4
        if head is not None and rank is not None:
            key = (
                rank,
                mention.form == "some time",
                _links(head, trigger),
                abs(head.i - trigger.i),
            )
            ranked.append((key, mention))
    return [mention for _key, mention in sorted(ranked, key=lambda pair: pair[0])]


def _opens(trigger: Token, head: Token) -> bool:
    """Whether a date opens the sentence and the predicate heads one of its coordinate main clauses.

    "In 2016 the Council lifted its measures, officials visited Minsk": both are of 2016.
    """
    doc = trigger.doc
    if head.i >= trigger.i or any(t.pos_ not in {"ADP", "DET"} for t in doc[: head.i]):
        return False
    if any(t.text == ";" for t in doc[head.i : trigger.i]):
        return False
    verb = trigger
    while verb.dep_ == "conj" or (verb.dep_ == "ccomp" and verb.i < verb.head.i):
        verb = verb.head
    return verb.dep_ == "ROOT" and verb.pos_ in {"VERB", "AUX"}


def _links(head: Token, trigger: Token) -> int:
    """Return how many nouns stand between a date and its predicate: "a plan for 2017" has one."""
    if trigger not in (head, *head.ancestors):
        return 0
    chain = [head, *head.ancestors]
    return sum(t.pos_ in {"NOUN", "PROPN"} for t in chain[1 : chain.index(trigger)])


def _head(doc: Doc, start: int, end: int) -> Token | None:
    """Return the token of a stretch whose head stands outside it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _verb(token: Token) -> Token:
    """Return the nearest verb at or above a token, or the root."""
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    if token.dep_ in {"aux", "auxpass"}:
        return token.head
    return token


def _main(verb: Token) -> Token:
    """Return the verb that a light or coordinated one leans on: itself, or what it complements."""
    while verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    return verb


def _rank(head: Token, trigger: Token) -> int | None:
    """Return how closely a date's head token belongs to a predicate; None for not at all."""
    chain = [head, *head.ancestors]
    if trigger in chain:
        between = chain[: chain.index(trigger)]
        if any(token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} for token in between):
            return None
        if not any(token.dep_ in _CLAUSES for token in between):
            return 0
        return 3 if between and _only_reduced(between) else None
    verb, own = _verb(head), _verb(trigger)
    if verb == own:
        return 1
    if _main(own) == verb and own.dep_ == "conj":
        return 2
    if own.dep_ in {"advcl", "xcomp"} and own.head == verb and own.tag_ == "VBG":
        return 2
    if _main(verb) == own and head.i < own.i:
        return 2
    if verb.dep_ in {"ccomp", "parataxis"} and verb.head == own and head.i < verb.i < own.i:
        return 2
    if _modifies(trigger, verb):
        return 3
    return None


def _only_reduced(between: list[Token]) -> bool:
    """Say whether the clause between is a reduced one ("the accord signed in May")."""
    clauses = [token for token in between if token.dep_ in _CLAUSES]
    return len(clauses) == 1 and clauses[0].dep_ == "acl" and clauses[0].tag_ in {"VBN", "VBG"}


def _explains(trigger: Token, head: Token, end: int) -> bool:
    """Whether a predicate's clause begins with "when", right after a date expression."""
    verb = _main(_verb(trigger))
    word = next((child for child in verb.children if child.lower_ == "when"), None)
    if word is None or not head.i < word.i:
        return False
    last = word.nbor(-1)
    while last.is_punct and last.i > head.i:
        last = last.nbor(-1)
    return last.idx + len(last) == end


def _came_before(trigger: Token) -> bool:
    """Whether a time passed since an act: "a month after the union lifted its measures"."""
    verb = _main(_verb(trigger))
    words = [
        child for child in verb.children if child.lower_ in {"after", "since"} and child.i < verb.i
    ]
    return verb.dep_ in _CLAUSES and any(
        word.i > 0 and word.nbor(-1).lemma_.lower() in _SPANS for word in words
    )


def _came_later(trigger: Token) -> bool:
    """Whether a relative clause adds what came after the main act: "which it then withdrew"."""
    verb = _main(_verb(trigger))
    return verb.dep_ == "relcl" and any(child.lower_ in _AFTERWARDS for child in verb.children)


def _modifies(trigger: Token, verb: Token) -> bool:
    return verb.dep_ in {"acl", "relcl"} and verb.head == trigger and verb.tag_ != "VB"


def _subject(token: Token) -> Token | None:
    """Return the subject of a predicate's verb, or of the verb that it is coordinated with."""
    verb = _verb(token)
    for one in (verb, _main(verb)):
        for child in one.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
    return None


def _goes_on(trigger: Token) -> bool:
    subject = _subject(trigger)
    if subject is None:
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in {"they", "he", "she", "both", "it"}
    definite = any(child.lower_ in {"the", "both", "these"} for child in subject.children)
    return definite and subject.lower_ in _SAME_STORY


def _background(trigger: Token) -> bool:
    verb = _verb(trigger)
    had = any(child.lower_ in {"had", "'d"} and child.dep_ == "aux" for child in verb.children)
    adverbs = any(child.lower_ in _BACKGROUND for child in verb.children)
    return (had and verb.tag_ == "VBN") or adverbs
