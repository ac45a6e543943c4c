"""The shard protocol: what is coded in one piece, resumed in one piece and stored in one piece.

Plan writes a shard's input (its documents, and what the whole run states of the persons named in
them), run codes it into a folder of immutable files under a name made of the hash of its input, the
coder's version and the configuration, verify counts and hashes, and commit (``adding.py``) enters it
in the ledger. A shard whose folder is there and whole is done.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from detente.casebook import columns
from detente.casebook.files import TEMPORARY, remove, sha256, sync, write_atomically, write_new
from detente.coding.actors.learned import Learned
from detente.errors import (
    CasebookError,
    MissingExtraError,
    PipelineError,
    ReadError,
    RegisterError,
)
from detente.model import Coded, Document, DocumentRecord, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Code = Callable[[Iterable[Document]], Iterator[Coded]]
"""Codes documents, in order, one ``Coded`` for each."""

TABLES = ("documents", "events", "claims", "forecasts")
MANIFEST = "shard.json"
_RECORDS = msgspec.json.Decoder(Record)
MEMORY = "memory"
"""Error code of a document that needs more memory than there is."""

FATAL = (MissingExtraError, PipelineError, RegisterError, CasebookError)
"""Errors that are the program's or the set-up's, not the document's."""


class ShardHeader(msgspec.Struct, frozen=True, kw_only=True):
    """First line of a shard's input file; a document stands on each line after it.

    Attributes:
        shard: Its name.
        coder: Version of the coder.
        configuration: Hash of the coder's configuration.
        documents: Number of documents.
        roles: What the run's documents state of persons whose surnames stand in these.
    """

    shard: str
    coder: str
    configuration: str
    documents: int
    roles: tuple[Learned, ...] = ()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a shard that could not be coded."""

    document: str
    source: str
    error: str
    reason: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard holds: ``inputs = coded + empty + quarantined``.

    Attributes:
        shard: Its name.
        coder: Version of the coder.
        configuration: Hash of the coder's configuration.
        inputs: Documents handed in.
        coded: Documents of which there is a line, coded or kept with the reason why not.
        empty: Documents without text.
        quarantined: Documents that could not be coded.
        events: Number of events.
        claims: Number of claims.
        forecasts: Number of forecasts.
        files: SHA-256 of each file by name.
    """

    shard: str
    coder: str
    configuration: str
    inputs: int
    coded: int
    empty: int
    quarantined: tuple[Failure, ...]
    events: int
    claims: int
    forecasts: int
    files: dict[str, str]


def plan(
    documents: Sequence[Document],
    *,
    coder: str,
    configuration: str,
    work: Path,
    roles: tuple[Learned, ...] = (),
    draft: bool = False,
) -> Path:
    """Write the input of a shard; return its path.

    Args:
        documents: New documents, each id once.
        coder: Version of the coder.
        configuration: Hash of the coder's configuration.
        work: Folder for inputs.
        roles: As in ``ShardHeader``.
        draft: The roles are not known yet; the file is litter should the run be killed.
    """
    name = input_name(documents, coder, configuration, roles)
    header = ShardHeader(
        shard=name,
        coder=coder,
        configuration=configuration,
        documents=len(documents),
        roles=roles,
    )
    path = work / f"{TEMPORARY if draft else ''}{name}.jsonl"
    lines = map(msgspec.json.encode, (header, *documents))
    write_atomically(path, b"\n".join([*lines, b""]))
    return path


def input_name(
    documents: Sequence[Document],
    coder: str,
    configuration: str,
    roles: tuple[Learned, ...] = (),
) -> str:
    """Return the name of the shard of these documents, coded with these roles."""
    content = b"\n".join(msgspec.json.encode(one) for one in (*roles, *documents))
    return shard_name(hashlib.sha256(content).hexdigest(), coder, configuration)


def shard_name(digest: str, coder: str, configuration: str) -> str:
    """Return a shard's name: 16 digits of its input's hash, the coder and the configuration."""
    safe = [re.sub(r"[^A-Za-z0-9.]+", "_", part)[:24] or "_" for part in (coder, configuration)]
    exact = hashlib.sha256(f"{digest}\n{coder}\n{configuration}".encode()).hexdigest()
    return f"{exact[:16]}-{safe[0]}-{safe[1]}"


def read_input(path: Path) -> tuple[ShardHeader, list[Document]]:
    """Return header and documents of a shard's input.

    Raises:
        CasebookError: It is damaged.
    """
    head, *lines = path.read_bytes().split(b"\n")[:-1]
    header = msgspec.json.decode(head, type=ShardHeader)
    documents = [msgspec.json.decode(line, type=Document) for line in lines]
    if len(documents) != header.documents:
        raise CasebookError(f"{path}: holds {len(documents)} of {header.documents} documents")
    if input_name(documents, header.coder, header.configuration, header.roles) != header.shard:
        raise CasebookError(f"{path}: its content has changed")
    return header, documents


def run(path: Path, *, code: Code, codings: Path) -> Path:
    """Code a shard; do nothing where its output is there and whole.

    Args:
        path: The shard's input.
        code: The coder.
        codings: Folder in which the shard's folder is made.

    Returns:
        The shard's folder.
    """
    header, documents = read_input(path)
    folder = codings / header.shard
    if folder.is_dir() and not problems(folder):
        return folder
    code = begun(code, header.roles)
    return write(header, [code_one(document, code) for document in documents], codings)


