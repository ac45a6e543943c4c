"""What one document states fills the gaps of the next."""

from detente.coding.actors.taught import Taught
from detente.coding.types import Mention
from detente.model import Actor, Document, document_id
from detente.registers.entries import RejectedEntry


def teach(taught: Taught, text: str = "one", day: str = "2020-01-05", **changes: str) -> None:
    fields = {
        "code": "LVA.EMB", "country": "LVA", "institution": "EMB", "person": "Ilze Ozola",
        "role": "envoy", "rank": "envoy", "how": "role phrase", "surface": "Latvian envoy Ilze Ozola",
    }  # fmt: skip
    actor = Actor(**{**fields, **changes}, span=(0, 24))
    mention = Mention(start=0, end=24, head=2, actors=(actor,), kind="role")
    document = Document(id=document_id(text), source="t", text=text, blocks=(), published=day)
    taught.add(document, {0: (mention,)})


def test_a_full_name_is_found_around_the_day():
    taught = Taught()
    teach(taught)
    found = taught.find("Ilze Ozola", day="2020-06-01", about=())
    assert found is not None
    assert (found.code, found.role) == ("LVA.EMB", "envoy")
    assert taught.find("Ilze Ozola", day="2022-06-01", about=()) is None


def test_a_surname_needs_its_country():
    taught = Taught()
    teach(taught)
    assert taught.find("Ozola", day=None, about=("POL",)) is None
    assert taught.find("Ozola", day=None, about=("LVA",)) is not None


def test_the_latest_role_counts():
    taught = Taught()
    teach(taught)
    teach(taught, "two", "2020-03-01", code="LVA.MFA", institution="MFA", rank="deputy minister")
    found = taught.find("Ilze Ozola", day="2020-03-02", about=())
    assert found is not None
    assert found.code == "LVA.MFA"


def test_two_persons_of_one_surname_are_nobody():
    taught = Taught()
    teach(taught)
    teach(taught, "two", person="Anna Ozola", surface="Latvian envoy Anna Ozola")
    assert taught.find("Ozola", day=None, about=("LVA",)) is None


def test_a_rejected_role_is_not_learned():
    taught = Taught([RejectedEntry(person="Ilze Ozola", code="LVA", institution="EMB")])
    teach(taught)
    assert taught.find("Ilze Ozola", day=None, about=()) is None
