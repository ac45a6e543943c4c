import ipaddress

import pytest

from detente.ingest.fetch import Fetcher, Page
from detente.read import ReadOptions, read
from detente.settings import Settings

BODY = "The two foreign ministers met in the northern city on Monday and talked about trade."


def rss(items):
    entries = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description>"
        "<pubDate>Mon, 26 Sep 2016 10:00:00 GMT</pubDate></item>"
        for title, link, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Agency</title>{entries}</channel></rss>'


def got(path, **limits):
    return list(read([path], options=ReadOptions(), settings=Settings(**limits)))


def test_a_feed_on_disk_gives_its_entries_own_words(tmp_path):
    path = tmp_path / "news.xml"
    path.write_text(rss([("Ministers meet", "https://a.example/1", BODY), ("Empty", "", "")]))
    document, empty = got(path)
    assert document.source == f"{path}#https://a.example/1"
    assert (document.title, document.publisher, document.published) == (
        "Ministers meet", "Agency", "2016-09-26",
    )  # fmt: skip
    assert document.text == f"Ministers meet\n\n{BODY}"
    assert (empty.source, empty.error) == (f"{path}#2", "empty")


def test_a_malformed_feed_is_read_and_flagged(tmp_path):
    path = tmp_path / "news.rss"
    path.write_text(
        rss([("Ministers meet", "https://a.example/1", BODY)]).replace("</rss>", "<br>")
    )
    (document,) = got(path)
    assert "feed_malformed" in document.flags


@pytest.mark.parametrize(
    "entity", ['<!ENTITY a "ha"><!ENTITY b "&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">']
)
def test_entities_are_refused(tmp_path, entity):
    path = tmp_path / "news.xml"
    text = rss([("Ministers &a;", "https://a.example/1", BODY)])
    path.write_text(text.replace("<rss", f"<!DOCTYPE rss [{entity}]><rss", 1))
    (error,) = got(path)
    assert error.error == "entity"


def test_the_number_of_entries_is_capped_and_flagged(tmp_path):
    path = tmp_path / "news.xml"
    path.write_text(rss([(f"{n}", f"https://a.example/{n}", f"{n}. {BODY}") for n in range(30)]))
    found = got(path, feed_items=10)
    assert len(found) == 10
    assert all("feed_cut" in one.flags for one in found)


class _Site(Fetcher):
    """A site in memory behind the real interface of the fetcher."""

    def __init__(self, pages):
        super().__init__(Settings(), resolve=lambda *_: [ipaddress.ip_address("127.0.0.1")])
        self.pages = pages

    def get(self, url):
        from detente.errors import FetchError

        if url not in self.pages:
            raise FetchError(f"{url}: the server answered 404 Not Found")
        return Page(
            url=url, body=self.pages[url].encode(), media_type=None, charset="utf-8", name="x"
        )


def test_a_feed_on_the_web_leads_to_its_pages():
    page = f"<html><head><title>Ministers meet</title></head><body><h1>Ministers meet</h1><p>{BODY}</p></body></html>"
    feed = rss(
        [("Ministers meet", "https://a.example/1", "Short."), ("Gone", "https://a.example/2", BODY)]
    )
    site = _Site({"https://a.example/feed": feed, "https://a.example/1": page})
    found = list(
        read(["https://a.example/feed"], options=ReadOptions(), settings=Settings(), fetcher=site)
    )
    documents = [one for one in found if not hasattr(one, "error")]
    assert [one.url for one in documents] == ["https://a.example/1", "https://a.example/2"]
    assert BODY in documents[0].text
    assert documents[0].published == "2016-09-26"
    assert "page_not_fetched" in documents[1].flags
