"""What a verb is in its sentence: passive, the main verb, or one that stands beside the next sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.ruleset import once

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token


@once
def is_passive(verb: Token) -> bool:
    """Return whether a verb is passive, a reduced or coordinated one included."""
    if verb.tag_ != "VBN":
        return False
    for child in verb.children:
        if child.dep_ in {"auxpass", "nsubjpass"}:
            return True
        if child.dep_ in {"aux", "nsubj"} and child.lemma_ in {"have", "'ve", "has"}:
            return False
    if is_main(verb):
        return False
    if verb.dep_ == "acl" or (verb.dep_ == "advcl" and not _has_object(verb)):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return is_passive(verb.head)
    return any(child.dep_ == "agent" for child in verb.children)


def is_juxtaposed(verb: Token) -> bool:
    """Return whether the parse governs one sentence by the next: "two died; the premier spoke".

    The same for what is told of it behind a comma: "Cairo accused Doha, a charge Doha denied".
    """
    if verb.dep_ != "ccomp" or verb.i > verb.head.i:
        return False
    if any(t.text in {";", ":"} for t in verb.doc[verb.i : verb.head.i]):
        return True
    told = [c for c in verb.head.children if c.dep_ == "dobj" and verb.i < c.i < verb.head.i]
    return any(t.text == "," for c in told for t in verb.doc[verb.i : c.i])


@once
def is_main(verb: Token) -> bool:
    """Return whether a verb that the parse hangs on a noun is the verb of the whole sentence.

    Some parsers read "The envoy engaged with the rebels." as "the envoy (who was) engaged".
    """
    noun = topmost(verb.head)
    if verb.dep_ == "amod":
        told = noun.i > verb.i and any(c.dep_ == "npadvmod" for c in verb.children)
    else:
        told = verb.dep_ == "acl" and noun.i < verb.i
    return (
        told
        and verb.tag_ in {"VBD", "VBN"}
        and noun.dep_ == "ROOT"
        and noun.pos_ in {"NOUN", "PROPN"}
        and verb.doc[-1].text in {".", "!", "?"}
        and not any(c.dep_ == "agent" for c in verb.children)
        and not any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in verb.doc if t != verb)
    )


def topmost(noun: Token) -> Token:
    """Return the first of the nouns that a noun is coordinated with."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun


def _has_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" for child in verb.children)


def objects_of(verb: Token) -> list[Token]:
    """Return the direct objects of a verb."""
    return [c for c in verb.children if c.dep_ == "dobj"]
