import msgspec
import pytest

from detente.casebook.book import Casebook
from detente.cli import run as main
from detente.errors import InputError
from detente.outlook.desk import add
from detente.outlook.exchange import from_csv, from_json, to_csv, to_json
from detente.outlook.ledger import Case
from detente.outlook.records import Outlook, Query, Resolution, Version, by_hand

FORECAST = by_hand(
    Outlook(
        id="",
        text='The two sides, as "partners", will meet',
        issued="2020-03-01",
        author="=Author",
        subject=("NOR", "ISL"),
        probability=0.7,
        deadline="2020-06-01",
    )
)


def test_csv_gives_back_what_went_in():
    text = to_csv([Case(outlook=FORECAST)])
    assert "'=Author" in text
    assert from_csv(text) == (FORECAST,)


@pytest.mark.parametrize(
    "text",
    ["a\r\nb", "a\rb", "a\nb", "a\u2028b", 'q"u,o;t', "  kept  inside", "=1+1", "'=1+1", "''=1+1",
     "'quoted'", "-5 degrees", "@home", "\ttab", "+1"],
)  # fmt: skip
def test_k107_any_text_comes_back_from_csv_as_it_was(text):
    forecast = by_hand(msgspec.structs.replace(FORECAST, id="", text=text, author=text))
    written = to_csv([Case(outlook=forecast)])
    assert from_csv(written) == (forecast,)
    assert to_csv([Case(outlook=one) for one in from_csv(written)]) == written


def test_k107_a_file_written_by_the_command_comes_back_to_the_byte(tmp_path):
    forecast = by_hand(msgspec.structs.replace(FORECAST, id="", text="a\r\nb\rc"))
    first, second = tmp_path / "one.casebook", tmp_path / "two.casebook"
    files = [tmp_path / f"{n}.csv" for n in range(2)]
    for folder in (first, second):
        Casebook.create(folder).close()
    add(first, [forecast])
    for folder, file in zip((first, second), files, strict=True):
        if folder is second:
            assert (
                main(["forecasts", "import", "csv", str(files[0]), "--casebook", str(folder)]) == 0
            )
        out = ["forecasts", "export", "csv", "--out", str(file), "--casebook", str(folder)]
        assert main(out) == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_json_gives_back_every_entry():
    query = Query(types=("AGREE",), parties=("NOR",), first="2020-03-01", deadline="2020-06-01")
    entries = (
        FORECAST,
        Version(forecast=FORECAST.id, number=1, query=query),
        Resolution(forecast=FORECAST.id, version=1, outcome="no", reason="", as_of="2020-07-01"),
    )
    assert from_json(to_json(entries)) == entries


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("text,issued,mood\n", "line 1: no such column: mood"),
        ("text\nTalks will fail\n", "line 1: there is no column issued"),
        ("text,issued,probability\nTalks will fail,2020-03-01,1.2\n", "line 2: probability: 1.2"),
        ("text,issued,deadline\nTalks will fail,2020-03-01,2020-02-01\n", "line 2: deadline"),
        (
            "text,issued,probability\nTalks will fail,2020-03-01,often\n",
            "line 2: probability: 'often' is no number",
        ),
    ],
)
def test_a_bad_row_is_refused_with_line_and_field(text, reason):
    with pytest.raises(InputError, match=reason):
        from_csv(text)


def test_a_bad_json_line_is_refused_with_its_number():
    with pytest.raises(InputError, match="line 2"):
        from_json(to_json([FORECAST]) + b'{"entry":"forecast"}\n')
