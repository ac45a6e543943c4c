"""Claims that the patterns of the register tell: a verb with the words that must stand around it."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from detente.coding.claims import slots
from detente.coding.claims.competence import institutional
from detente.coding.claims.institutions import institution_of
from detente.coding.claims.stance import FLIP, polarity_of
from detente.coding.claims.view import Draft, View, clause_part, is_negated
from detente.coding.grammar.coordination import spread
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of
from detente.coding.grammar.verbs import is_passive
from detente.registers import claim_patterns, wanted
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention
    from detente.model import ClaimKind
    from detente.registers.claim_patterns import Pattern

_JUDGED = frozenset({"acomp", "attr", "oprd", "xcomp", "ccomp", "advmod"})
_SCARCE = frozenset(
    {"little", "few", "hardly", "scarcely", "barely", "no", "nothing", "nobody", "ill"}
)
_INSTITUTIONAL = frozenset({"channel", "capacity", "rule"})
VERBS = frozenset({"VERB", "AUX"})
_NO_PREDICATES = frozenset({"aux", "auxpass", "amod", "compound"})
_ASSERTED = frozenset({"agenda", "assessment", "capacity", "channel", "competence", "stance"})
"""Kinds that an infinitive of purpose does not assert: "used the border to spread fear"."""
_HELD = frozenset({"stance", "intent", "competence"})
"""Kinds that somebody must hold."""
_UNNAMED = frozenset({"agenda", "assessment", "capacity", "channel", "mandate"})
"""Kinds that may go on about a relation that the sentence does not name."""


_STANDING = frozenset({"agenda", "capacity", "channel", "competence", "mandate"})
"""Kinds that tell what stands so, beside whatever event the same verb tells."""


_Listed = wanted.Listed[tuple[str, "Pattern"]]
"""Patterns with their kinds."""


@cache
def _by_verb() -> dict[str, _Listed]:
    found: dict[str, list[tuple[tuple[str, Pattern], frozenset[int]]]] = {}
    for kind, patterns in claim_patterns.patterns().items():
        for pattern in sorted(patterns, key=lambda one: not one.firm):
            for verb in pattern.verb:
                found.setdefault(verb, []).append(((kind, pattern), pattern.needs()))
    return {verb: wanted.Listed(needing) for verb, needing in found.items()}


def reader(kind: ClaimKind) -> Callable[[View], Iterator[Draft]]:
    """Return a reader of the patterns of one kind."""

    def find(view: View) -> Iterator[Draft]:
        for token, patterns in view.once("patterns", _candidates).get(kind, ()):
            for pattern in patterns:
                draft = _match(view, token, pattern, kind)
                if draft is not None:
                    yield draft
                    break

    return find


def _candidates(view: View) -> dict[str, list[tuple[Token, list[Pattern]]]]:
    """Return by kind the predicates of a sentence with the patterns that may tell something of them.

    Those of "is" or "feels" may where it makes a passive and they ask for a complement.
    """
    table, answered = _by_verb(), view.doc.answered
    found: dict[str, list[tuple[Token, list[Pattern]]]] = {}
    for token in view.doc.tokens:
        if token.pos_ not in VERBS and token.dep_ != "ROOT":
            continue
        if not _is_predicate(view, token):
            continue
        listed: dict[str, list[Pattern]] = {}
        for nth, lemma in enumerate(_lemmas(token)):
            needing = table.get(lemma)
            for kind, pattern in needing.possible(answered) if needing is not None else ():
                if not nth or pattern.complement:
                    listed.setdefault(kind, []).append(pattern)
        for kind, possible in listed.items():
            found.setdefault(kind, []).append((token, possible))
    return found


def _is_predicate(view: View, token: Token) -> bool:
    if token.pos_ in VERBS:
        return token.dep_ not in _NO_PREDICATES
    return _is_mistagged(view, token)


def _is_mistagged(view: View, token: Token) -> bool:
    """Tell whether a main verb was read as a plural after an actor: "Baku benefits from"."""
    return (
        token.dep_ == "ROOT"
        and token.tag_ == "NNS"
        and token.i > 0
        and any(c.i == token.i - 1 and c.i in view.mentions for c in token.children)
    )


def _lemmas(verb: Token) -> tuple[str, ...]:
    """Return a verb's lemma and those of the helpers that make it a passive."""
    helpers = (
        "feel" if child.lower_[:3] in {"fee", "fel"} else child.lemma_.lower()
        for child in verb.children
        if child.dep_ == "auxpass"
    )
    return verb.lemma_.lower(), *helpers


