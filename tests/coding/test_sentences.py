from detente.coding import sentences
from detente.model import Block, Document, document_id


def document(*blocks: str, headline: str | None = None) -> Document:
    parts = ([headline] if headline is not None else []) + list(blocks)
    text = "\n\n".join(parts)
    spans, start = [], 0
    for number, part in enumerate(parts):
        kind = "headline" if headline is not None and number == 0 else "paragraph"
        spans.append(Block(kind=kind, start=start, end=start + len(part)))
        start += len(part) + 2
    return Document(id=document_id(text), source="test", text=text, blocks=tuple(spans))


def texts(*blocks: str, headline: str | None = None) -> list[str]:
    return [s.text for s in sentences.split(document(*blocks, headline=headline))]


def test_headline_is_sentence_zero_and_never_joins_the_first_sentence():
    cut = sentences.split(document("Riga said so. Vilnius did not.", headline="Riga speaks"))
    assert [(s.number, s.headline, s.text) for s in cut] == [
        (0, True, "Riga speaks"),
        (1, False, "Riga said so."),
        (2, False, "Vilnius did not."),
    ]


def test_offsets_count_in_the_document():
    source = document("One came. Two left.", "Three stayed.", headline="Head")
    for sentence in sentences.split(source):
        assert source.text[sentence.start : sentence.end] == sentence.text
    assert [s.paragraph for s in sentences.split(source)] == [0, 1, 1, 2]


def test_titles_and_initials_end_no_sentence():
    assert texts(
        "On Sept. 4 U.S. Lt. Gen. Ann Doe met Col. B. Roe, i.e. the chief. They left."
    ) == [
        "On Sept. 4 U.S. Lt. Gen. Ann Doe met Col. B. Roe, i.e. the chief.",
        "They left.",
    ]


def test_a_title_may_begin_a_sentence():
    assert texts("The firm said so. Dr. Ann Doe met Sen. Bob Roe. It rained.") == [
        "The firm said so.",
        "Dr. Ann Doe met Sen. Bob Roe.",
        "It rained.",
    ]


def test_a_sentence_without_end_is_cut_at_a_space():
    cut = texts("word " * 1_000)
    assert len(cut) == 3
    assert all(len(text) <= sentences.LONGEST for text in cut)
    assert " ".join(cut) == ("word " * 1_000).strip()


def test_an_empty_document_has_no_sentence():
    assert sentences.split(document()) == ()


def test_a_dateline_belongs_to_no_sentence():
    cut = sentences.split(
        document("MINSK, Sept 20 (Example Wire) - Poland spoke. MINSK, too.", headline="A")
    )
    assert [s.text for s in cut] == ["A", "Poland spoke.", "MINSK, too."]


def test_a_name_in_capitals_is_no_dateline():
    assert texts("NATO - the alliance of 28 - spoke.") == ["NATO - the alliance of 28 - spoke."]


def test_a_town_before_a_colon_is_a_dateline_but_a_speaker_is_none():
    assert texts("New Delhi: Peru met Chile in India.") == ["Peru met Chile in India."]
    assert texts("Lavrov: We met them in Minsk today.") == ["Lavrov: We met them in Minsk today."]


def test_links_tags_and_credits_are_no_sentences():
    page = (
        "Oslo met Riga.",
        "Read also: Chad accuses Libya",
        "Tags: #chad",
        "ADVERTISEMENT",
        "© Press",
    )
    assert texts(*page) == ["Oslo met Riga."]
