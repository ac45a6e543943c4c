"""Builds the delivered formats of the bundled case file from its editable sources.

Every document of ``examples/minsk/source/*.md`` has YAML front matter and plain paragraphs. This
script writes ``examples/minsk/documents/`` so that two runs with the same libraries give the same
bytes: fixed times in archives, no creation date of its own in PDF and DOCX.

Run ``.venv/bin/python scripts/build_case_file.py`` (needs the ``data`` dependency group).
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import shutil
import sys
import textwrap
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "examples" / "minsk" / "source"
TARGET = ROOT / "examples" / "minsk" / "documents"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

Format = Literal["txt", "md", "html", "pdf", "docx", "eml", "jsonl", "csv", "parquet"]


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document with what its publisher says of it.

    Attributes:
        id: Name of the file, and the row's own id in a table.
        title: Headline.
        publisher: An invented outlet.
        author: Byline, where there is one.
        published: Publication date, ``YYYY-MM-DD``.
        format: Delivered format.
        voice: Kind of text: flash, release, note, interview, background, report, letter.
        pack: ``gz`` for a gzipped file.
        bundle: Name of the zip archive that the file goes into, without ending.
        table: Name of the table that the row goes into, without ending.
        columns: Columns of a PDF page.
        sender: Address of an e-mail's sender.
        footer: What the outlet prints under every text.
        body: Paragraphs.
    """

    id: str
    title: str
    publisher: str
    published: str
    format: Format
    voice: Literal["flash", "release", "note", "interview", "background", "report", "letter"]
    author: str | None = None
    pack: Literal["gz"] | None = None
    bundle: str | None = None
    table: str | None = None
    columns: int = 1
    sender: str | None = None
    footer: str | None = None
    body: tuple[str, ...] = ()

    @property
    def day(self) -> datetime:
        """Publication day as an aware time, nine in the morning UTC."""
        return datetime.fromisoformat(self.published).replace(hour=9, tzinfo=UTC)

    @property
    def long_date(self) -> str:
        """Publication day as ``20 September 2016``."""
        return f"{self.day.day} {self.day:%B %Y}"

    @property
    def url(self) -> str:
        """An address under the reserved top-level domain ``example``."""
        site = "".join(c for c in self.publisher.lower() if c.isalnum())
        return f"https://{site}.example/{self.published.replace('-', '/')}/{self.id}"


def read_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        ValueError: The front matter is missing or wrong.
    """
    text = path.read_text("utf-8")
    if not text.startswith("---\n"):
        raise ValueError(f"{path}: no front matter")
    head, _, body = text[4:].partition("\n---\n")
    fields = msgspec.yaml.decode(head.encode())
    fields["published"] = str(fields["published"])
    fields["body"] = [" ".join(p.split()) for p in body.strip().split("\n\n")]
    try:
        source = msgspec.convert(fields, Source)
    except msgspec.ValidationError as error:
        raise ValueError(f"{path}: {error}") from error
    if source.id != path.stem:
        raise ValueError(f"{path}: id {source.id!r} is not the file's name")
    return source


def read_sources(folder: Path = SOURCE) -> tuple[Source, ...]:
    """Read every source, sorted by file name."""
    return tuple(read_source(path) for path in sorted(folder.glob("*.md")))


def byline(source: Source) -> str:
    """Return publisher, author and date in one line."""
    parts = [source.publisher, f"By {source.author}" if source.author else "", source.long_date]
    return " | ".join(part for part in parts if part)


def to_txt(source: Source) -> bytes:
    """Headline, byline and wrapped paragraphs, as a plain file."""
    blocks = [source.title, byline(source), *source.body]
    if source.footer:
        blocks.append(source.footer)
    wrapped = [textwrap.fill(b, 96, break_long_words=False, break_on_hyphens=False) for b in blocks]
    return ("\n\n".join(wrapped) + "\n").encode()


def to_md(source: Source) -> bytes:
    """Front matter with title, author, publisher and date, then the text."""
    head = {"title": source.title, "publisher": source.publisher}
    if source.author:
        head["author"] = source.author
    head["date"] = source.published
    front = msgspec.yaml.encode(head).decode()
    parts = [f"---\n{front}---", f"# {source.title}", *source.body]
    if source.footer:
        parts.append(f"*{source.footer}*")
    return ("\n\n".join(parts) + "\n").encode()


def to_html(source: Source) -> bytes:
    """A web page with the furniture that pages have around their text."""
    e = html.escape
    body = "\n".join(f"      <p>{e(p)}</p>" for p in source.body)
    author = f'  <meta name="author" content="{e(source.author)}">\n' if source.author else ""
    by = f'      <p class="byline">By {e(source.author)}</p>\n' if source.author else ""
    footer = f"<p>{e(source.footer)}</p>" if source.footer else ""
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{e(source.title)} - {e(source.publisher)}</title>
  <link rel="canonical" href="{source.url}">
  <meta property="og:type" content="article">
  <meta property="og:title" content="{e(source.title)}">
  <meta property="og:site_name" content="{e(source.publisher)}">
  <meta property="og:url" content="{source.url}">
  <meta property="article:published_time" content="{source.day:%Y-%m-%dT%H:%M:%SZ}">
{author}</head>
<body>
  <header><a href="/">{e(source.publisher)}</a>
    <nav><ul><li><a href="/world">World</a></li><li><a href="/region">Region</a></li><li><a href="/about">About</a></li></ul></nav>
  </header>
  <main>
    <article>
      <h1>{e(source.title)}</h1>
      <time datetime="{source.published}">{source.long_date}</time>
{by}{body}
    </article>
    <aside><h2>Most read</h2><ul><li><a href="/weather">Weather for the week</a></li><li><a href="/subscribe">Subscribe to our newsletter</a></li></ul></aside>
  </main>
  <footer>{footer}<p>All texts are illustrations.</p></footer>
</body>
</html>
"""
    return page.encode()


