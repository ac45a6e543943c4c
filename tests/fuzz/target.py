"""What the fuzzer feeds: decoders, line readers and the line format. An answer, or one of our errors.

``pip install atheris && python tests/fuzz/target.py tests/fuzz/corpus -max_total_time=600`` fuzzes; new finds
are kept in ``tests/fuzz/corpus``, which ``tests/fuzz/test_corpus.py`` runs through at each test run.
"""

from __future__ import annotations

import contextlib
import io
import sys


def feed(data: bytes) -> None:
    """Give one input to everything that takes bytes."""
    import msgspec

    from detente.errors import ReadError
    from detente.ingest import sniff
    from detente.model import Line
    from detente.read import encoding, jsonl, layout, markdown, normal, published, tables
    from detente.settings import Settings

    sniff.kind(data, "a.txt")
    with contextlib.suppress(ReadError):
        text = normal.clean(encoding.decode(data).text, [])
        text.encode("utf-8")
        layout.plain(text)
        markdown.read(text)
        published.parse(text[:200])
    for reader in (jsonl.read, tables.read):
        with contextlib.suppress(ReadError):
            list(reader(io.BufferedReader(io.BytesIO(data)), Settings(max_line_bytes=10_000)))
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        msgspec.json.decode(data, type=Line)


def main() -> None:
    """Fuzz until stopped."""
    import atheris

    with atheris.instrument_imports(include=["detente"]):
        import detente.ingest.sniff
        import detente.read.encoding
        import detente.read.jsonl
        import detente.read.layout
        import detente.read.markdown
        import detente.read.normal
        import detente.read.published
        import detente.read.tables  # noqa: F401
    atheris.Setup(sys.argv, feed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
