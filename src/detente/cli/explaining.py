"""``detente explain``: why a record stands as it does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import AsOf, CasebookOption, Json, Published, RegisterFiles
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.explain import Explanation
    from detente.coding.whynot import Silence


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        epilog="Examples:\n\n\b\n  detente explain ea502476b7a1427ff --casebook minsk.casebook\n"
        '  detente explain --text "Poland expelled two Russian diplomats on Monday." '
        "--published 2018-03-28\n  cat note.txt | detente explain -"
    )(explain)


def explain(
    record: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="Id of a record or incident in the casebook; - reads a text."
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="Explain this text instead.")
    ] = None,
    casebook: CasebookOption = None,
    published: Published = None,
    as_of: AsOf = None,
    register: RegisterFiles = None,
    json: Json = False,
) -> None:
    """Say why a record was coded as it was: frame, actors, date, place, status, incident.

    For a text, explains every record in it and says of each sentence without an event why it
    has none.
    """
    from detente import api

    if (record is None) == (text is None):
        raise InputError("name a record, or give --text, or - for a text on standard input")
    if record is not None and record != "-":
        if published is not None:
            raise InputError("--published is for a text; a record has its document's date")
        found = api.explain(record, casebook=casebook, as_of=as_of, register=register or ())
        show([found], [], json=json)
        return
    if as_of is not None:
        raise InputError("--as-of is for a record of the casebook; a text is explained as of now")
    typed = text if text is not None else sys.stdin.read()
    show(*api.explain_text(typed, published=published, register=register or ()), json=json)


def show(records: Sequence[Explanation], silent: Sequence[Silence], *, json: bool) -> None:
    """Write explanations, in the order of the text, as text or as JSON lines."""
    if json:
        import msgspec

        for one in (*records, *silent):
            sys.stdout.write(msgspec.json.encode(one).decode() + "\n")
        return
    from detente.cli import explained

    told = [(one.record.sentence, explained.explanation(one)) for one in records]
    told += [(one.sentence, explained.silence(one)) for one in silent]
    sys.stdout.write("\n".join(block for _, block in sorted(told, key=lambda pair: pair[0])))