def to_pdf(source: Source) -> bytes:
    """A printed page in one or two columns, with its title and author as properties."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

    styles = getSampleStyleSheet()
    buffer = io.BytesIO()
    doc = BaseDocTemplate(
        buffer, pagesize=A4, title=source.title, author=source.author or source.publisher,
        invariant=1,
    )  # fmt: skip
    gap = 18
    width = (doc.width - gap * (source.columns - 1)) / source.columns
    frames = [
        Frame(doc.leftMargin + n * (width + gap), doc.bottomMargin, width, doc.height)
        for n in range(source.columns)
    ]
    doc.addPageTemplates([PageTemplate(frames=frames)])
    story = [
        Paragraph(html.escape(source.title), styles["Heading1"]),
        Paragraph(html.escape(byline(source)), styles["Italic"]),
        Spacer(1, 10),
    ]
    for block in (*source.body, *([source.footer] if source.footer else [])):
        story += [Paragraph(html.escape(block), styles["BodyText"]), Spacer(1, 6)]
    doc.build(story)
    # reportlab's invariant files say they were made on 1 January 2000: say the publication day.
    return buffer.getvalue().replace(b"D:20000101000000", f"D:{source.day:%Y%m%d%H%M%S}".encode())


def to_docx(source: Source) -> bytes:
    """A word-processor file whose properties carry title, author and date."""
    import docx

    document = docx.Document()
    core = document.core_properties
    core.title, core.author = source.title, source.author or source.publisher
    core.created = core.modified = source.day.replace(tzinfo=None)
    core.last_modified_by, core.comments, core.language = source.publisher, "", "en"
    document.add_heading(source.title, level=0)
    document.add_paragraph(byline(source))
    for block in source.body:
        document.add_paragraph(block)
    if source.footer:
        document.add_paragraph(source.footer)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made:
        return pack_zip((name, made.read(name)) for name in made.namelist())


def to_eml(source: Source) -> bytes:
    """A letter from a mailing list, in plain text."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{source.publisher} <{source.sender or 'desk@letters.example'}>"
    message["To"] = "subscribers@letters.example"
    message["Subject"] = source.title
    message["Date"] = f"{source.day:%a, %d %b %Y %H:%M:%S} +0000"
    message["Message-ID"] = f"<{source.id}@letters.example>"
    blocks = [*source.body, *([source.footer] if source.footer else [])]
    message.set_content("\n\n".join(textwrap.fill(b, 76) for b in blocks) + "\n", cte="8bit")
    return message.as_bytes()


WRITERS = {
    "txt": to_txt, "md": to_md, "html": to_html, "pdf": to_pdf, "docx": to_docx, "eml": to_eml,
}  # fmt: skip


def row(source: Source) -> dict[str, str | None]:
    """Return a table row with the fields that every table input may have."""
    return {
        "id": source.id,
        "title": source.title,
        "text": "\n\n".join(source.body),
        "published": source.published,
        "url": source.url,
        "publisher": source.publisher,
        "author": source.author,
        "language": "en",
    }


def to_table(kind: str, sources: Iterable[Source]) -> bytes:
    """Return one table of documents as JSON Lines, CSV or Parquet."""
    rows = [row(source) for source in sources]
    if kind == "jsonl":
        return b"".join(msgspec.json.encode(r) + b"\n" for r in rows)
    if kind == "csv":
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().encode()
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    schema = pa.schema([(name, pa.string()) for name in rows[0]])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def pack_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip archive whose members carry a fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def build(sources: Iterable[Source]) -> dict[str, bytes]:
    """Return the delivered files by name."""
    files: dict[str, bytes] = {}
    tables: dict[tuple[str, str], list[Source]] = {}
    bundles: dict[str, list[tuple[str, bytes]]] = {}
    for source in sources:
        if source.table is not None:
            tables.setdefault((source.table, source.format), []).append(source)
            continue
        name, content = f"{source.id}.{source.format}", WRITERS[source.format](source)
        if source.bundle is not None:
            bundles.setdefault(source.bundle, []).append((name, content))
        elif source.pack == "gz":
            files[name + ".gz"] = gzip.compress(content, mtime=0)
        else:
            files[name] = content
    for (name, kind), rows in tables.items():
        packed = {r.pack for r in rows} == {"gz"}
        content = to_table(kind, rows)
        files[f"{name}.{kind}" + (".gz" if packed else "")] = (
            gzip.compress(content, mtime=0) if packed else content
        )
    for name, members in bundles.items():
        files[f"{name}.zip"] = pack_zip(members)
    return dict(sorted(files.items()))


def main() -> int:
    """Write every delivered file; files of documents that are gone go too."""
    files = build(read_sources())
    if TARGET.exists():
        shutil.rmtree(TARGET)
    TARGET.mkdir(parents=True)
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
