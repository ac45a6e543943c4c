"""An issue whose numbers were counted by hand."""

import html
from datetime import date
from xml.etree import ElementTree as ET

import msgspec
import pytest

from detente.brief import compose_issue, to_html, to_markdown
from detente.brief.tension import colour
from detente.errors import InputError
from detente.model import Actor, Event

BLR = (Actor(code="BLR", country="BLR"),)


def act(name, day, partner, kind="CONSULT", **values):
    target = (Actor(code=partner, country=partner),)
    given = {"id": name, "doc": "a", "sentence": 1, "span": (0, 1), "type": kind, "date": day,
             "date_precision": "day", "date_basis": "text", "source": BLR, "target": target}  # fmt: skip
    return Event(**(given | values))


@pytest.fixture
def made(shelf):
    events = {
        "USA": [
            act("u1", "2017-11-05", "USA", "ACCUSE"),
            act("u2", "2018-01-10", "USA", "AID"),
            act("u3", "2018-01-12", "USA", "AID"),
            act("u4", "2018-02-28", "USA", "COOPERATE"),
            act("u5", "2018-03-01", "USA", "AID"),
            act("u6", "2018-02-01", "USA", status="planned"),
        ],
        "RUS": [
            act("r1", "2018-01-20", "RUS", "ACCUSE"),
            act("r2", "2018-02-20", "RUS"),
            act("r3", "2018-02-20", "RUS", doc="b", incident="r2"),
        ],
        "CHN": [],
    }
    span = {"since": date(2018, 1, 1), "until": date(2018, 2, 28)}
    return compose_issue(events, shelf, "BLR", **span)


def test_the_numbers_are_those_counted_by_hand(made):
    assert [
        (p.code, p.compared.index, p.compared.before_index, p.compared.count, p.colour)
        for p in made.partners
    ] == [("USA", 9, -1, 3, "green"), ("RUS", 0, 0, 2, "orange"), ("CHN", 0, 0, 0, "grey")]
    usa = made.partners[0]
    assert (usa.compared.before_since, usa.compared.before_until) == (
        date(2017, 11, 1), date(2017, 12, 31),
    )  # fmt: skip
    assert usa.compared.trend == "improved"
    assert usa.values == (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 9)


def test_the_lead_says_who_improved(made):
    assert [sentence.text for sentence in made.lead] == [
        "Relations with the United States improved.",
        "On relations with Russia, too little is known to speak of a change.",
        "Of dealings with China nothing is told.",
    ]
    assert [sentence.text for sentence in made.changed[:2]] == [
        "The index with the United States moved from −1 to +9 points.",
        "The tension with the United States went from red to green.",
    ]


def test_the_lead_says_where_the_tension_is_high(shelf):
    blame = [
        act(f"u{n}", f"2018-01-{n:02}", "USA", "ACCUSE", incident=f"u{n}") for n in range(10, 16)
    ]
    events = {"USA": blame, "CHN": [act("c1", "2018-01-20", "CHN", "ACCUSE")]}
    made = compose_issue(events, shelf, "BLR", since=date(2018, 1, 1), until=date(2018, 2, 28))
    assert [partner.colour for partner in made.partners] == ["red", "red"]
    assert "The tension is red with the United States." in [one.text for one in made.lead]


def test_the_catalogue_holds_every_incident_of_the_period_once(made):
    assert [(line.incident, line.points, line.mentions) for line in made.catalogue] == [
        ("u4", 3, 1), ("r2", 1, 2), ("r1", -1, 1), ("u3", 3, 1), ("u2", 3, 1),
    ]  # fmt: skip


def test_a_partner_of_whom_nothing_is_told_says_so(made):
    told = [" ".join(sentence.text for sentence in each) for each in made.partners[2].paragraphs]
    assert told == [
        "No document here tells of incidents between Belarus and China.",
        "No earlier contact between Belarus and China is on file.",
        "No plan or offer that is still open was told of in these days.",
    ]


