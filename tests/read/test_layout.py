import pytest

from detente.read.layout import header, is_headline, paragraphs, plain

BODY = "The ministers met in the city on Monday and talked about trade."


def shown(text, **kwargs):
    draft = plain(text, **kwargs)
    return draft.headline, draft.paragraphs


def test_a_short_first_line_without_a_full_stop_is_the_headline():
    assert shown(f"Ministers meet\n\n{BODY}") == ("Ministers meet", [BODY])
    assert shown(f"Ministers meet\n{BODY}\n{BODY}") == ("Ministers meet", [f"{BODY} {BODY}"])


@pytest.mark.parametrize(
    "first",
    [
        "The ministers met.",
        "By Ann Writer",
        "MINSK, 20 September 2016 (Agency)",
        "The ministers, who had met before,",
        "word " * 60,
        "- - -",
    ],
)
def test_what_is_no_headline(first):
    assert not is_headline(first)


def test_one_paragraph_alone_has_no_headline():
    assert shown("Ministers meet") == (None, ["Ministers meet"])


def test_lines_wrapped_by_hand_are_joined():
    text = (
        "The ministers of both states met in the northern\n"
        "city on Monday and talked about trade, transit and\n"
        "customs.\n"
        "The next meeting is planned for the spring, as the\n"
        "ministry said."
    )
    assert paragraphs(text) == [
        "The ministers of both states met in the northern city on Monday and talked about trade,"
        " transit and customs.",
        "The next meeting is planned for the spring, as the ministry said.",
    ]


def test_long_lines_are_paragraphs():
    line = f"{BODY} {BODY} {BODY}"
    assert paragraphs(f"{line}\n{line}\n\n{BODY}") == [line, line, BODY]


def test_items_of_a_list_stay_apart():
    assert paragraphs("- trade\n- transit\n- customs and\n  borders") == [
        "- trade", "- transit", "- customs and borders",
    ]  # fmt: skip


def test_header_lines_are_metadata():
    text = f"Title: Ministers meet\nAuthor: Ann Lee\nSource: The Agency\nDate: 26 September 2016\n\n{BODY}"
    draft = plain(text)
    assert (draft.headline, draft.author, draft.publisher) == (
        "Ministers meet", "Ann Lee", "The Agency",
    )  # fmt: skip
    assert (draft.published, draft.paragraphs) == ("26 September 2016", [BODY])


def test_front_matter_ends_at_its_fence():
    found, rest = header(["---", "title: 'Talks'", "tags: [a, b]", "---", "", BODY])
    assert (found, rest) == ({"title": "Talks"}, ["", BODY])
    assert header(["---", BODY]) == ({}, ["---", BODY])


def test_a_row_has_no_header_lines():
    assert shown("Source: the ministry spoke.", headers=False)[1] == ["Source: the ministry spoke."]


@pytest.mark.parametrize(
    ("text", "date", "left"),
    [
        (
            f"Ministers meet\n\nPublished: 26 September 2016, 10:30\n\n{BODY}",
            "26 September 2016",
            1,
        ),
        (f"Ministers meet\n\n2016-09-26\n\n{BODY}", "2016-09-26", 1),
        (f"Ministers meet\n\nMINSK, September 26, 2016 (Agency) - {BODY}", "September 26, 2016", 1),
        (f"Ministers meet\n\nNew York, 26 September 2016 — {BODY}", "26 September 2016", 1),
        (f"Ministers meet\n\nOn September 20, 2016 - {BODY}", None, 1),
        (f"Ministers meet\n\nOn September 20th, 2016, during a visit, {BODY}", None, 1),
        (f"Ministers meet\n\nMINSK, Sept 20 (Agency) - {BODY}", None, 1),
    ],
)
def test_date_lines_and_datelines(text, date, left):
    draft = plain(text)
    assert (draft.headline, draft.text_published, len(draft.paragraphs)) == (
        "Ministers meet", date, left,
    )  # fmt: skip
