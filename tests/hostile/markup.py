"""B: HTML. C: XML and feeds."""

from __future__ import annotations

from hostile.case import Input, one
from hostile.texts import EVENT

PAGE = "<html><head><title>T</title></head><body><p>%s</p>%s</body></html>"


def _page(extra="", text=EVENT):
    return one("a.html", PAGE % (text, extra))


def _feed(items, head=""):
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>F</title>'
        f"{items}</channel></rss>"
    )


def _item(n, text=EVENT, guid=None):
    return (
        f"<item><title>Talks {n}</title><guid>{guid or n}</guid>"
        f"<description>{text} It was meeting {n}.</description></item>"
    )


def _attributes(folder):
    body = "".join(f"<p {' '.join(f'a{k}_{n}=x' for k in range(1_000))}>w</p>" for n in range(100))
    (folder / "a.html").write_text(PAGE % (EVENT, body))


def _table(folder):
    rows = "".join("<tr>" + "<td>cell</td>" * 100 + "</tr>" for _ in range(1_600))
    (folder / "a.html").write_text(PAGE % (EVENT, f"<table>{rows}</table>"))


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DTD = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">'
SLOW = {"read_seconds": 4.0}

B = (
    Input(number=15, title="100,000 nested elements", make=_page("<div>" * 100_000), coded=1, settings=SLOW),
    Input(number=16, title="100,000 attributes", make=_attributes, codes=frozenset({"timeout"}), settings=SLOW),
    Input(number=17, title="2 million character references", make=_page("<p>" + "&amp;" * 2_000_000 + "</p>"), coded=1, settings={"read_seconds": 30.0}),
    Input(number=18, title="50,000 unclosed elements", make=_page("<b>x " * 50_000), coded=1, settings={"read_seconds": 30.0}),
    Input(number=19, title="a table of 160,000 cells", make=_table, codes=frozenset({"timeout"}), settings={"read_seconds": 10.0}),
    Input(number=20, title="script, style and noscript", make=_page("<script>var SECRET1=1</script><style>.SECRET2{}</style><noscript>SECRET3</noscript>"), coded=1, lacks="SECRET"),
    Input(number=21, title="meta refresh, base and iframe are not followed", make=one("a.html", f'<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/x"><base href="http://127.0.0.1:9/"></head><body><p>{EVENT}</p><iframe src="http://127.0.0.1:9/y"></iframe></body></html>'), coded=1, seconds=20),
    Input(number=22, title="a page that was cut", make=one("a.html", (PAGE % (EVENT, ""))[:-20]), coded=1, flags=frozenset({"truncated"})),
    Input(number=23, title="XHTML with an external DTD", make=one("a.xhtml", '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd">' + PAGE % (EVENT, "")), coded=1, seconds=20),
    Input(number=24, title="binary data that calls itself a page", make=one("a.html", bytes(range(256)) * 40), codes=frozenset({"binary"}), coded=0),
)  # fmt: skip

C = (
    Input(number=25, title="entities that grow without end", make=one("a.rss", _feed(_item(1, "&i;"), LAUGHS)), codes=frozenset({"entity"}), coded=0),
    Input(number=26, title="an entity that names a file", make=one("a.rss", _feed(_item(1, "&x;"), OUTSIDE)), codes=frozenset({"entity"}), coded=0, lacks="root:"),
    Input(number=27, title="an external DTD and XInclude", make=one("a.rss", _feed(_item(1) + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>', DTD)), lacks="root:", coded=1, seconds=20),
    Input(number=28, title="a malformed feed", make=one("a.rss", _feed(_item(1))[:-18] + "<broken"), coded=1, flags=frozenset({"feed_malformed"})),
    Input(number=29, title="character references out of range", make=_page("<p>&#x110000; &#0; &#xD800; &#99999999999;</p>"), coded=1),
    Input(number=30, title="a feed of 20,000 items", make=one("a.rss", _feed("".join(map(_item, range(20_000))))), flags=frozenset({"feed_cut"}), coded=30, settings={"feed_items": 30}),
    Input(number=31, title="items that repeat, under new names", make=one("a.rss", _feed(_item(1) + _item(1, guid="other") + _item(1, guid="third"))), coded=1),
)  # fmt: skip