def test_a_silent_partner_has_its_last_contact(shelf):
    events = {
        "CHN": [
            act("c1", "2016-05-10", "CHN"), act("c2", "2016-06-10", "CHN", "ACCUSE"),
            act("c3", "2018-05-10", "CHN"),
        ]
    }  # fmt: skip
    made = compose_issue(events, shelf, "BLR", since=date(2018, 1, 1), until=date(2018, 2, 28))
    _, paragraph, _ = made.partners[0].paragraphs
    assert [sentence.text for sentence in paragraph] == [
        "The last contact on file:", "On 10 May 2016, Belarus held talks with China.",
    ]  # fmt: skip


def test_the_first_paragraph_gives_the_numbers(made):
    assert [sentence.text for sentence in made.partners[0].paragraphs[0]] == [
        "Three incidents took place in January and February 2018, against one in November and December "
        "2017.",
        "They are worth +9 points on the scale barometer-1, against −1; a difference of up to 6.8 points "
        "is put down to chance, so the relation counts as improved.",
    ]


def test_a_partner_who_fell_silent_is_not_said_to_have_changed(shelf):
    events = {"CHN": [act("c1", "2017-12-10", "CHN")]}
    made = compose_issue(events, shelf, "BLR", since=date(2018, 1, 1), until=date(2018, 2, 28))
    (sentence,) = made.partners[0].paragraphs[0]
    assert sentence.text == (
        "No incident is told of in January and February 2018, against one in November and December "
        "2017; silence is no change."
    )


def test_what_came_about_in_the_period_is_no_plan_any_more(shelf):
    plan = act("p", "2018-02-01", "CHN", "AGREE", status="planned", rule="consult/visit")
    open_still = act("q", "2018-02-20", "CHN", "SUPPORT", status="planned", rule="support/sign")
    shelf.documents["a"] = (msgspec.structs.replace(shelf.source("a"), published="2018-01-10"),
                            shelf.documents["a"][1])  # fmt: skip
    events = {"CHN": [plan, act("v", "2018-02-01", "CHN", mode="visit"), open_still]}
    made = compose_issue(events, shelf, "BLR", since=date(2018, 1, 1), until=date(2018, 2, 28))
    assert [sentence.text for sentence in made.partners[0].paragraphs[2]] == [
        "Belarus was to sign an agreement with China on 20 February 2018."
    ]


@pytest.mark.parametrize(
    ("share", "name"),
    [
        (None, "grey"),
        (0, "green"),
        (0.2, "green"),
        (0.21, "yellow"),
        (0.5, "orange"),
        (0.61, "red"),
    ],
)
def test_colours_follow_the_stated_rule(share, name):
    assert colour(share) == name


def test_the_page_stands_alone_and_its_drawings_are_well_formed(made):
    page = to_html(made)
    assert "<script" not in page
    assert "default-src 'none'" in html.unescape(page)
    drawings = [part.partition("</svg>")[0] + "</svg>" for part in page.split("<svg")[1:]]
    assert len(drawings) == 4
    for drawing in drawings:
        ET.fromstring("<svg" + drawing)
    for number in range(1, len(made.citations) + 1):
        assert f'id="c{number}"' in page


def test_markdown_has_its_table_and_catalogue(made):
    text = to_markdown(made)
    assert "| United States | +9 | +10 | 3 | green |" in text
    assert "## Catalogue of incidents" in text


@pytest.mark.parametrize(
    ("partners", "since", "until"),
    [
        ([], date(2018, 1, 1), date(2018, 2, 28)),
        (["BLR"], date(2018, 1, 1), date(2018, 2, 28)),
        (["USA"], date(2018, 3, 1), date(2018, 2, 28)),
    ],
)
def test_impossible_issues_are_refused(shelf, partners, since, until):
    with pytest.raises(InputError):
        compose_issue({p: [] for p in partners}, shelf, "BLR", since=since, until=until)


def test_an_issue_says_how_many_of_its_incidents_were_imported(shelf, made):
    assert "Counted" not in dict(made.colophon)
    events = {
        "USA": [act("u1", "2018-01-10", "USA"), act("icews:1", "2018-01-10", "USA", span=(0, 0))]
    }
    span = {"since": date(2018, 1, 1), "until": date(2018, 2, 28)}
    mixed = compose_issue(events, shelf, "BLR", **span)
    assert dict(mixed.colophon)["Counted"] == (
        "one incident coded here and one imported: an act told in both counts twice"
    )
