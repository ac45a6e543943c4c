"""What an act is about: PLOVER's contexts and the domain that they add up to."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec
import msgspec.yaml

from detente.errors import RegisterError
from detente.registers import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading
    from detente.model import Domain

ANSWERS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Acts about a matter that is told before or after them: the document tells what it is."""

SAYINGS = ANSWERS | {"SUPPORT", "AGREE", "CONCEDE"}
"""Acts of words, whose matter may stand anywhere in the sentence."""

INSTITUTION_CONTEXT: Mapping[str, str] = {
    "MOD": "military", "MIL": "military", "ATT": "military", "SPY": "intelligence",
    "FIN": "economic", "ECO": "economic", "BUS": "economic", "ENE": "natural_resource",
    "JUD": "legal", "LEG": "legislative", "INT": "crime", "NGO": "rights_freedoms",
    "MED": "rights_freedoms", "REL": "religion_ethnicity",
}  # fmt: skip
"""Context that a body speaks for; police at home, but coast and border guards towards another state: ``read``."""
TYPE_DOMAIN: Mapping[str, Domain] = {
    "AGREE": "diplomatic", "CONSULT": "diplomatic", "SUPPORT": "diplomatic",
    "CONCEDE": "political", "COOPERATE": "diplomatic", "AID": "economic", "RETREAT": "political",
    "REQUEST": "diplomatic", "ACCUSE": "diplomatic", "REJECT": "diplomatic",
    "THREATEN": "diplomatic", "PROTEST": "political", "SANCTION": "diplomatic",
    "MOBILIZE": "military", "COERCE": "human_rights", "ASSAULT": "military",
}  # fmt: skip
"""Domain of a type where neither words nor institutions tell."""

WORD_WEIGHT, FRAME_WEIGHT, INSTITUTION_WEIGHT, SENTENCE_WEIGHT = 2.0, 3.0, 1.5, 1.0
PREVAILING = 0.5
"""Share of a document's topic words that one domain must have to stand for an act that names none."""


@cache
def topics() -> Mapping[str, str]:
    """Return context by topic word, from ``data/ontology/topics.yaml``.

    Raises:
        RegisterError: The file names a context that is none.
    """
    path = ontology.DATA / "topics.yaml"
    read = msgspec.yaml.decode(path.read_bytes(), type=dict[str, list[str]])
    known = ontology.load().contexts
    found: dict[str, str] = {}
    for context, words in read.items():
        if context not in known:
            raise RegisterError(str(path), 0, f"{context!r} is no PLOVER context")
        for word in words:
            found.setdefault(word, context)
    return found


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of the topics of two words."""
    return frozenset(words[0] for topic in topics() if len(words := topic.split(" ")) > 1)


@cache
def _topic_words() -> frozenset[str]:
    """Return all words of topics, so that most words of a text are passed over at once."""
    return frozenset(word for topic in topics() for word in topic.split(" ")) | topics().keys()


def contexts_in(tokens: Iterable[Token]) -> Counter[str]:
    """Return how often each context is named among tokens, two-word topics included."""
    return Counter(context for _, context in _topical(tokens))


def topic_words(reading: Reading, act: Act, scope: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Yield the topic words in an act's clause, each with the context that it speaks for."""
    for token, context in _topical(_about(reading, act, scope)):
        yield token.text, context


def _topical(tokens: Iterable[Token]) -> Iterator[tuple[Token, str]]:
    table, first, every = topics(), _first_words(), _topic_words()
    before = ""
    for token in tokens:
        if every.isdisjoint(token.form.words):
            before = ""
            continue
        lemma = token.lemma_.lower()
        pair = table.get(f"{before} {lemma}") if before in first else None
        context = pair or table.get(lemma) or table.get(token.lower_)
        if context is not None:
            yield token, context
        before = lemma


