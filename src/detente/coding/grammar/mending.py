"""Puts right what the parser often takes wrongly where clauses or titled names are coordinated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.subjects import WRITINGS
from detente.registers import frames

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Doc, Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOUNS = frozenset({"NOUN", "PROPN"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BESIDE = frozenset({"aux", "auxpass", "advmod", "neg"})
"""What may stand between a subject and its verb."""
JOINTS = frozenset({"and", "but", "while", "as", ",", ";"})
"""What stands before a new clause."""
CALLING = frozenset({"call", "appeal", "plead", "push", "press"})
"""Verbs that ask with "for"."""
RAISING = frozenset("set likely unlikely certain sure bound due poised ready about".split())
"""Adjectives that stand between a copula and "to" with what is expected."""
RELATIVES = frozenset({"which", "who", "that", "what"})
SAYING = frozenset({"say", "announce", "report", "confirm", "claim", "state", "add", "tell"})
QUOTES = frozenset({'"', "”", "''", "»"})
TITLES = frozenset(
    "president minister ambassador premier chancellor secretary king queen emir sultan prince general "
    "leader counterpart envoy representative speaker commander chief governor pope".split()
)
"""Titles that begin a second person: "President Tran and King Felipe"."""


def mend(doc: Doc) -> Doc:
    """Reattach words of a parse in place, and return it.

    "Oslo expelled two envoys and Riga recalled its own" gives the second verb its subject; in
    "met with President Tran and King Felipe" both persons are met.
    """
    for token in doc.tokens:
        if token.dep_ == "conj" and token.tag_ in FINITE:
            _give_subject(token)
        elif token.dep_ in ARGUMENTS and token.pos_ == "PROPN":
            _part_persons(token)
        elif token.dep_ == "mark" and token.lower_ == "for":
            _call_for(token)
        elif token.lower_ == "by" and token.dep_ in {"prep", "agent"}:
            _give_doer(token)
        elif token.tag_ in FINITE and token.dep_ in {"ccomp", "ROOT"}:
            _find_subject(token)
        elif token.tag_ in FINITE and token.dep_ == "amod":
            _raise(token)
        elif token.tag_ == "VB" and token.dep_ == "advcl":
            _let_raise(token)
        if token.lower_ == "re" and token.i + 2 < len(doc):
            _rejoin(token)
    return doc


def _give_subject(verb: Token) -> None:
    """Take the noun right before a verb for its subject, not for another object of the one before."""
    if verb.head.pos_ not in {"VERB", "AUX"} or any(c.dep_ in SUBJECTS for c in verb.children):
        return
    place = verb.i - 1
    while place > 0 and verb.doc[place].head is verb and verb.doc[place].dep_ in BESIDE:
        place -= 1
    noun = verb.doc[place]
    if noun.pos_ not in NOUNS or noun.dep_ != "conj" or noun.i < verb.head.i:
        return
    first = noun.left_edge.i
    if first and verb.doc[first - 1].lower_ in JOINTS:
        hang(noun, verb, "nsubj")


def _find_subject(verb: Token) -> None:
    """Give a verb the subject that stands before it: in "said Sudan on Sunday rejected", after a quotation."""
    if any(c.dep_ in SUBJECTS or c.lower_ in RELATIVES for c in verb.children):
        return
    if verb.dep_ == "ccomp":
        between = [c for c in verb.head.children if verb.head.i < c.i < verb.i]
        noun = next((c for c in between if c.dep_ == "dobj" and c.pos_ == "PROPN"), None)
        if noun is not None and verb.head.lemma_ in SAYING:
            hang(noun, verb, "nsubj")
        return
    said = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    end = next((t.i for t in reversed(verb.doc[: verb.i]) if t.text in QUOTES), None)
    if said is None or end is None or end < said.i:
        return
    named = (t for t in verb.doc[end + 1 : verb.i] if t.pos_ in NOUNS and t.head.i <= end)
    noun = next(named, None)
    if noun is not None and noun.dep_ in {"appos", "conj", "dep"}:
        hang(noun, verb, "nsubj")


def _raise(verb: Token) -> None:
    """Make a verb with a subject the root: "the ministry evicted Laotian families", taken for the families."""
    noun = verb.head
    if noun.dep_ != "ROOT" or noun.i < verb.i or not any(c.dep_ == "nsubj" for c in verb.children):
        return
    noun.children = [c for c in noun.children if c is not verb]
    verb.head, verb.dep_ = verb, "ROOT"
    hang(noun, verb, "dobj")


def _call_for(word: Token) -> None:
    """Hang "for Niger" on "called for Niger to free him", where it stands for the one who is asked."""
    verb = word.head
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or verb.head.lemma_ not in CALLING or verb.dep_ not in {"advcl", "ccomp"}:
        return
    hang(word, verb.head, "prep")
    hang(subject, word, "pobj")
    hang(verb, subject, "acl")


def _give_doer(by: Token) -> None:
    """Hang "by Kenya" on the act in "the bombing of a Somali airfield by Kenya", not on what it is done to."""
    known = frames.load()
    noun = by.head
    lemma = noun.lemma_.lower()
    acts = lemma in known.nominals or lemma in known.nouns or lemma in WRITINGS
    if acts and not any(_is_owner(c) for c in noun.children):
        return
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
        if noun.lemma_.lower() in known.nominals:
            hang(by, noun, "prep")
            return


def _is_owner(child: Token) -> bool:
    """Return whether a word before a noun says whose it is: "a Somali airfield"."""
    return child.dep_ == "poss" or (
        child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper()
    )


def _part_persons(name: Token) -> None:
    """Part "President Ann Example and Danish Minister Bo Example", taken for one long name."""
    for other in name.children:
        if other.dep_ not in {"compound", "nmod"} or other.i > name.i:
            continue
        titles = [
            t
            for t in other.subtree
            if t.dep_ == "conj" and t.lower_ in TITLES and other.i < t.i < name.i
        ]
        if not titles or not any(t.lower_ == "and" for t in other.subtree):
            continue
        hang(titles[0], name, "compound")
        hang(other, name.head, name.dep_)
        hang(name, other, "conj")
        return


def _let_raise(verb: Token) -> None:
    """Hang a verb on the adjective that raises it: "looks set to last"."""
    between = (c for c in verb.head.children if c.dep_ in {"acomp", "oprd"} and c.i < verb.i)
    raising = next((c for c in between if c.lower_ in RAISING), None)
    if raising is not None and raising.i == verb.i - 2 and verb.nbor(-1).tag_ == "TO":
        hang(verb, raising, "xcomp")


def _rejoin(prefix: Token) -> None:
    """Put the verb of "re-establish" in the place of its prefix, which the tokeniser cuts off."""
    hyphen, verb = prefix.doc[prefix.i + 1], prefix.doc[prefix.i + 2]
    if hyphen.text != "-" or not verb.tag_.startswith("VB") or verb.idx != hyphen.idx + 1:
        return
    above, dep = prefix.head, prefix.dep_
    beside = verb.head is above and verb.dep_ == dep
    if above in {hyphen, verb} or not (beside or verb.head in {prefix, hyphen}):
        return
    if above is prefix:
        hang(verb, prefix, dep)
        prefix.children = [c for c in prefix.children if c is not verb]
        verb.head = verb
    else:
        hang(verb, above, dep)
    for child in prefix.children:
        hang(child, verb, child.dep_)
    hang(hyphen, verb, "punct")
    hang(prefix, verb, "prefix")
    prefix.pos_, hyphen.pos_ = "X", "PUNCT"


def hang(token: Token, head: Token, dep: str) -> None:
    """Hang a word on another head."""
    for above in (token, *token.ancestors, head, *head.ancestors):
        above._subtree = None
    token.head.children = [c for c in token.head.children if c is not token]
    token.head, token.dep_ = head, dep
    head.children = sorted([*head.children, token], key=lambda c: c.i)
