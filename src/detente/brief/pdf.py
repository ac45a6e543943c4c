"""A note as PDF, set by typst from the blocks of the note; and drawings as pictures.

The template is fixed and what documents say reaches it as JSON, so no text of a document is ever run.
Fonts are those that typst carries; the machine's own are not looked at, and no time is written, so
that the same note gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from detente.brief.blocks import Picture, Sources, Table, blocks, title
from detente.brief.cite import ranges
from detente.brief.render import TEMPLATES, origin
from detente.brief.wording import inner

if TYPE_CHECKING:
    from detente.brief.blocks import Block
    from detente.brief.issue import Issue
    from detente.brief.model import Brief

PICTURE_WIDTH = 480
"""Width of the page on which a drawing becomes a picture, in points."""
PIXELS_PER_INCH = 200.0


def to_pdf(note: Brief | Issue) -> bytes:
    """Return a note as a tagged PDF on A4; citations lead to the list of sources."""
    import typst

    data = {"title": title(note), "blocks": [_data(block) for block in blocks(note)]}
    return typst.compile(
        (TEMPLATES / "note.typ").read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[],
        sys_inputs={"note": msgspec.json.encode(data).decode()},
        timestamp=0,
    )


def to_png(svg: str) -> bytes:
    """Return a drawing as a PNG picture on white."""
    import typst

    page = (
        f"#set page(width: {PICTURE_WIDTH}pt, height: auto, margin: 0pt, fill: white)\n"
        "#image(bytes(sys.inputs.picture), width: 100%)"
    )
    return typst.compile(
        page.encode(),
        format="png",
        ppi=PIXELS_PER_INCH,
        ignore_system_fonts=True,
        font_paths=[],
        sys_inputs={"picture": styled(svg)},
    )


def styled(svg: str) -> str:
    """Return a drawing with the style sheet that it has on paper."""
    if not svg:
        return ""
    style = (TEMPLATES / "picture.css").read_text(encoding="utf-8")
    start = svg.index(">") + 1
    return f"{svg[:start]}<style>{style}</style>{svg[start:]}"


def _data(block: Block) -> Any:  # noqa: ANN401
    """Return a block as the template reads it: drawings styled, citations in ranges, origins told."""
    if isinstance(block, Picture):
        block = msgspec.structs.replace(block, svg=styled(block.svg))
    elif isinstance(block, Table):
        rows = tuple(
            tuple(msgspec.structs.replace(cell, picture=styled(cell.picture)) for cell in row)
            for row in block.rows
        )
        block = msgspec.structs.replace(block, rows=rows)
    data = msgspec.to_builtins(block)
    if isinstance(block, Sources):
        for entry, citation in zip(data["citations"], block.citations, strict=True):
            entry |= {"origin": origin(citation), "quote": inner(citation.quote)}
    return _ranged(data)


def _ranged(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {
            key: ranges(held) if key == "cites" else _ranged(held) for key, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [_ranged(held) for held in value]
    return value
