"""Errors that a user can meet; each names the input and the reason.

DetenteError
+ InputError           what was handed in cannot be used (also a ValueError)
|  + ReadError         a document could not be read; carries a stable code
|  + RegisterError     a register file is wrong; carries file and line
|  + FetchError        an address was refused or could not be fetched
+ CasebookError        the store is missing, damaged, busy or newer than the program
+ MissingExtraError    a part of the program is not installed (also an ImportError)
+ PipelineError        stages stand in an order that cannot work
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of every error that Détente raises on purpose.

    Attributes:
        status: HTTP status that the web page answers with.
    """

    status = 500


class InputError(DetenteError, ValueError):
    """What was handed in cannot be used."""

    status = 400


NO_TEXT = frozenset({"empty", "no_text"})
"""Codes of inputs that are whole and hold nothing to code: counted as empty, not quarantined."""


class ReadError(InputError):
    """A document could not be read.

    Args:
        code: Stable code such as ``"encrypted"``, ``"truncated"``, ``"timeout"``, ``"too_large"``.
        reason: One sentence for a person.
        source: Path or address of the document.
    """

    status = 422

    def __init__(self, code: str, reason: str, *, source: str = "") -> None:
        super().__init__(f"{source}: {reason}" if source else reason)
        self.code = code
        self.reason = reason
        self.source = source


class RegisterError(InputError):
    """A register file is wrong; nothing of it was loaded.

    Args:
        file: The register file.
        line: Line number from 1, or 0 where the whole file is meant.
        reason: One sentence for a person.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}" if line else f"{file}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class FetchError(InputError):
    """An address was refused or could not be fetched."""

    status = 502


class CasebookError(DetenteError):
    """The store is missing, damaged, busy or newer than the program."""

    status = 503


class MissingExtraError(DetenteError, ImportError):
    """A part of the program is not installed; the message says how to install it."""

    status = 501


class PipelineError(DetenteError):
    """Stages stand in an order that cannot work."""