def _match(view: View, verb: Token, pattern: Pattern, kind: ClaimKind) -> Draft | None:
    around = view.around(verb, _Around)
    if pattern.passive is not None and pattern.passive is not around.passive:
        return None
    subjects, named = around.subjects, around.named
    of_body = kind == "competence" and pattern.subject == ("actor",) and _is_body(subjects)
    if not of_body and not _fits(view, subjects, pattern.subject):
        return None
    if pattern.negated is not None and pattern.negated is not around.denied:
        return None
    if pattern.present and not _is_present(verb):
        return None
    if kind in _ASSERTED and _is_aim(verb):
        return None
    denied = around.denied
    chosen = _chosen(view, verb, named, pattern)
    if chosen is None or not _around(view, verb, around, pattern):
        return None
    who = slots.who(view, verb, pattern, subjects, chosen)
    whom = slots.others(view, verb, pattern, who, subjects, chosen)
    bodied = kind == "competence" and _names_body(verb)
    if kind == "competence" and not bodied:
        who = institutional(who)
    alone = bool(whom) and kind not in _HELD
    told = kind in {"channel", "mandate"} or pattern.subject not in {(), ("there",)}
    loose = kind == "rule" or (kind in _UNNAMED and told)
    loose = loose or (bodied and (of_body or pattern.subject != ("actor",)))
    if not who and not alone and not (loose and view.concerns):
        return None
    return _draft(verb, pattern, kind, who, whom, denied=denied, chosen=chosen)


def _is_body(subjects: list[Token]) -> bool:
    """Tell whether a subject is a body that no register knows."""
    return any(t.lemma_.lower() in words("competence", "bodies") for t in subjects)


def _names_body(verb: Token) -> bool:
    """Tell whether a clause names a body that no register knows: "the department of trade"."""
    return any(t.lemma_.lower() in words("competence", "bodies") for t in verb.subtree)


class _Around:
    """What the patterns of all kinds ask of one verb, found once.

    Args:
        view: The sentence.
        verb: The verb.
    """

    def __init__(self, view: View, verb: Token) -> None:
        self._view, self._verb = view, verb

    @cached_property
    def denied(self) -> bool:
        """Whether the clause is denied."""
        return _is_denied(self._verb)

    @cached_property
    def passive(self) -> bool:
        """Whether the verb is a passive."""
        return is_passive(self._verb)

    @cached_property
    def subjects(self) -> list[Token]:
        """Heads of its subject."""
        return _subjects(self._view, self._verb)

    @cached_property
    def named(self) -> list[Token]:
        """Its objects and predicate nouns."""
        return _named(self._verb)

    @cached_property
    def adverbs(self) -> tuple[Token, ...]:
        """Its adverbs and particles, those of its objects and phrases included."""
        return tuple(_adverbs(self._verb, self.named, self.subjects))


def _subjects(view: View, verb: Token) -> list[Token]:
    if _is_mistagged(view, verb):
        return [c for c in verb.children if c.i == verb.i - 1]
    found = [t for s in subjects_of(verb) for t in spread(s)]
    return found + [c for c in verb.children if c.dep_ == "expl"]


