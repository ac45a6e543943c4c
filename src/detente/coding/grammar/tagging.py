"""Parts of speech and lemmas of parsed words, remembered word by word.

spaCy's attribute ruler and rule lemmatizer give the same answer for the same word, tag and, for some
words, dependency; together they take a quarter of the time of a parse. They are asked once for
each and their answers are kept. Sentences in which a rule looks at two words ("there is") are
given to the components themselves, so that the outcome is theirs throughout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

STEPS = ("attribute_ruler", "lemmatizer")
MOST = 200_000
"""Words that are remembered; then the memory starts anew."""

Key = tuple[int, int, int]
"""Keys of a word as it is written, its tag and, where a rule looks at it, its dependency."""


class Finisher:
    """Finishes parsed sentences in place of the pipeline's last two components.

    Args:
        nlp: A pipeline with both components.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._steps = [nlp.get_pipe(name) for name in STEPS]
        self._known: dict[Key, int] = {}
        self._answers: np.ndarray[Any, Any] = np.empty((0, 3), dtype=np.uint64)
        self._words: set[int] = set()
        self._tags: set[int] = set()
        self._deps: set[int] = set()
        self._openers: set[int] = set()
        self._seconds: set[int] = set()
        self._opening_deps: set[int] = set()
        for entry in nlp.get_pipe("attribute_ruler").patterns:  # type: ignore[attr-defined]
            for pattern in entry["patterns"]:
                self._note(pattern)

    def _note(self, pattern: list[dict[str, Any]]) -> None:
        """Note which words and dependencies a rule looks at beyond one word and its tag."""
        if len(pattern) > 1:
            first, second, *_ = pattern
            self._seconds |= self._keys(second.get("LOWER"))
            self._openers |= self._keys(first.get("LOWER"))
            self._opening_deps |= self._keys(first.get("DEP"))
            return
        rule = pattern[0]
        if "DEP" not in rule or "IS_SPACE" in rule:
            return
        if "LOWER" in rule:
            self._words |= self._keys(rule["LOWER"])
        elif _values(rule.get("TAG")):
            self._tags |= self._keys(rule["TAG"])
        else:
            self._deps |= self._keys(rule["DEP"])

    def _keys(self, condition: object) -> set[int]:
        return {self._vocab.strings.add(word) for word in _values(condition)}

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set part of speech, morphology and lemma of every token of some sentences."""
        tables = [doc.to_array(["ORTH", "LOWER", "TAG", "DEP", "IS_SPACE"]) for doc in docs]
        columns: list[list[int]] = np.concatenate(tables).T.tolist() if tables else [[]] * 5
        orths, lowers, tags, deps, spaces = columns
        known_tags, known_deps, words = self._tags, self._deps, self._words
        keys = [
            (orth, tag, dep if tag in known_tags or dep in known_deps or lower in words else 0)
            for orth, lower, tag, dep in zip(orths, lowers, tags, deps, strict=True)
        ]
        if len(self._known) + len(keys) > MOST:
            self._known.clear()
        places: list[Any] = [*map(self._known.get, keys)]
        if None in places:
            new = {key: place for place, key in enumerate(keys) if places[place] is None}
            self._ask([(key, deps[place], lowers[place]) for key, place in new.items()])
            places = [*map(self._known.get, keys)]
        answers: Any = self._answers[places]
        first = 0
        for doc in docs:
            last = first + len(doc)
            if any(spaces[first:last]) or self._looks_further(lowers[first:last], deps[first:last]):
                for step in self._steps:
                    step(doc)
            elif last > first:
                doc.from_array(["POS", "MORPH", "LEMMA"], answers[first:last])
            first = last

    def _looks_further(self, lowers: list[int], deps: list[int]) -> bool:
        """Return whether a rule that looks at two words may hold in a sentence."""
        openers, opening = self._openers, self._opening_deps
        if openers.isdisjoint(lowers) and opening.isdisjoint(deps):
            return False
        return any(
            (lower in openers or dep in opening) and after in self._seconds
            for lower, dep, after in zip(lowers, deps, lowers[1:], strict=False)
        )

    def _ask(self, words: list[tuple[Key, int, int]]) -> None:
        """Ask the components for words with their dependencies and lower-case forms, all at once.

        Those that a rule of two words begins with come last, so that no such rule finds its second one.
        """
        from spacy.tokens import Doc

        words = sorted(words, key=lambda w: w[1] in self._opening_deps or w[2] in self._openers)
        strings = self._vocab.strings
        asked = Doc(
            self._vocab, words=[strings[key[0]] for key, _, _ in words], spaces=[True] * len(words),
            tags=[strings[key[1]] for key, _, _ in words],
            deps=[strings[dep] for _, dep, _ in words], heads=list(range(len(words))),
        )  # fmt: skip
        for step in self._steps:
            step(asked)
        first, last = len(self._known), len(self._known) + len(words)
        if last > len(self._answers):
            larger = np.empty((2 * last, 3), dtype=np.uint64)
            larger[:first] = self._answers[:first]
            self._answers = larger
        self._answers[first:last] = asked.to_array(["POS", "MORPH", "LEMMA"])
        self._known.update((key, first + n) for n, (key, _, _) in enumerate(words))


def _values(condition: object) -> list[str]:
    """Return the words that a condition of a rule names: one, those of ``IN``, or of a pattern."""
    if isinstance(condition, str):
        return [condition]
    if isinstance(condition, dict):
        if "REGEX" in condition:
            return _OF_PATTERNS[condition["REGEX"]]
        return list(condition.get("IN", ()))
    return []


_OF_PATTERNS = {"^y'?$": ["y", "y'"], "^n'?t$": ["nt", "n't"]}
"""The regular expressions of rules that look at two words, written out."""
