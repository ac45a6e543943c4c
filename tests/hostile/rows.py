"""F: tables, JSON Lines and Parquet."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from hostile.case import Input, one
from hostile.texts import EVENT

GOOD = f'{{"text": "{EVENT} Row %d."}}\n'


def lines(*bad):
    """Return JSON Lines in which bad lines stand between good ones."""
    return one("a.jsonl", GOOD % 1 + "".join(f"{line}\n" for line in bad) + GOOD % 2)


def parquet(rows=50):
    out = io.BytesIO()
    pq.write_table(
        pa.table({"text": [f"{EVENT} Row {n}." for n in range(rows)]}),
        out,
        write_page_checksum=True,
    )
    return out.getvalue()


def _damaged(folder):
    whole = parquet()
    (folder / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    (folder / "foot.parquet").write_bytes(whole[:-8] + b"\xff\xff\xff\x7fPAR1")
    flipped = bytearray(whole)
    flipped[60] ^= 0x40
    (folder / "flip.parquet").write_bytes(bytes(flipped))


def _bad_parquet(folder):
    """What parquet-testing's bad data holds in kind: wrong magic, sizes and lengths."""
    whole = bytearray(parquet(5))
    for n, at in enumerate((4, 20, len(whole) // 2, len(whole) - 30, len(whole) - 9)):
        made = bytearray(whole)
        made[at : at + 4] = b"\xff\xff\xff\xff"
        (folder / f"{n}.parquet").write_bytes(bytes(made))


def _sheets(folder):
    (folder / "a.csv").write_text(
        f'text,id\n"{EVENT}\nIt ""rained"".",1\nshort\n"{EVENT} Then.",2,3,4\n'
    )
    (folder / "b.csv").write_text("text," + ",".join(f"c{n}" for n in range(200_000)) + "\nx\n")
    (folder / "c.csv").write_bytes(b"text\na\x00b\n")


def _conflict(folder):
    row = '{"id": "7", "text": "%s %s"}\n'
    (folder / "a.jsonl").write_text(
        row % (EVENT, "One.") + row % (EVENT, "Two.") + row % (EVENT, "One.")
    )


F = (
    Input(number=51, title="JSON Lines whose last line is cut", make=one("a.jsonl", GOOD % 1 + (GOOD % 2)[:30]), codes=frozenset({"json"}), coded=1),
    Input(number=52, title="a line that is too long", make=lines('{"text": "' + "x" * 300_000 + '"}'), codes=frozenset({"line_too_long"}), coded=2, settings={"max_line_bytes": 100_000}),
    Input(number=53, title="JSON nested 200,000 deep", make=lines("[" * 200_000, '{"text": ' + "[" * 200_000), codes=frozenset({"too_deep", "row"}), coded=2),
    Input(number=54, title="NaN and Infinity", make=lines('{"text": NaN}', '{"text": "x", "id": Infinity}'), codes=frozenset({"json"}), coded=2),
    Input(number=55, title="a number of 500,000 digits", make=lines('{"text": "x y", "id": ' + "9" * 500_000 + "}"), codes=frozenset({"row"}), coded=2),
    Input(number=56, title="keys that stand twice", make=lines(f'{{"text": "no", "text": "{EVENT} Last."}}'), coded=3, flags=frozenset({"duplicate_keys"}), holds="Last."),
    Input(number=57, title="JSON Lines with a mark, and in UTF-16", make=lambda f: ((f / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + (GOOD % 1).encode()), (f / "b.jsonl").write_bytes((GOOD % 2).encode("utf-16"))), coded=2),
    Input(number=58, title="CSV: quotes, ragged rows, NUL, 200,000 columns", make=_sheets, codes=frozenset({"row", "columns", "binary"})),
    Input(number=60, title="Parquet: cut, bad footer, flipped byte", make=_damaged, codes=frozenset({"damaged"}), coded=0),
    Input(number=61, title="Parquet with impossible sizes", make=_bad_parquet, codes=frozenset({"damaged"}), coded=5),
    Input(number=62, title="dates that cannot be", make=lines(*(f'{{"text": "{EVENT} {d}.", "published": "{d}"}}' for d in ("0000-00-00", "2015-02-31", "9999-12-31", "1452470400000", "03/04/2015"))), coded=7, flags=frozenset({"date_impossible", "date_ambiguous"})),
    Input(number=63, title="one id for two texts; one text twice", make=_conflict, codes=frozenset({"conflict"}), coded=1),
)  # fmt: skip