def _named(verb: Token) -> list[Token]:
    """Return objects and predicate nouns, what "much of" measures included."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in slots.NAMED or (child.dep_ == "ccomp" and child.pos_ == "NOUN"):
            for token in spread(child):
                found.append(token)
                if token.lower_ in _MEASURES:
                    found += prepositional(token, frozenset({"of"}))
    return found


_MEASURES = frozenset(
    "much most some part all one none little any more less enough lot few handful dozen couple "
    "number majority bulk half third quarter fraction pair score".split()
)


_JUDGING = frozenset({"stance", "assessment"})
"""Kinds whose words of praise and blame count where the phrase itself tells no sign."""


def _draft(
    verb: Token,
    pattern: Pattern,
    kind: ClaimKind,
    who: tuple[Mention, ...],
    whom: tuple[Mention, ...],
    *,
    denied: bool,
    chosen: list[Token],
) -> Draft:
    sign = pattern.polarity
    if sign == "words" or (sign == "neutral" and kind in _JUDGING):
        judged = [t for t in verb.subtree if t.i > verb.i]
        sign = polarity_of([*chosen, verb, *judged])
    if denied and pattern.negated is None:
        sign = FLIP[sign]
    details: dict[str, object] = dict(pattern.fields)
    if not _is_elsewhere(who, whom):
        details.pop("accreditation", None)
    if kind in _INSTITUTIONAL and "institution" not in details:
        details["institution"] = institution_of(verb.subtree)
    content = [c for c in verb.children if c.dep_ == "xcomp" and kind == "assessment"]
    return Draft(
        kind=kind,
        rule=f"{kind}/{verb.lemma_.lower()} {chosen[0].lemma_.lower()}" if chosen else
        f"{kind}/{verb.lemma_.lower()}",
        head=verb,
        part=clause_part(verb),
        topic=[verb],
        subject=who,
        object=whom,
        holder=who if pattern.holder else (),
        polarity=sign,
        details=details,
        owned={t.i for t in (*chosen, *_judged(verb, pattern.complement), *content)},
        yields=True,
        firm=pattern.firm or kind in _STANDING or bool(pattern.complement),
        lasting=pattern.lasting,
    )  # fmt: skip


def _is_elsewhere(who: tuple[Mention, ...], whom: tuple[Mention, ...]) -> bool:
    """Tell whether two other countries are named: where somebody is accredited, and where he sits."""
    own, others = ({a.country for m in side for a in m.actors} for side in (who, whom))
    return len(others - own) > 1


def _is_denied(verb: Token) -> bool:
    """Tell whether a clause is denied, "little", "few" and "hardly" included."""
    if is_negated(verb):
        return True
    if any(c.lower_ in {"longer", "more"} and _says_no(c) for c in verb.children):
        return True
    return any(
        c.lower_ in _SCARCE
        for c in (*verb.children, *(b for c in verb.children if c.dep_ in slots.NAMED for b in c.children))
        if c.dep_ not in {"cc", "conj"}
    )  # fmt: skip


def _says_no(adverb: Token) -> bool:
    return any(c.lower_ == "no" for c in adverb.children)


def _is_aim(verb: Token) -> bool:
    """Tell whether a verb is an infinitive that nothing raises to an assertion."""
    if verb.tag_ != "VB" or not any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children):
        return False
    return verb.head == verb or verb.head.lemma_.lower() not in _RAISED


_RAISED = frozenset(
    "seem appear continue begin start remain tend be have need come look prove turn threaten like "
    "unable able likely unlikely used happen fail manage want wish seek aim try".split()
)


def _is_present(verb: Token) -> bool:
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    plural = verb.tag_ == "VB" and verb.dep_ == "ROOT" and not helpers and bool(subjects_of(verb))
    return plural or any(
        t.tag_ in {"VBZ", "VBP", "NNS"} or t.lower_ in {"can", "ca"} for t in (verb, *helpers)
    )


def _fits(view: View, tokens: list[Token], asked: tuple[str, ...]) -> bool:
    if not asked:
        return True
    if "actor" in asked and any(_is_actor(view, t) for t in tokens):
        return True
    if "thing" in asked and tokens and not any(_is_actor(view, t) for t in tokens):
        return True
    return any(t.lemma_.lower() in asked or t.lower_ in asked for t in tokens)


def _is_actor(view: View, token: Token) -> bool:
    """Tell whether a noun names an actor, or people of one: "the generals in Khartoum"."""
    if token.i in view.mentions:
        return True
    people = token.lemma_.lower() in words("topics", "people")
    return people and bool(view.within(token, places=True))


def _chosen(view: View, verb: Token, named: list[Token], pattern: Pattern) -> list[Token] | None:
    """Return the object that a pattern asks for; an empty list where it asks for none."""
    if not pattern.object:
        return []
    for token in named:
        fits = token.lemma_.lower() in pattern.object or token.lower_ in pattern.object
        fits = fits or ("actor" in pattern.object and token.i in view.mentions)
        fits = fits or ("thing" in pattern.object and token.i not in view.mentions)
        if (fits or "any" in pattern.object) and _has(token, pattern.with_):
            return [token]
    if "any" in pattern.object and not pattern.with_:
        clause = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i]
        return clause[:1] or None
    return None


def _has(token: Token, asked: tuple[str, ...]) -> bool:
    if not asked:
        return True
    below = [
        t for c in token.children if c.i < token.i or c.dep_ == "amod" for t in (c, *c.children)
    ]
    return any(t.lower_ in asked or t.lemma_.lower() in asked or t.tag_ in asked for t in below)


def _around(view: View, verb: Token, around: _Around, pattern: Pattern) -> bool:
    """Tell whether adjective, prepositions, particles and infinitive are as a pattern asks."""
    named = around.named
    near = frozenset(pattern.near)
    if near and near.isdisjoint(form for t in verb.subtree for form in (t.lower_, t.tag_)):
        return False
    if pattern.complement and not _judged(verb, pattern.complement):
        return False
    if pattern.particle and not any(c.lower_ in pattern.particle for c in around.adverbs):
        return False
    if any(c.lower_ in pattern.without for c in verb.children):
        return False
    if pattern.infinitive and not _infinitive(verb, named, pattern.infinitive):
        return False
    for prep, asked in pattern.prep.items():
        found = list(slots.governed(verb, named, prep))
        if "any" in asked and found:
            continue
        if not found or not _fits(view, found, asked):
            return False
    return True


def _judged(verb: Token, asked: tuple[str, ...]) -> list[Token]:
    """Return the predicate adjectives that are among some words, a passive's own participle too."""
    judged = [c for c in verb.children if c.dep_ in _JUDGED]
    judged += [b for c in judged for b in c.children if b.dep_ == "conj"]
    if any(c.dep_ == "auxpass" for c in verb.children):
        judged.append(verb)
    return [c for c in judged if c.lower_ in asked or c.lemma_.lower() in asked]


def _adverbs(verb: Token, named: list[Token], subjects: list[Token]) -> Iterator[Token]:
    for node in (verb, *named):
        for child in node.children:
            measure = child.dep_ in {"dobj", "attr"} and child.tag_[:2] in {"JJ", "RB"}
            if measure or child.dep_ in _BESIDE:
                yield child
            if child.dep_ == "prep":
                yield from (c for c in child.children if c.dep_ == "advmod")
    yield from (c for s in subjects for c in s.children if c.lower_ == "alone")


_BESIDE = frozenset({"advmod", "prt", "prep", "neg", "mark", "acomp", "npadvmod"})


def _infinitive(verb: Token, named: list[Token], asked: tuple[str, ...]) -> bool:
    nodes = [verb, *named, *(c for c in verb.children if c.dep_ == "acomp")]
    nodes += [t for c in verb.children if c.dep_ == "prep" for t in c.children]
    for node in nodes:
        for child in node.children:
            to = any(c.tag_ == "TO" and c.dep_ == "aux" for c in child.children)
            if to and child.i > verb.i and ("any" in asked or child.lemma_.lower() in asked):
                return True
    return False
