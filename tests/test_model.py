import json

from detente.model import Document, Event, Forecast, Horizon, document_id, record_id, to_line


def test_lines_name_their_record_and_keep_nulls():
    event = Event(id="e1", doc="d", sentence=4, span=(5, 9), type="CONSULT")
    line = json.loads(to_line(event))
    assert list(line)[:6] == ["record", "id", "doc", "sentence", "span", "type"]
    assert (line["record"], line["place"], line["attribution"]) == ("event", None, [])


def test_horizon_is_written_from_to():
    forecast = Forecast(
        id="f", doc="d", sentence=1, span=(0, 1), horizon=Horizon(start="2016-09-26")
    )
    assert json.loads(to_line(forecast))["horizon"] == {
        "text": None,
        "from": "2016-09-26",
        "to": None,
        "basis": "default",
    }


def test_ids_depend_on_content_alone():
    assert document_id("a") == document_id("a") != document_id("b")
    assert record_id("e", "d", (1, 2)) == record_id("e", "d", [1, 2]) != record_id("e", "d", (1, 3))
    assert record_id("e", 1)[0] == "e"
    assert len(record_id("e", 1)) == 17


def test_documents_are_frozen():
    document = Document(id="x", source="s", text="", blocks=())
    try:
        document.text = "y"  # type: ignore[misc]
    except AttributeError:
        return
    raise AssertionError("a document can be changed")
