import pytest

BODY = "The two foreign ministers met in the northern city on Monday and talked about trade and transit."
SECOND = (
    "They agreed that a working group of customs officers will draw up a timetable by the summer."
)


def page(head="", body="", lang="en"):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Ministers meet | Agency</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Ministers meet</h1><p>{BODY}</p>{body}"
        f"<p>{SECOND}</p></article><footer>Copyright 2019 Agency</footer></body></html>"
    )


@pytest.fixture
def read_page(tmp_path, read_one):
    def one(content):
        path = tmp_path / "page.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_one(path)

    return one


def test_title_text_and_metadata(read_page, blocks):
    head = (
        '<meta property="article:published_time" content="2016-09-26T23:30:00-05:00">'
        '<meta name="author" content="Ann Lee"><meta property="og:site_name" content="The Agency">'
        '<link rel="canonical" href="https://a.example/talks">'
    )
    document = read_page(page(head))
    assert blocks(document) == [
        ("headline", "Ministers meet"), ("paragraph", BODY), ("paragraph", SECOND),
    ]  # fmt: skip
    assert (document.author, document.publisher, document.language) == (
        "Ann Lee",
        "The Agency",
        "en",
    )
    assert (document.url, document.published) == ("https://a.example/talks", "2016-09-26")
    assert document.published_basis == "meta"


@pytest.mark.parametrize(
    "head",
    [
        '<meta itemprop="datePublished" content="26 September 2016">',
        '<meta name="DC.date.issued" content="2016-09-26">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2016-09-26"}</script>',
        '<meta name="date" content="unclear"><meta name="pubdate" content="2016-09-26">',
    ],
)
def test_marks_of_a_date(read_page, head):
    assert read_page(page(head)).published == "2016-09-26"


def test_a_date_that_cannot_be_read_is_flagged(read_page):
    document = read_page(page('<meta name="date" content="03/04/2016">'))
    assert (document.published, document.flags) == (None, ("date_ambiguous",))


def test_a_copyright_year_is_no_date(read_page):
    assert read_page(page()).published is None


def test_scripts_and_styles_are_never_text(read_page):
    hidden = (
        "<script>var a = 'Minsk met Riga';</script><style>p { color: red }</style>"
        "<noscript>Enable scripts in Minsk.</noscript><iframe src='http://127.0.0.1:1/'></iframe>"
    )
    text = read_page(page(body=hidden)).text
    assert "Minsk" not in text
    assert "color" not in text


def test_declared_and_true_character_sets(read_page):
    russian = (
        "Министры иностранных дел встретились в северном городе и говорили о торговле и транзите."
    )
    content = page('<meta charset="windows-1251">', f"<p>{russian}</p>")
    assert russian in read_page(content.encode("cp1251")).text
    wrong = read_page(content.encode())
    assert russian in wrong.text
    assert "charset_wrong" in wrong.flags


def test_a_page_that_was_cut_is_flagged(read_page):
    document = read_page(page()[:-150])
    assert BODY in document.text
    assert "truncated" in document.flags


@pytest.mark.parametrize(
    "body",
    ["<div>" * 20_000, "&amp;" * 100_000, "<b>" * 20_000, "&#x110000;&#0;&#xD800;"],
)
def test_hostile_markup_ends(tmp_path, read_all, body):
    (tmp_path / "a.html").write_text(page(body=body))
    (tmp_path / "b.html").write_text(page())
    first, good = read_all(tmp_path, read_seconds=10.0)
    assert BODY in getattr(first, "text", BODY)
    assert BODY in good.text


def test_a_page_with_a_doctype_fetches_nothing(read_page):
    content = (
        page()
        .replace(
            "<!DOCTYPE html>",
            '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html SYSTEM "http://127.0.0.1:1/x.dtd"'
            ' [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        )
        .replace("</article>", "<p>&x;</p></article>")
    )
    assert "root:" not in read_page(content).text
