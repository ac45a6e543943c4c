"""Gives back to verbs what the tagger takes for nouns: "Oslo hosts talks", "Rebels overran a post".

Two signs suffice. A word that has a subject, an object or an auxiliary of its own is no noun, whatever its
tag. And where a whole line has no verb with a tense, as in a headline, the first word after a name that
has the form of a verb in the present ("hosts", "slams") is that verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.mending import hang
from detente.registers import frames

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Doc, Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBAL = frozenset({"nsubj", "nsubjpass", "dobj"})
"""Relations that a verb alone governs."""
OF_NOUNS = frozenset({"det", "poss", "amod", "nummod", "acl", "relcl", "case"})
"""Relations of what stands with nouns alone."""
LIKE_ADJECTIVES = frozenset(
    "last treble double triple halve slow cool warm calm sour narrow near dry even level".split()
)
"""Verbs that look like adjectives: after "to" and modal verbs they are verbs."""
INSIDE = frozenset({"compound", "amod", "nmod"})


def retag(doc: Doc) -> Doc:
    """Make verbs of the words of a parse that the tagger took for nouns, in place, and return it."""
    known = frames.load().lemmas
    finite = False
    shown: list[Token] = []
    for token in doc.tokens:
        finite = finite or token.tag_ in FINITE
        if token.lower_ in LIKE_ADJECTIVES and _is_helped(token):
            token.pos_, token.tag_ = "VERB", "VB"
        elif token.pos_ in NOMINAL and token.lower_ in known:
            if _governs(token):
                _make_verb(token, known[token.lower_])
                finite = finite or token.tag_ in FINITE
            elif _may_be_present(token, known[token.lower_]):
                shown.append(token)
    if not finite and shown:
        _head_line(shown[0], known[shown[0].lower_])
    return doc


def _is_helped(token: Token) -> bool:
    """Return whether "to" or a modal verb stands right before: "expect it to last"."""
    if token.tag_ == "VB" or not token.i:
        return False
    before = token.nbor(-1)
    return before.head is token and before.dep_ == "aux"


def _governs(token: Token) -> bool:
    """Return whether a word has a subject or an object of its own, and nothing that only nouns have."""
    deps = {c.dep_ for c in token.children}
    return not VERBAL.isdisjoint(deps) and OF_NOUNS.isdisjoint(deps)


def _may_be_present(token: Token, lemma: str) -> bool:
    """Return whether a noun after a name may be a verb in the present: "Oslo hosts talks", "Police raid camp"."""
    if token.pos_ == "ADJ" or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    if token.lower_ == lemma:
        fits = before.tag_ == "NNS" or before.lower_ == "police"
    else:
        fits = token.lower_.endswith("s") and before.tag_ in {"NN", "NNP", "NNPS"}
    return fits and (after.is_alpha or after.like_num) and after.tag_ != "CC"


def _make_verb(token: Token, lemma: str) -> None:
    token.pos_, token.lemma_ = "VERB", lemma
    helped = any(c.dep_ == "aux" for c in token.children)
    if token.lower_ != lemma and token.lower_.endswith("s"):
        token.tag_ = "VBZ"
    elif token.lower_ == lemma:
        token.tag_ = "VB" if helped else "VBP"
    else:
        token.tag_ = "VBD"
    if token.dep_ in INSIDE and token.head.i > token.i:
        _lead(token, token.head)
    deps = {c.dep_ for c in token.children}
    name = token.nbor(-1) if token.i else token
    if "nsubj" not in deps and name.head is token and name.dep_ in INSIDE and not helped:
        _lift_subject(token, name)
    after = [c for c in token.children if c.i > token.i and c.dep_ == "appos"]
    if after and "dobj" not in deps:
        after[0].dep_ = "dobj"


def _lift_subject(verb: Token, name: Token) -> None:
    """Make one subject of the words before a verb that the parse hung on it one by one."""
    for word in [c for c in verb.children if c.i < name.i and c.dep_ in INSIDE]:
        hang(word, name, "compound")
    name.dep_ = "nsubj"


def _lead(verb: Token, noun: Token) -> None:
    """Put a verb in the place of the noun that it was hung on, which is its object."""
    above, dep = noun.head, noun.dep_
    if above is noun:
        noun.children = [c for c in noun.children if c is not verb]
        verb.head, verb.dep_ = verb, "ROOT"
    else:
        hang(verb, above, dep)
    hang(noun, verb, "dobj")


def _head_line(verb: Token, lemma: str) -> None:
    """Make a word the verb of a line that has none: the name before it acts, the noun after it is its object."""
    noun = verb.head
    if noun is not verb and noun.i < verb.i:
        _make_verb(verb, lemma)
        _raise(verb, noun)
        return
    for word in [c for c in noun.children if c.i < verb.i and c.dep_ in INSIDE]:
        hang(word, verb, word.dep_)
    _make_verb(verb, lemma)


def _raise(verb: Token, name: Token) -> None:
    """Put a verb above the name before it, which is its subject."""
    above, dep = name.head, name.dep_
    if above is name:
        verb.head.children = [c for c in verb.head.children if c is not verb]
        verb.head, verb.dep_ = verb, "ROOT"
    else:
        hang(verb, above, dep)
    hang(name, verb, "nsubj")
