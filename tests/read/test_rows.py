import pytest

from detente.errors import ReadError
from detente.read import rows


def shown(**row):
    draft = rows.draft(row, 1)
    return draft.headline, draft.paragraphs


def test_a_title_is_the_headline():
    assert shown(text="They met.", title="Ministers meet") == ("Ministers meet", ["They met."])


def test_a_title_that_the_text_begins_with_is_not_doubled():
    assert shown(text="Ministers meet\nThey met.", title="Ministers  meet") == (
        "Ministers meet", ["They met."],
    )  # fmt: skip
    assert shown(text="MINISTERS MEET\n\nThey met.", title="Ministers meet") == (
        "Ministers meet", ["They met."],
    )  # fmt: skip
    assert shown(text="Ministers meet in Riga today.", title="Ministers meet") == (
        None, ["Ministers meet in Riga today."],
    )  # fmt: skip


def test_a_text_with_a_headline_of_its_own_keeps_it():
    assert shown(text="Other line\n\nThey met.", title="Ministers meet") == (
        "Ministers meet", ["Other line", "They met."],
    )  # fmt: skip


def test_the_fields():
    draft = rows.draft(
        {
            "id": 7, "text": "They met.", "published": 20160926, "url": "https://a.example/x",
            "publisher": "Agency", "author": "Ann", "language": "en", "other": object(),
        },
        3,
    )  # fmt: skip
    assert (draft.external_id, draft.published, draft.row) == ("7", "20160926", 3)
    assert (draft.url, draft.publisher, draft.author) == ("https://a.example/x", "Agency", "Ann")


@pytest.mark.parametrize(
    ("row", "code"),
    [({}, "row"), ({"text": None}, "row"), ({"text": 1}, "row"), ({"text": " "}, "empty"),
     ({"text": "x", "id": True}, "row"), ({"text": "x", "author": {}}, "row")],
)  # fmt: skip
def test_bad_rows(row, code):
    with pytest.raises(ReadError) as caught:
        rows.draft(row, 1)
    assert caught.value.code == code
