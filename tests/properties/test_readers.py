"""Properties of everything that takes foreign bytes or words: an answer, or one of our errors."""

import contextlib
import datetime
import io
import itertools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.coding import dates, sentences
from detente.errors import InputError, ReadError, RegisterError
from detente.ingest import sniff
from detente.model import Block, Document, ErrorRecord, document_id
from detente.outlook.queries import check
from detente.outlook.records import Query
from detente.read import ReadOptions, encoding, jsonl, layout, markdown, normal, read
from detente.read import published as publishing
from detente.read.draft import Draft, Failure
from detente.registers.register import load
from detente.settings import Settings

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
LETTERS = st.text(max_size=300)
HALF_JSON = st.lists(
    st.sampled_from(
        [b'{"text": "', b'"}', b"\n", b"\\ud800", b"\xff", b"[", b"]", b"NaN", b":", b",", b"1e999", b"x"]
    ),
    max_size=30,
).map(b"".join)  # fmt: skip


@FEW
@given(st.binary(max_size=400) | HALF_JSON)
def test_bytes_are_decoded_or_refused(data):
    with contextlib.suppress(ReadError):
        encoding.decode(data).text.encode("utf-8")


@FEW
@given(HALF_JSON | st.binary(max_size=200))
def test_every_line_gives_a_draft_or_a_failure(data):
    stream = io.BufferedReader(io.BytesIO(data))
    try:
        found = list(jsonl.read(stream, Settings()))
    except ReadError:
        return
    assert all(isinstance(item, Draft | Failure) for item in found)
    assert len(found) <= data.count(b"\n") + 1


@FEW
@given(LETTERS)
def test_cleaning_twice_changes_nothing_more(text):
    once = normal.clean(text, [])
    assert normal.clean(once, []) == once
    once.encode("utf-8")


@FEW
@given(LETTERS)
def test_layout_and_markdown_lose_no_letter_of_plain_text(text):
    plain = "".join(char if char.isalpha() or char in " \n" else " " for char in text)
    cleaned = normal.clean(plain, [])
    found = layout.plain(cleaned)
    kept = "".join([found.headline or "", *found.paragraphs])
    assert [c for c in kept if c.isalpha()] == [c for c in cleaned if c.isalpha()]
    markdown.read(text)


@FEW
@given(
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.zip", "a", "a.jsonl", ".gz"]),
)
def test_a_format_is_always_told(head, name):
    assert sniff.kind(head, name) in sniff.KINDS


@FEW
@given(
    st.binary(max_size=300), st.sampled_from(["a.txt", "b.csv", "c.jsonl", "d.zip", "e.gz", "f.md"])
)
def test_a_file_gives_documents_and_errors_and_never_more(data, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        found = list(read([path], options=ReadOptions(), settings=Settings()))
    assert found
    for item in found:
        if isinstance(item, Document):
            assert item.id == document_id(item.text)
            assert all(0 <= b.start <= b.end <= len(item.text) for b in item.blocks)
        else:
            assert isinstance(item, ErrorRecord)


@FEW
@given(LETTERS | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}", fullmatch=True))
def test_a_publication_date_is_a_day_or_none(text):
    found = publishing.parse(text)
    if found.date is not None:
        datetime.date.fromisoformat(found.date)


@FEW
@given(
    st.lists(
        st.sampled_from(
            "on in by since last next the 3 31 May March Monday 2016 2015-02-31 three days weeks earlier week "
            "quarter early and to – from autumn 1990s".split()
        ),
        max_size=14,
    ),
    DAYS,
)
def test_dates_lie_in_the_text_in_order_and_are_days(words, published):
    text = " ".join(words)
    end = 0
    for mention in dates.find(text, published=published):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        for value in (mention.date, mention.date_end):
            if value is not None:
                datetime.date.fromisoformat(str(value))


@FEW
@given(st.lists(st.text(alphabet="aB.?! \n'\"", max_size=60), min_size=1, max_size=5))
def test_sentences_cover_the_text_in_order(parts):
    kept = [part.strip() for part in parts if part.strip()] or ["x"]
    text, blocks, start = "\n\n".join(kept), [], 0
    for part in kept:
        blocks.append(Block(kind="paragraph", start=start, end=start + len(part)))
        start += len(part) + 2
    document = Document(id=document_id(text), source="s", text=text, blocks=tuple(blocks))
    cut = sentences.split(document)
    assert [s.number for s in cut] == list(range(len(cut)))
    assert all(a.end <= b.start for a, b in itertools.pairwise(cut))
    assert all(s.text == text[s.start : s.end] for s in cut)


@FEW
@given(
    first=DAYS, deadline=DAYS, threshold=st.integers(-2, 3),
    types=st.lists(st.sampled_from(["CONSULT", "AGREE", "NONSENSE"]), max_size=2),
    parties=st.lists(st.sampled_from(["BLR", "USA", "", "x y"]), max_size=3),
)  # fmt: skip
def test_a_query_is_sound_or_refused(first, deadline, threshold, types, parties):
    query = Query(
        types=tuple(types), parties=tuple(parties), first=first.isoformat(),
        deadline=deadline.isoformat(), threshold=threshold,
    )  # fmt: skip
    try:
        checked = check(query)
    except InputError:
        return
    assert checked.first <= checked.deadline


@FEW
@given(st.text(alphabet="abc:-[]{}!&*?#|>\n\t '\"0123,", max_size=120))
def test_a_register_file_is_read_or_refused_by_name(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mine.yaml")
        path.write_text(text, encoding="utf-8")
        with contextlib.suppress(RegisterError):
            load([path])
