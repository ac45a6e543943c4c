"""Why a record stands as it does, and why a sentence gave none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.api.coding import coder, read
from detente.api.opening import view
from detente.errors import InputError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from detente.casebook.kept import KeptDocument
    from detente.casebook.view import View
    from detente.coding.explain import Explanation, Telling
    from detente.coding.pipeline import Coder
    from detente.coding.whynot import Silence
    from detente.model import Document, ErrorRecord, Event, Record
    from detente.settings import Settings


def explain(
    record_id: str,
    *,
    casebook: str | Path | None = None,
    as_of: str | datetime.date | None = None,
    register: Sequence[str | Path] | None = None,
    settings: Settings | None = None,
) -> Explanation:
    """Explain a record of a casebook from what the casebook holds.

    Its document's stored text is coded again. Where another version of the coder made the record,
    ``note`` says so; where this one does not make it any more, the record's own fields are shown.

    Args:
        record_id: Id of an event, claim or forecast, or of an incident: then its first mention is explained.
        casebook: The casebook's folder; that of the settings where None.
        as_of: Day up to whose end the casebook is believed; None is now.
        register: As in ``coder``.
        settings: Limits and the model; from the environment where None.

    Raises:
        InputError: There is no such record, or it was imported without its text.
        CasebookError: There is no casebook, or it is newer than the program.
    """
    with view(casebook, as_of=as_of) as opened:
        _document(opened, _record(record_id, opened))
        return explain_record(record_id, opened, coder(settings=settings, register=register))


def explain_record(record_id: str, opened: View, chosen: Coder) -> Explanation:
    """Explain a record of an open casebook with a coder that is loaded already; see ``explain``."""
    record = _record(record_id, opened)
    kept = _document(opened, record)
    explained = _explained(record, kept, opened, chosen)
    return _folded(explained, opened)


def explain_inputs(
    inputs: Sequence[str | Path],
    *,
    published: str | datetime.date | None = None,
    register: Sequence[str | Path] | None = None,
    settings: Settings | None = None,
) -> Iterator[tuple[tuple[Explanation, ...], tuple[Silence, ...]] | ErrorRecord]:
    """Read and code documents; explain each one's records and its sentences without an event.

    The arguments are those of ``read`` and ``coder``.
    """
    from detente.model import ErrorRecord

    chosen = coder(settings=settings, register=register)
    for item in read(inputs, published=published, settings=chosen.settings):
        yield item if isinstance(item, ErrorRecord) else explain_document(item, chosen)


def explain_text(
    text: str,
    *,
    published: str | datetime.date | None = None,
    register: Sequence[str | Path] | None = None,
    settings: Settings | None = None,
) -> tuple[tuple[Explanation, ...], tuple[Silence, ...]]:
    """Explain what the coder reads in a text of one or more paragraphs, and what it does not.

    Args:
        text: The text; a blank line parts paragraphs.
        published: The day from which words such as "yesterday" are counted.
        register: As in ``coder``.
        settings: Limits and the model; from the environment where None.

    Raises:
        InputError: The text is empty, or ``published`` is no date.
    """
    from detente.api.opening import as_date
    from detente.read.assemble import text_document

    day = as_date(published)
    if not text.strip():
        raise InputError("there is no text to explain")
    document = text_document(text, published=day.isoformat() if day else None)
    return explain_document(document, coder(settings=settings, register=register))


def explain_document(
    document: Document, chosen: Coder
) -> tuple[tuple[Explanation, ...], tuple[Silence, ...]]:
    """Explain the records of one document, and its sentences without an event."""
    from detente.coding.explain import explain as explain_trace
    from detente.coding.whynot import silences

    trace = chosen.trace(document)
    if not trace.coded.document.coded:
        return (), ()
    return explain_trace(document, trace), silences(document, trace, chosen.lacks(document))


def _record(record_id: str, opened: View) -> Record:
    """Return a record, or the first mention of an incident."""
    try:
        return opened.record(record_id)
    except InputError:
        mentions = opened.mentions(record_id)
        if not mentions:
            raise
        return mentions[0]


def _document(opened: View, record: Record) -> KeptDocument:
    try:
        return opened.document(record.doc)
    except InputError as error:
        raise InputError(
            f"{record.id}: imported without its text; there is nothing to explain it by"
        ) from error


def _explained(record: Record, kept: KeptDocument, opened: View, chosen: Coder) -> Explanation:
    import msgspec

    from detente.coding.explain import explain as explain_trace
    from detente.coding.explain import of_record

    now = (chosen.version, chosen.configuration)
    made_by = opened.made_by(record.doc)
    taught = chosen.taught(opened.stated(kept.document))
    trace = chosen.trace(kept.document, taught=taught)
    found = {e.record.id: e for e in explain_trace(kept.document, trace)}.get(record.id)
    note = None
    if made_by is not None and made_by != now:
        note = (
            f"made by coder {made_by[0]} with configuration {made_by[1]}; "
            f"explained by coder {now[0]} with configuration {now[1]}"
        )
    if found is None:
        why = note or "corrected by hand, or coded when the casebook held other documents"
        note = f"{why}: this coder does not make it"
        return msgspec.structs.replace(
            of_record(record, kept.document, trace.sentences[record.sentence]), note=note
        )
    return msgspec.structs.replace(found, record=record, note=note)


def _folded(explained: Explanation, opened: View) -> Explanation:
    """Return the explanation with every mention of its incident in the whole casebook."""
    import msgspec

    from detente.model import Event

    record = explained.record
    if not isinstance(record, Event):
        return explained
    told = [_telling(event, opened) for event in opened.mentions(record.incident)]
    others = tuple(one for one in told if one.id != record.id)
    return msgspec.structs.replace(explained, folded=others)


def _telling(event: Event, opened: View) -> Telling:
    from detente.coding.explain import Telling

    return Telling(
        id=event.id, document=event.doc, sentence=event.sentence, date=event.date,
        text=opened.sentence(event.doc, event.sentence).text,
    )  # fmt: skip
