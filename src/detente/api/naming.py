"""The given setting: two parties are known, the act between them is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from detente.coding.acts.given import Named
    from detente.model import Span


def name_act(
    text: str,
    source: str | Span,
    target: str | Span,
    *,
    learned: bool = True,
    sure: bool = False,
    settings: Settings | None = None,
) -> Named | None:
    """Name the act between two given parties of a sentence.

    ``name_act("Oslo scolded the envoy.", "Oslo", "the envoy").type`` is ``"ACCUSE"``.

    Args:
        text: One sentence.
        source: Who acts: its words, or first character and end.
        target: On whom, likewise.
        learned: Where no frame has a word for the act, ask the learned helper, which always names
            one. None is returned where it is not asked.
        sure: Return None where the helper's own chance of being right is below four in five, for
            sentences in which there may be no act between the two.
        settings: The model; from the environment where None.

    Raises:
        InputError: A party does not stand in the text.
        MissingExtraError: The language model is not installed.
    """
    from detente.coding.acts import given
    from detente.coding.grammar.parse import Parser

    chosen = settings or Settings.from_environment()
    spans = [_span(text, party) for party in (source, target)]
    [doc] = Parser(chosen.model).parse([text])
    return given.name(given.marked(doc, *spans), learned=learned, sure=sure)


def _span(text: str, party: str | Span) -> Span:
    start, end = (text.find(party), -1) if isinstance(party, str) else party
    if isinstance(party, str):
        end = start + len(party)
    if not 0 <= start < end <= len(text):
        raise InputError(f"{party!r} does not stand in the text")
    return start, end
