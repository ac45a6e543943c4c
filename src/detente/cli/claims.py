"""``detente claims``: what authors claim, and which claims stand against each other."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.brief.wording import figures
from detente.cli.counting import Csv, asked_for, asking
from detente.cli.options import Json

if TYPE_CHECKING:
    from detente.api.opening import Asked
    from detente.cli.tables import Table
    from detente.model import ClaimKind
    from detente.relations.told import Opposed, Told

WIDTH = 90
"""Characters of a sentence that a table shows."""


class Kind(StrEnum):
    """Kinds of claim, those of ``detente.model``."""

    cause = "cause"
    assessment = "assessment"
    stance = "stance"
    intent = "intent"
    competence = "competence"
    mandate = "mandate"
    channel = "channel"
    capacity = "capacity"
    agenda = "agenda"
    rule = "rule"


def register(app: typer.Typer) -> None:
    """Add the command."""
    some = "--casebook minsk.casebook"
    examples = (
        f"BLR USA --kind cause {some}",
        f"BLR --from 2016-01-01 --to 2016-12-31 --csv {some}",
        f"BLR USA --contradictions {some}",
        f"--contradictions --json {some}",
    )
    lines = "\n".join(f"  detente claims {example}" for example in examples)
    app.command(epilog=f"Examples:\n\n\b\n{lines}")(claims)


@asking(asked_for)
def claims(
    party: Annotated[
        str | None, typer.Argument(metavar="PARTY", help="Only claims that concern this code.")
    ] = None,
    other: Annotated[
        str | None, typer.Argument(metavar="OTHER", help="And this one, such as USA.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only this kind of claim.")] = None,
    opposed: Annotated[
        bool,
        typer.Option("--contradictions", help="Pairs of claims that cannot both hold."),
    ] = False,
    *,
    asked: Asked,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List what authors claim, or which claims stand against each other.

    The days are those of publication.
    """
    from detente.api import claims as api
    from detente.cli import tables

    named: ClaimKind | None = kind.value if kind is not None else None
    if opposed:
        pairs = api.contradictions(party, other, kind=named, **asked)
        rows = [_pair(pair) for pair in pairs]
        table = _side_by_side(pairs)
    else:
        found = api.listed(party, other, kind=named, **asked)
        rows = [_row(one) for one in found]
        table = _listing(found)
    if json:
        tables.write_json(rows)
    elif csv:
        tables.write_csv(PAIR if opposed else ROW, rows)
    else:
        tables.show(table)


ROW = (
    "id", "published", "publisher", "title", "kind", "holder", "subject", "object", "about",
    "domain", "polarity", "valid", "sentence", "doc", "number", "rule",
)  # fmt: skip
PAIR = (
    "reason", *(f"first_{name}" for name in ROW[:4]), "first_sentence",
    *(f"second_{name}" for name in ROW[:4]), "second_sentence",
)  # fmt: skip


def _row(one: Told) -> dict[str, Any]:
    claim = one.claim
    named = {
        name: [a.code for a in getattr(claim, name)] for name in ("holder", "subject", "object")
    }
    return {
        "id": claim.id, "published": one.published, "publisher": one.publisher,
        "title": one.title, "kind": claim.kind, **named, "about": list(claim.about),
        "domain": claim.domain, "polarity": claim.polarity, "valid": claim.valid,
        "sentence": one.sentence, "doc": claim.doc, "number": claim.sentence, "rule": claim.rule,
    }  # fmt: skip


def _pair(pair: Opposed) -> dict[str, Any]:
    sides = {"first": _row(pair.first), "second": _row(pair.second)}
    wanted = (*ROW[:4], "sentence")
    return {"reason": pair.reason} | {
        f"{side}_{name}": row[name] for side, row in sides.items() for name in wanted
    }


def _listing(found: tuple[Told, ...]) -> Table:
    from detente.cli.tables import Table

    rows = tuple(
        (
            one.published or "", one.publisher or one.title or "", one.claim.kind,
            ", ".join(one.claim.about), _cut(one.sentence),
        )
        for one in found
    )  # fmt: skip
    return Table(
        title=figures(len(found), "claim") if found else "No claims.",
        columns=("Published", "Where", "Kind", "About", "Sentence"),
        rows=rows,
    )


def _side_by_side(pairs: tuple[Opposed, ...]) -> Table:
    from detente.cli.tables import Table

    rows: list[tuple[str, ...]] = []
    for number, pair in enumerate(pairs, 1):
        for side in (pair.first, pair.second):
            where = side.publisher or side.title or ""
            rows.append((str(number), side.published or "", where, _cut(side.sentence)))
    notes = tuple(f"{number}: {pair.reason}." for number, pair in enumerate(pairs, 1))
    title = f"{figures(len(pairs), 'pair')} of claims that cannot both hold"
    return Table(
        title=title if pairs else "No claims oppose each other.",
        columns=("Pair>", "Published", "Where", "Sentence"),
        rows=tuple(rows),
        notes=notes,
    )


def _cut(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1].rsplit(" ", 1)[0] + "…"
