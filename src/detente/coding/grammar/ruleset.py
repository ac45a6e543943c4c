"""Rules over the words of a sentence, run only where they can apply, and answers that are kept."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from detente.coding.grammar.tree import Doc, Form, Token

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
        elif name in known:
            answer: T = known[name]
            return answer
        found = known[name] = find(token)
        return found

    return kept


_asking: list[RuleSet[Any]] = []
"""The sets that sentences are asked for; all of them are answered in one pass over the words."""
_joining = Lock()


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

    def begun(self, doc: Doc) -> Sequence[tuple[Token, tuple[R, ...]]]:
        """Return the words of a sentence with the rules that may apply to each, if any may."""
        if self not in doc.begun:
            with _joining:
                if self not in _asking:
                    _asking.append(self)
            doc.begun = _begun(doc)
        return doc.begun[self]

    def of(self, form: Form) -> tuple[R, ...]:
        """Return the rules that may begin on words of a form."""
        rules = () if form.pos_ in self._silent else self.rules
        return tuple(rule for rule in rules if self._may_begin(rule, form))

    def _may_begin(self, rule: Callable[..., object], form: Form) -> bool:
        try:
            return rule(*self._before, form) is not None
        except (AttributeError, TypeError):  # it looks further than the form
            return True


def _begun(doc: Doc) -> dict[RuleSet[Any], list[tuple[Token, tuple[Any, ...]]]]:
    """Return for every set that is asked for the words on which some of its rules may begin."""
    sets = (*_asking,)
    found: dict[RuleSet[Any], list[tuple[Token, tuple[Any, ...]]]] = {one: [] for one in sets}
    for token in doc.tokens:
        form = token.form
        if form.asked != len(sets):
            begins = ((one, one.of(form)) for one in sets)
            form.begins = tuple(pair for pair in begins if pair[1])
            form.asked = len(sets)
        for one, rules in form.begins:
            found[one].append((token, rules))
    return found
