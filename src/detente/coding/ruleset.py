"""Rules over the words of a sentence, run only where they can apply, and answers that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from detente.coding.tree import Doc, Form, Token

T = TypeVar("T")
R = TypeVar("R", bound="Callable[..., Any]", covariant=True)


def once(find: Callable[[Token], T]) -> Callable[[Token], T]:
    """Return a function of a word that is worked out once for each word.

    What it gives must not be changed by those who ask.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    def kept(token: Token) -> T:
        known = token.kept
        if known is None:
            known = token.kept = {}
        if name not in known:
            known[name] = find(token)
        found: T = known[name]
        return found

    return kept


class RuleSet(Generic[R]):
    """Rules that are tried on each word of a sentence.

    Most rules begin with a word: "due", a noun, a verb of saying. Each is tried once on the bare form
    of a word, which has no neighbours. If it gives nothing by the form alone, it gives nothing on any
    word of that form and is not tried there again.

    Args:
        rules: Functions that return None where they do not apply; the last argument is the word.
        before: How many arguments stand before the word.
        silent: Parts of speech of words on which none begins.
    """

    def __init__(
        self, rules: Iterable[R], *, before: int = 0, silent: frozenset[str] = frozenset()
    ) -> None:
        self.rules = tuple(rules)
        self._silent = silent
        self._before = (None,) * before

    def at(self, token: Token) -> tuple[R, ...]:
        """Return the rules that may apply to a word."""
        found = token.form.begins.get(self)
        if found is None:
            rules = () if token.pos_ in self._silent else self.rules
            found = tuple(rule for rule in rules if self._may_begin(rule, token.form))
            token.form.begins[self] = found
        return found

    def begun(self, doc: Doc) -> Iterator[tuple[Token, tuple[R, ...]]]:
        """Yield the words of a sentence with the rules that may apply to each, if any may."""
        for token in doc.tokens:
            found = token.form.begins.get(self)
            if found is None:
                found = self.at(token)
            if found:
                yield token, found

    def _may_begin(self, rule: Callable[..., object], form: Form) -> bool:
        try:
            return rule(*self._before, form) is not None
        except (AttributeError, TypeError):  # it looks further than the form
            return True
