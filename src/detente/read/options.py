"""What the user says of the documents to read."""

from __future__ import annotations

from dataclasses import dataclass

from detente.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What holds for every document that is read.

    Attributes:
        published: Publication date, ``YYYY-MM-DD``; goes before every other one.
        publisher: Publisher where the document names none.
        language: BCP 47 tag; goes before the language that is declared or detected.
        attachments: Whether files inside a mail are read as documents of their own.

    Raises:
        InputError: ``published`` is no date.
    """

    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    attachments: bool = True

    def __post_init__(self) -> None:
        from detente.read.published import parse

        if self.published is not None and parse(self.published).date != self.published:
            raise InputError(
                f"{self.published!r} is no publication date: write YYYY-MM-DD, not in the future"
            )
