"""D: PDF, office, mail and pictures."""

from __future__ import annotations

import io
import zipfile
import zlib

from hostile.case import Input
from hostile.texts import EVENT

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages, *, objects=(), trailer="", content=None, kids=None):
    """Return a PDF of lines of text, with further objects."""
    found = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction 99 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    numbers = []
    for line in pages:
        stream = (
            content if content is not None else f"BT /F1 9 Tf 20 700 Td ({line}) Tj ET".encode()
        )
        extra = "/Filter /FlateDecode " if content is not None else ""
        found.append(
            f"<< {extra}/Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
        )
        found.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(found)} 0 R >>"
        )
        numbers.append(f"{len(found)} 0 R")
    listed = " ".join(kids or numbers)
    found[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(numbers)} >>"
    found += objects
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(found, start=1):
        offsets.append(len(data))
        data += (
            f"{number} 0 obj\n".encode()
            + (body if isinstance(body, bytes) else body.encode("latin-1"))
            + b"\nendobj\n"
        )
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return (
        data
        + f"xref\n0 {len(found) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(found) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n".encode(
            "latin-1"
        )
    )


def docx(document, extra=()):
    """Return a Word file of the given document part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
        for name, content in extra:
            archive.writestr(name, content)
    return out.getvalue()


def body(text):
    return f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def _word(folder):
    head = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    (folder / "entity.docx").write_bytes(docx(head + body("&e;")))
    (folder / "grows.docx").write_bytes(docx(body("A" * 120_000_000)))
    template = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>'
    (folder / "template.docx").write_bytes(
        docx(body(EVENT), [("word/_rels/document.xml.rels", template)])
    )


def _mail(folder):
    inner = f"From: a@example.org\nSubject: s\n\n{EVENT}\n"
    for n in range(1_000):
        inner = f'From: a@example.org\nTo: b@example.org\nSubject: level {n}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\nContent-Type: message/rfc822\n\n{inner}\n--b{n}--\n'
    (folder / "a.eml").write_text(inner)
    (folder / "winmail.dat").write_bytes(b"\x78\x9f\x3e\x22" + bytes(range(256)) * 20)


def _picture(folder):
    import struct

    head = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + head
    data = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    (folder / "a.png").write_bytes(data + b"\x00" * 100)


def _varied(pages):
    """Return another sentence for each page, which no running head is."""
    words = ("trade", "transit", "rail", "grain", "visas", "fishing", "energy", "schools")
    return [
        f"{EVENT} They spoke of {words[n % 8]} and {words[n // 8]}, not of {words[(n + 3) % 7]}."
        for n in range(pages)
    ]


def _encrypted(folder):
    trailer = (
        " /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"
        + "00" * 32
        + "> /U <"
        + "11" * 32
        + "> >> /ID [<00> <00>]"
    )
    (folder / "a.pdf").write_bytes(pdf([EVENT], trailer=trailer))


def _actions(folder):
    objects = [
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<< /S /Launch /F (/bin/sh) >>",
        "<< /Type /Filespec /F (x.exe) >>",
    ]
    (folder / "a.pdf").write_bytes(pdf([EVENT], objects=objects))


BOMB = zlib.compress(b"q " * 200_000_000, 9)

D = (
    Input(number=32, title="a circular page tree", make=lambda f: (f / "a.pdf").write_bytes(pdf([EVENT], kids=["2 0 R", "5 0 R"])), coded=1),
    Input(number=33, title="a PDF whose page grows to 400 MB", make=lambda f: (f / "a.pdf").write_bytes(pdf([""], content=BOMB)), codes=frozenset({"memory"}), coded=0, settings={"read_seconds": 10.0, "read_megabytes": 600}, seconds=60),
    Input(number=34, title="an encrypted PDF", make=_encrypted, codes=frozenset({"encrypted"}), coded=0),
    Input(number=35, title="a PDF that was cut", make=lambda f: (f / "a.pdf").write_bytes(pdf([EVENT] * 3)[:-400]), codes=frozenset({"truncated"}), coded=0),
    Input(number=36, title="a PDF of too many pages", make=lambda f: (f / "a.pdf").write_bytes(pdf(_varied(60))), flags=frozenset({"pages_cut"}), coded=1, settings={"max_pages": 50}),
    Input(number=37, title="a scan without text", make=lambda f: (f / "a.pdf").write_bytes(pdf([""])), coded=0),
    Input(number=38, title="a PDF with script, launch action and attachment", make=_actions, coded=1, holds="Riga"),
    Input(number=39, title="Word: entity, bomb, external template", make=_word, codes=frozenset({"entity", "bomb"}), coded=1, seconds=60),
    Input(number=40, title="mail nested 1,000 deep; winmail.dat", make=_mail, codes=frozenset({"too_deep", "binary"}), coded=0, seconds=60),
    Input(number=41, title="a picture of 65,000 by 65,000", make=_picture, codes=frozenset({"format"}), coded=0, seconds=5, megabytes=50),
)  # fmt: skip
