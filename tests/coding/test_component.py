"""The coder inside somebody's spaCy pipeline."""

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy

import detente.coding.component
from detente.errors import PipelineError
from detente.settings import Settings

pytestmark = pytest.mark.model

TEXT = (
    "Talks in Riga\n\nOn 3 May 2017, Polish Foreign Minister Witold Waszczykowski met the Latvian "
    "defence minister in Riga. The bakery opens at seven. On Monday Poland expelled two Russian "
    "diplomats."
)


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.load(Settings().model)
    nlp.add_pipe("detente_events", config={"published": "2017-05-10"}, last=True)
    return nlp


def test_another_pipeline_is_loaded_without_the_coder():
    script = (
        "import sys, detente.coding.component\nassert 'detente.coding.pipeline' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_events_stand_on_the_document_with_offsets_into_it(nlp):
    doc = nlp(TEXT)
    met, expelled = doc._.detente_events
    assert (met.type, met.date) == ("CONSULT", "2017-05-03")
    assert doc.text[slice(*met.source[0].span)] == "Polish Foreign Minister Witold Waszczykowski"
    assert (expelled.type, expelled.source[0].code, expelled.date) == (
        "SANCTION",
        "POL",
        "2017-05-08",
    )


def test_a_document_brings_its_own_publication_date(nlp):
    doc = nlp.make_doc("On Monday Poland expelled two Russian diplomats.")
    doc._.detente_published = "2018-03-28"
    [event] = nlp(doc)._.detente_events
    assert event.date == "2018-03-26"


def test_the_same_events_come_from_a_pipe(nlp):
    assert [d._.detente_events for d in nlp.pipe([TEXT, ""])] == [nlp(TEXT)._.detente_events, ()]


def test_a_pipeline_without_a_parser_is_refused():
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_events")
    with pytest.raises(PipelineError, match="no TAG, POS, LEMMA, DEP"):
        nlp("Poland expelled two Russian diplomats.")


def test_a_pipeline_of_another_language_is_refused():
    with pytest.raises(PipelineError, match="'de'"):
        spacy.blank("de").add_pipe("detente_events")


def test_the_entry_point_names_the_component():
    path = Path(__file__).parents[2] / "pyproject.toml"
    points = tomllib.loads(path.read_text(encoding="utf-8"))["project"]["entry-points"]
    module, _, name = points["spacy_factories"]["detente_events"].partition(":")
    assert getattr(import_module(module), name) is detente.coding.component.EventComponent