def _about(reading: Reading, act: Act, scope: Iterable[Token]) -> list[Token]:
    """Return the words of a clause that are neither the act nor its actors."""
    inside = {i for m in reading.mentions for i in _tokens(reading, m.start, m.end)}
    return [t for t in scope if t.i not in inside and t.i != act.trigger.i]


def _around(reading: Reading, act: Act) -> list[Token]:
    """Return the words of a sentence but the act's own and its parties: others may be its matter.

    "Britain offered to train Ukrainian soldiers, a proposal that Kyiv accepted" is about soldiers.
    """
    own = {m.head for m in (*act.source, *act.target)} | {act.trigger.i}
    return [t for t in reading.doc if t.i not in own]


class Background:
    """What a document is about as a whole, counted when first asked.

    Args:
        readings: Its parsed sentences.
    """

    def __init__(self, readings: Sequence[Reading] = ()) -> None:
        self._readings = readings

    @cached_property
    def domain(self) -> Domain | None:
        """The domain that most topic words speak for; None where no domain prevails.

        Diplomatic words stand in every report of this kind and are not counted.
        """
        found: Counter[Domain] = Counter()
        for reading in self._readings:
            inside = {i for m in reading.mentions for i in _tokens(reading, m.start, m.end)}
            words = (token for token in reading.doc if token.i not in inside)
            found.update(ontology.domain_of(context) for _, context in _topical(words))
        del found["diplomatic"]
        if not found:
            return None
        best = max(sorted(found), key=lambda domain: found[domain])
        return best if found[best] >= PREVAILING * found.total() else None


def read(
    reading: Reading, act: Act, scope: Iterable[Token], background: Background | None = None
) -> tuple[tuple[str, ...], Domain]:
    """Return the contexts and the domain of an act.

    Args:
        reading: The sentence.
        act: The act.
        scope: The tokens of its clause.
        background: What the document is about.

    Returns:
        Contexts, the strongest first, and the domain with the most weight. Where neither clause,
        frame nor institutions name one, an act of words asks the rest of the sentence, and one
        that answers to a matter asks the document; at last stands the domain that fits the type.
    """
    weights: Counter[str] = Counter()
    for context, count in contexts_in(_about(reading, act, scope)).items():
        weights[context] += WORD_WEIGHT * count  # type: ignore[assignment]
    for context in act.frame.contexts:
        weights[context] += FRAME_WEIGHT  # type: ignore[assignment]
    actors = [actor for mention in (*act.source, *act.target) for actor in mention.actors]
    abroad = len({actor.country for actor in actors if actor.country}) > 1
    for actor in actors:
        if actor.institution:
            guards = abroad and actor.institution == "INT"
            context = "military" if guards else INSTITUTION_CONTEXT.get(actor.institution, "")
            if context:
                weights[context] += INSTITUTION_WEIGHT  # type: ignore[assignment]
    if not weights and act.type in SAYINGS:
        for context, count in contexts_in(_around(reading, act)).items():
            weights[context] += SENTENCE_WEIGHT * count  # type: ignore[assignment]
    if not weights:
        prevailing = background.domain if background and act.type in ANSWERS else None
        return (), prevailing or TYPE_DOMAIN[act.type]
    return _weigh(weights)


def _weigh(weights: Counter[str]) -> tuple[tuple[str, ...], Domain]:
    domains: Counter[Domain] = Counter()
    for context, weight in weights.items():
        domains[ontology.domain_of(context)] += weight
    if len(domains) > 1 and domains["diplomatic"]:
        domains["diplomatic"] *= 0.5  # type: ignore[assignment]
    if domains["energy"]:
        domains["economic"] *= 0.5  # type: ignore[assignment]
    contexts = tuple(c for c, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])))
    best = max(sorted(domains), key=lambda d: domains[d])
    return contexts[:4], best


def _tokens(reading: Reading, start: int, end: int) -> range:
    span = reading.doc.char_span(
        start - reading.sentence.start, end - reading.sentence.start, alignment_mode="expand"
    )
    return range(span.start, span.end) if span is not None else range(0)
