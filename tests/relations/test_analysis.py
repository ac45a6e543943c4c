"""The calls that commands make, on a stand-in that answers like a casebook's view."""

from datetime import date

import pyarrow as pa
import pytest

from detente.casebook import columns
from detente.errors import InputError
from detente.model import Actor, Claim, DocumentRecord, Event
from detente.relations import analysis
from detente.relations.scope import Scope

MFA = (Actor(code="EST.MFA", country="EST", institution="MFA"),)
FIN = (Actor(code="FIN.MFA", country="FIN", institution="MFA"),)
RUS = (Actor(code="RUS", country="RUS"),)


class Shelf:
    """Holds events; ``event_columns`` and ``records`` filter by nothing, as ``analysis`` filters again."""

    def __init__(self, *events):
        self.held = events

    def event_columns(self, columns_, *, parties, imported, as_of, since=None, until=None):
        document = DocumentRecord(id="d", source="d", publisher="Wire", published="2016-06-01")
        held = () if imported else self.held
        rows = [columns.event_row(event, document, shard="s") for event in held]
        return pa.Table.from_pylist(rows, schema=columns.EVENTS).select(columns_)

    def records(self, *, parties, as_of):
        return list(self.held)

    def claims(self, *, parties, kind, as_of):
        mission = Claim(
            id="c", doc="d", sentence=1, span=(0, 1), kind="channel", institution="EMB",
            subject=(Actor(code="EST", country="EST"),), accreditation="concurrent",
        )  # fmt: skip
        return [mission] if kind == "channel" else []

    def documents(self, *, as_of):
        return pa.table({"id": ["d"], "published": ["2016-06-01"]})


def event(name, day, **values):
    given = {"id": name, "doc": "d", "sentence": 0, "span": (0, 1), "type": "CONSULT", "date": day,
             "date_precision": "day", "date_basis": "text", "source": MFA, "target": FIN,
             "domain": "energy", "incident": name}  # fmt: skip
    return Event(**(given | values))


@pytest.fixture
def view():
    return Shelf(
        event("a", "2016-05-03"),
        event("b", "2016-06-03", domain="military"),
        event("c", "2016-06-04", target=RUS),
        event("d", "2016-07-03", status="proposed", type="AGREE"),
    )


def test_index_with_and_without_correction(view):
    found = analysis.index(view, "EST", "FIN")
    assert [(b.incidents, b.index) for b in found.bins] == [(1, 1.0), (1, 1.0)]
    corrected = analysis.index(view, "EST", "FIN", corrected=True)
    assert [b.index for b in corrected.bins] == [None, 1.0]
    narrow = analysis.index(view, "EST", "FIN", scope=Scope(domain="military"), unit="year")
    assert [b.catalogue for b in narrow.bins] == [("b",)]


def test_the_other_questions_have_answers(view):
    shares, replaced = analysis.agenda(view, "EST", "FIN")
    assert (shares[0].incidents, replaced) == (2, ())
    held, taken = analysis.competence(view, "EST", "FIN")
    assert (held[0].holdings[0].institution, taken) == ("EST.MFA", None)
    (cell,), news = analysis.channels(view, "EST", "FIN")
    assert (cell.a, cell.b, cell.contacts, cell.state) == ("EST.MFA", "FIN.MFA", 2, "open")
    assert news == ()  # the file begins with the first contact
    (proposal,) = analysis.proposals(view, "EST", "FIN")
    assert (proposal.outcome, proposal.told) == ("open", date(2016, 6, 1))
    assert analysis.shifts(view, "EST", "FIN").shifts == ()
    assert analysis.ceiling(view, "EST", "FIN", "RUS").verdict == "too few events to say"
    both = analysis.compare(view, "EST", ["FIN", "RUS"], unit="year")
    assert {name: one.counts() for name, one in both.items()} == {"FIN": [2], "RUS": [1]}


def test_results_become_rows_and_tables(view):
    found = analysis.index(view, "EST", "FIN", unit="year")
    (row,) = analysis.to_table(found).to_pylist()
    assert (row["start"], row["incidents"]) == (date(2016, 1, 1), 2)
    assert row["catalogue"] == ["a", "b"]
    found = analysis.to_table(analysis.proposals(view, "EST", "FIN"))
    assert found.column("outcome")[0].as_py() == "open"


def test_nothing_known_gives_nothing():
    empty = Shelf()
    assert analysis.index(empty, "EST", "FIN").bins == ()
    assert analysis.agenda(empty, "EST", "FIN") == ((), ())
    assert analysis.competence(empty, "EST", "FIN") == ((), None)
    assert analysis.channels(empty, "EST", "FIN") == ((), ())
    assert analysis.proposals(empty, "EST", "FIN") == ()
    with pytest.raises(InputError, match="nothing dated"):
        analysis.ceiling(empty, "EST", "FIN", "RUS")


def test_channels_of_a_mission_tell_how_it_is_accredited(view):
    embassy = (Actor(code="EST.EMB", country="EST", institution="EMB"),)
    missions = Shelf(*view.held, event("e", "2016-06-05", source=embassy))
    pairs, _ = analysis.channels(missions, "EST", "FIN")
    assert {one.a: one.accreditation for one in pairs} == {"EST.EMB": "concurrent", "EST.MFA": None}