def begun(code: Code, roles: Iterable[Learned]) -> Code:
    """Return how the documents of a shard are coded.

    A coder with a ``begin`` takes what the run's documents state of persons. A document's records
    then depend on the run's documents alone, whatever their order and shard and however often a child
    was lost over them.
    """
    begin: Callable[[Iterable[Learned]], Code] | None = getattr(code, "begin", None)
    return code if begin is None else begin(roles)


def write(header: ShardHeader, outcomes: Sequence[Coded | Failure], codings: Path) -> Path:
    """Write the files of a coded shard.

    Args:
        header: Of the shard's input.
        outcomes: What became of each document, in order.
        codings: Folder in which the shard's folder is made.

    Returns:
        The shard's folder.
    """
    folder = codings / header.shard
    coded = [outcome for outcome in outcomes if isinstance(outcome, Coded)]
    failures = tuple(outcome for outcome in outcomes if isinstance(outcome, Failure))
    empty = sum(item.document.reason == "empty" for item in coded)
    found = columns.tables(coded, header.shard)
    contents = {f"{name}.parquet": columns.parquet(found[name]) for name in TABLES}
    manifest = Manifest(
        shard=header.shard,
        coder=header.coder,
        configuration=header.configuration,
        inputs=len(outcomes),
        coded=len(coded) - empty,
        empty=empty,
        quarantined=failures,
        events=found["events"].num_rows,
        claims=found["claims"].num_rows,
        forecasts=found["forecasts"].num_rows,
        files={name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    )
    contents[MANIFEST] = msgspec.json.encode(manifest)
    put_folder(folder, contents)
    return folder


def put_folder(
    folder: Path, contents: dict[str, bytes], *, check: Callable[[Path], list[str]] | None = None
) -> None:
    """Write a folder of files in one step: it is whole or not there.

    Args:
        folder: Where.
        contents: The files by name.
        check: Says what is wrong with a folder that another worker put there meanwhile.
    """
    beside = folder.with_name(f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}-{folder.name}")
    beside.mkdir()
    for name, content in contents.items():
        write_new(beside / name, content)
    sync(beside)
    try:
        beside.rename(folder)
    except OSError:
        # Another worker may have finished the same shard: the same name holds the same bytes.
        if not folder.is_dir():
            raise
        if (check or problems)(folder):
            remove(folder)
            beside.rename(folder)
        else:
            remove(beside)
    sync(folder.parent)


def read_manifest(folder: Path) -> Manifest:
    """Return a shard's manifest.

    Raises:
        CasebookError: It is missing or damaged.
    """
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CasebookError(f"{folder / MANIFEST}: damaged: {error}") from error


def changed(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return which files of a folder are missing or no longer have their hash."""
    found = []
    for name, digest in files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{path}: missing")
        elif sha256(path) != digest:
            found.append(f"{path}: its content has changed")
    return found


def problems(folder: Path) -> list[str]:
    """Return what is wrong with a shard's folder: missing files, hashes, counts."""
    try:
        manifest = read_manifest(folder)
    except CasebookError as error:
        return [str(error)]
    found = changed(folder, manifest.files)
    if manifest.inputs != manifest.coded + manifest.empty + len(manifest.quarantined):
        found.append(f"{folder}: inputs are not coded + empty + quarantined")
    if set(manifest.files) != {f"{name}.parquet" for name in TABLES}:
        found.append(f"{folder}: the manifest does not name the shard's files")
    return found


def members(folder: Path) -> list[tuple[str, str]]:
    """Return the document and the shard of every row of a shard's or a pack's documents, in order."""
    rows = _rows(folder / "documents.parquet", ["doc", "shard"])
    return [(row["doc"], row["shard"]) for row in rows]


def read_coded(folder: Path, *, records: bool = False, shard: str | None = None) -> list[Coded]:
    """Return the documents of a shard with their sentence offsets.

    Args:
        folder: The shard's folder, or a pack's.
        records: Read their records too.
        shard: Only this shard of a pack.
    """
    found: dict[str, list[Record]] = {}
    for name in TABLES[1:] if records else ():
        for row in _rows(folder / f"{name}.parquet", ["doc", "shard", "line"]):
            if shard in (None, row["shard"]):
                found.setdefault(row["doc"], []).append(_RECORDS.decode(row["line"]))
    return [
        Coded(
            document=msgspec.json.decode(row["line"], type=DocumentRecord),
            sentences=tuple((start, end) for start, end in row["sentences"]),
            records=tuple(
                sorted(found.get(row["doc"], ()), key=lambda r: (r.sentence, r.span, r.id))
            ),
        )
        for row in _rows(folder / "documents.parquet", None)
        if shard in (None, row["shard"])
    ]


def _rows(path: Path, names: list[str] | None) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=names, page_checksum_verification=True, partitioning=None)
    return table.to_pylist()  # type: ignore[no-any-return]


def code_one(document: Document, code: Code) -> Coded | Failure:
    """Code one document; one that cannot be coded never stops a corpus.

    Raises:
        DetenteError: One of ``FATAL``.
    """
    try:
        coded = list(code([document]))
        if [item.document.id for item in coded] != [document.id]:
            raise PipelineError("the coder did not return the document once")
    except FATAL:
        raise
    except ReadError as error:
        return _failure(document, error.code, error.reason)
    except MemoryError:
        return _failure(document, MEMORY, "coding it needs more memory than there is")
    except Exception as error:  # noqa: BLE001  (one bad document never stops a corpus)
        return _failure(document, "coding", f"coding failed: {type(error).__name__}: {error}")
    return coded[0]


def _failure(document: Document, code: str, reason: str) -> Failure:
    return Failure(document=document.id, source=document.source, error=code, reason=reason[:500])
