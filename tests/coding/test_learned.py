from detente.coding.actors.learned import (
    Evidence,
    Learned,
    conflicts,
    contradictions,
    learn,
    merge,
)
from detente.coding.types import Mention
from detente.model import Actor, Document, document_id


def taught(text: str, day: str, **changes: str) -> tuple[Learned, ...]:
    document = Document(id=document_id(text), source="t", text=text, blocks=(), published=day)
    fields = {
        "code": "POL.MFA", "country": "POL", "institution": "MFA", "person": "Ada Example",
        "role": "Foreign Minister", "rank": "minister", "how": "role phrase",
        "surface": "Polish Foreign Minister Ada Example",
    }  # fmt: skip
    actor = Actor(**{**fields, **changes}, span=(0, 35))
    mention = Mention(start=0, end=35, head=4, actors=(actor,), kind="role")
    return learn(document, {0: (mention, mention)})


def test_a_stated_role_is_learned_once_with_its_evidence():
    (entry,) = taught("one", "2020-01-05")
    assert entry == Learned(
        person="Ada Example", code="POL", institution="MFA", role="Foreign Minister",
        rank="minister", first="2020-01-05", last="2020-01-05", support=1,
        evidence=(
            Evidence(doc=document_id("one"), span=(0, 35),
                     surface="Polish Foreign Minister Ada Example", date="2020-01-05"),
        ),
    )  # fmt: skip


def test_what_was_inferred_teaches_nothing():
    assert taught("one", "2020-01-05", how="coreference: the minister") == ()
    assert taught("one", "2020-01-05", person="Example") == ()


def test_support_counts_documents_whatever_the_order():
    one, two = taught("one", "2020-01-05"), taught("two", "2019-03-01")
    merged = merge(one, two, one)
    assert merged == merge(two, one, one)
    (entry,) = merged
    assert (entry.first, entry.last, entry.support) == ("2019-03-01", "2020-01-05", 2)


def test_a_contradiction_of_the_register_is_listed():
    (entry,) = taught(
        "one", "2010-01-05", person="Angela Merkel", surface="Polish ... Angela Merkel"
    )
    (conflict,) = conflicts([entry])
    assert (conflict.code, conflict.institution) == ("DEU", "HOG")
    assert list(conflicts(taught("one", "2010-01-05"))) == []


def test_two_ministers_at_once_contradict_each_other():
    entries = merge(
        taught("one", "2020-01-05"),
        taught("two", "2020-01-05", person="Bo Other", surface="Polish Foreign Minister Bo Other"),
    )
    found = contradictions(entries)
    assert {key[0]: texts for key, texts in found.items()} == {
        "ada example": ("Bo Other is told of in the same office at the same time",),
        "bo other": ("Ada Example is told of in the same office at the same time",),
    }


def test_a_document_that_tells_it_twice_counts_once():
    many = [taught(f"text {number}", "2020-01-05") for number in range(8)]
    (entry,) = merge(*many, *many)
    assert entry.support == 8
