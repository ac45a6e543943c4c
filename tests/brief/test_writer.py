"""Briefs from a hand-made file."""

import html
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from detente.brief import compose, to_html, to_markdown
from detente.errors import InputError

SNAPSHOT = Path(__file__).parent / "hand.md"


def sections(brief):
    return {section.key: section for section in brief.sections}


def test_the_brief_is_what_an_editor_let_stand(events, shelf):
    assert to_markdown(compose(events, shelf, ("BLR", "USA"))) == SNAPSHOT.read_text()


def test_the_order_of_records_changes_nothing(events, shelf):
    brief = compose(events, shelf, ("BLR", "USA"))
    assert to_html(compose(events[::-1], shelf, ("BLR", "USA"))) == to_html(brief)


def test_each_incident_is_told_once_and_other_relations_not_at_all(events, shelf):
    told = sections(compose(events, shelf, ("BLR", "USA")))["happened"].items
    assert [item.incident for item in told] == ["i3", "i1", "i4", "i5"]


def test_conflicting_accounts_stand_side_by_side(events, shelf):
    told = sections(compose(events, shelf, ("BLR", "USA")))["happened"].items[1]
    assert [sentence.text for sentence in told.sentences] == [
        "In New York, Belarusian Foreign Minister Vladimir Makei met US Deputy Assistant Secretary "
        "of Defense Michael Carpenter.",
        "Another account dates it to 21 September 2016.",
    ]
    assert told.note.endswith("on neutral ground; told twice in two sources.")


def test_a_near_duplicate_is_no_second_source(events, shelf):
    source, sentences = shelf.documents["b"]
    shelf.add("b", source.published, *sentences, cluster="a")
    told = sections(compose(events, shelf, ("BLR", "USA")))["happened"].items[1]
    assert told.note.endswith("told twice in one source.")


def test_every_sentence_is_cited_and_every_citation_used(events, shelf):
    brief = compose(events, shelf, ("BLR", "USA"))
    cited = [brief.headline]
    for section in brief.sections:
        cited += [*section.sentences, *(s for item in section.items for s in item.sentences)]
    assert all(sentence.cites for sentence in cited)
    used = {number for sentence in cited for number in sentence.cites}
    assert used == {citation.number for citation in brief.citations} == set(range(1, 7))


def test_a_proposal_shows_what_followed(events, shelf):
    (item,) = sections(compose(events, shelf, ("BLR", "USA")))["planned"].items
    assert [sentence.text for sentence in item.sentences] == [
        "An understanding between Belarus and the United States was proposed.",
        "What came of it was the signing of a plan of military cooperation for 2017 by the "
        "Belarusian Defence Ministry and the US Department of Defense in Washington on "
        "20 October 2016.",
    ]


def test_a_period_is_compared_with_the_one_before(events, shelf):
    brief = compose(events, shelf, ("BLR", "USA"), since=date(2016, 7, 1), until=date(2016, 12, 31))
    compared = brief.comparison
    assert (compared.count, compared.before_count) == (2, 1)
    assert (compared.before_since, compared.before_until) == (date(2015, 12, 30), date(2016, 6, 30))
    assert compared.trend == "too few to say"
    assert brief.headline.text.startswith("Too little is known to say where Belarus and the United")


def test_nothing_known_is_said_plainly(shelf):
    brief = compose([], shelf, ("BLR", "FRA"))
    assert brief.headline.text == "No document here tells of dealings between Belarus and France."
    assert brief.sections == ()
    assert "Sources" not in to_markdown(brief)
    assert "<h2>" not in to_html(brief)


def test_only_one_domain(events, shelf):
    brief = compose(events, shelf, ("BLR", "USA"), domain="energy")
    assert brief.headline.text == (
        "No document here tells of dealings between Belarus and the United States "
        "in the energy domain."
    )


def test_a_period_that_ends_before_it_begins_is_refused(events, shelf):
    with pytest.raises(InputError, match="before it begins"):
        compose(events, shelf, ("BLR", "USA"), since=date(2017, 1, 1), until=date(2016, 1, 1))


def test_documents_cannot_put_markup_into_the_page(events, shelf):
    page = to_html(compose(events, shelf, ("BLR", "USA")))
    assert "<script" not in page
    assert "&lt;script&gt;left&lt;/script&gt;" in page
    assert "A &lt;b&gt;bold&lt;/b&gt; *meeting*" in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


def test_documents_cannot_put_markup_into_markdown(events, shelf):
    text = to_markdown(compose(events, shelf, ("BLR", "USA")))
    assert r"\<script\>left\</script\>" in text
    assert r"A \<b\>bold\</b\> \*meeting\*" in text


def test_the_timeline_is_well_formed_and_its_labels_stand_clear(events, shelf):
    page = to_html(compose(events, shelf, ("BLR", "USA")))
    (drawing,) = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    root = ET.fromstring(drawing)
    space = "{http://www.w3.org/2000/svg}"
    assert len(list(root.iter(f"{space}circle"))) == 5
    boxes = []
    for text in root.iter(f"{space}text"):
        if text.get("class") == "label":
            x, y = float(text.get("x")), float(text.get("y"))
            boxes.append((x, y - 11, x + 5.8 * len(text.text), y))
    assert len(boxes) > 2
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
