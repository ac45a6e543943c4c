"""RSS and Atom feeds: entries with their links and words. Parsed in the child."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from detente.engine import child
from detente.errors import ReadError
from detente.ingest.items import Hints, Item
from detente.ingest.limits import reading
from detente.ingest.streams import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.settings import Settings

Parsed = Any
"""An object of a library without types."""


class _Entry(msgspec.Struct, kw_only=True):
    """An entry as the child hands it over."""

    number: int
    html: str
    link: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    publisher: str | None = None
    malformed: bool = False


class _Request(msgspec.Struct, kw_only=True):
    data: bytes
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed.

    Attributes:
        key: What follows the feed's source after ``#``: the link, else the number from 1.
        html: Its own words as HTML.
        link: The page it points to.
        hints: What the feed says of it.
    """

    key: str
    html: str
    link: str | None
    hints: Hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The entries of a feed and what was noted."""

    entries: tuple[Entry, ...]
    flags: tuple[str, ...] = ()


def parse(item: Item, settings: Settings) -> Feed:
    """Read a feed.

    Args:
        item: The feed.
        settings: ``feed_items`` limits the entries, the newest first as feeds have them.

    Returns:
        The entries; the flag ``feed_malformed`` where the XML was mended, ``feed_cut`` where
        there were more entries than the limit.

    Raises:
        ReadError: ``entity``: the XML declares entities. ``format``: it is no feed.
    """
    data = read_all(item.stream, settings.fetch_bytes)
    if b"<!ENTITY" in data or b"<!E\x00N\x00" in data:
        raise ReadError("entity", "the feed declares entities, which feeds never need")
    request = msgspec.msgpack.encode(_Request(data=data, most=settings.feed_items + 1))
    answers = child.run("detente.ingest.feeds:parse_in_child", request, limits=reading(settings))
    found = [msgspec.msgpack.decode(answer, type=_Entry) for answer in answers]
    flags = ["feed_malformed"] if any(entry.malformed for entry in found) else []
    if len(found) > settings.feed_items:
        flags.append("feed_cut")
    entries = tuple(_entry(entry) for entry in found[: settings.feed_items])
    return Feed(entries=entries, flags=tuple(flags))


def _entry(entry: _Entry) -> Entry:
    link = entry.link if (entry.link or "").startswith(("http://", "https://")) else None
    return Entry(
        key=link or str(entry.number),
        html=entry.html,
        link=link,
        hints=Hints(
            title=entry.title,
            author=entry.author,
            publisher=entry.publisher,
            published=entry.published,
            language=entry.language,
        ),
    )


def parse_in_child(argument: bytes) -> Iterator[bytes]:
    """Yield the entries of a feed; runs in the child."""
    import feedparser

    request = msgspec.msgpack.decode(argument, type=_Request)
    found = feedparser.parse(request.data, sanitize_html=True, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise ReadError("format", "it is no RSS or Atom feed")
    feed = found.feed
    for number, entry in enumerate(found.entries[: request.most], start=1):
        yield msgspec.msgpack.encode(
            _Entry(
                number=number,
                html=_html(entry),
                link=entry.get("link"),
                title=html.unescape(entry.get("title", "")) or None,
                author=entry.get("author"),
                published=entry.get("published") or entry.get("issued"),
                language=feed.get("language"),
                publisher=feed.get("title"),
                malformed=bool(found.bozo),
            )
        )


def _html(entry: Parsed) -> str:
    """Return an entry's own words: its title and its longest content."""
    contents = [content.get("value", "") for content in entry.get("content", [])]
    body = max([*contents, entry.get("summary", "")], key=len)
    if not body.strip():
        return ""
    return f"<html><body><article><p>{body}</p></article></body></html>"
