import time

from detente.read.markdown import read, strip_marks


def test_a_document():
    draft = read(
        "---\ntitle: Talks\nauthor: Ann Lee\npublished: 2016-09-26\n---\n"
        '# Ministers **meet**\n\nThey met in\nthe city. See [the note](http://a.example "x").\n\n'
        "## Background\n\n> A quoted line\n> goes on.\n\n* one\n* two\n\n1. first\n\n"
        "| Name | Post |\n|------|:----:|\n| Ann | Minister |\n\n```\ncode = 1\n```\n\n---\n\n"
        "Heading\n-------\n\n![picture](x.png)<br>Last[^1] `word`.\n\n[^1]: http://a.example\n"
    )
    assert (draft.headline, draft.title, draft.author) == ("Ministers meet", "Talks", "Ann Lee")
    assert draft.published == "2016-09-26"
    assert draft.paragraphs == [
        "They met in the city. See the note.", "Background", "A quoted line goes on.", "one", "two",
        "first", "Name, Post", "Ann, Minister", "code = 1", "Heading", "Last word.",
    ]  # fmt: skip


def test_marks_inside_words_stay():
    assert strip_marks("snake_case_name and 2 * 3 * 4") == "snake_case_name and 2 * 3 * 4"
    assert strip_marks("**bold** _it_ ~~old~~ \\*star\\*") == "bold it old *star*"


def test_scripts_are_not_text():
    assert read("Text one.\n\n<script>var x = 'Minsk';</script>\n\nText two.").paragraphs == [
        "Text one.", "Text two.",
    ]  # fmt: skip


def test_hostile_marks_end():
    for text in (
        "[" * 100_000,
        "*" * 100_000,
        "`" * 100_000,
        "<" * 100_000,
        "> " * 50_000,
        "_a" * 50_000,
    ):
        began = time.monotonic()
        read(text)
        assert time.monotonic() - began < 5, text[:5]
