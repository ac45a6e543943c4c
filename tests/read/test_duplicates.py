import itertools

import pytest

from detente.model import Block, Document, document_id
from detente.read.duplicates import THRESHOLD, NearDuplicates, clusters, jaccard, shingles_of


def document(headline, *paragraphs):
    text = "\n\n".join((headline, *paragraphs))
    ends = list(itertools.accumulate(len(part) + 2 for part in (headline, *paragraphs)))
    starts = [0, *ends[:-1]]
    spans = [
        Block(kind="paragraph" if n else "headline", start=start, end=end - 2)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return Document(id=document_id(text), source="x", text=text, blocks=tuple(spans))


LEAD = (
    "The foreign ministers of Latvia and Belarus met in Daugavpils on Tuesday to discuss the"
    " reopening of two road crossings that were closed in the spring, the Latvian ministry said."
)
MIDDLE = (
    "Both sides described the talks as businesslike. A working group of customs officers and border"
    " guards will draw up a timetable by the end of the month, according to the statement, and"
    " hauliers will be consulted before any change of the opening hours."
)
TAIL = (
    "Freight traffic through the eastern crossings fell by a third last year. Carriers on both sides"
    " have complained of queues of up to three days."
)
STORY = document("Ministers discuss border crossings", LEAD, MIDDLE, TAIL)
CUT = document("Ministers discuss border crossings", LEAD, MIDDLE)
RETITLED = document("Riga and Minsk look at reopening roads", LEAD, MIDDLE, TAIL)
CREDITED = document(
    "Ministers meet", "DAUGAVPILS (Agency) -", LEAD, MIDDLE, TAIL, "Reporting by A. Writer"
)
EDITED = document(
    "Ministers discuss crossings",
    LEAD.replace("on Tuesday to discuss", "on Tuesday and discussed"),
    MIDDLE.replace("described the talks as businesslike", "called the talks businesslike"),
    TAIL,
)
ONE_STORY = [STORY, CUT, RETITLED, CREDITED, EDITED]

SECOND_MEETING = document(
    "Ministers meet again",
    "The foreign ministers of Latvia and Belarus met in Vitebsk on Friday to sign a protocol on the"
    " exchange of railway data, the Latvian ministry said.",
    "Both sides described the talks as businesslike. Officials of the two railways will test the"
    " exchange for half a year, according to the statement, before it is extended to other carriers.",
    "Rail freight between the two countries has grown since the summer.",
)
SAME_FORM = document(
    "Ministers discuss fishing",
    LEAD.replace("Latvia and Belarus", "Estonia and Finland")
    .replace("Daugavpils on Tuesday", "Tallinn on Thursday")
    .replace("reopening of two road crossings that were closed in the spring", "quota for herring")
    .replace("Latvian", "Estonian"),
    "The talks were the third this year. Fishermen of both countries want the quota to be raised"
    " before the winter, and a commission of biologists is to report in November.",
)
OTHER_STORIES = [SECOND_MEETING, SAME_FORM]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(ONE_STORY, 2)))
def test_retellings_of_one_story_are_one(one, other):
    assert jaccard(shingles_of(one), shingles_of(other)) >= THRESHOLD + 0.05
    assert len(set(clusters([one, other]).values())) == 1


@pytest.mark.parametrize("other", OTHER_STORIES)
@pytest.mark.parametrize("story", ONE_STORY)
def test_two_meetings_of_the_same_people_are_two(story, other):
    assert jaccard(shingles_of(story), shingles_of(other)) <= THRESHOLD - 0.2
    assert len(set(clusters([story, other]).values())) == 2


def test_groups_do_not_depend_on_the_order():
    documents = ONE_STORY + OTHER_STORIES
    expected = clusters(documents)
    assert len(set(expected.values())) == 3
    assert expected[STORY.id] == min(one.id for one in ONE_STORY)
    for shift in range(len(documents)):
        assert clusters(documents[shift:] + documents[:shift]) == expected
        assert clusters(reversed(documents)) == expected


def test_documents_are_added_one_by_one():
    groups = NearDuplicates()
    assert groups.add(SECOND_MEETING) is None
    assert groups.add(STORY) is None
    assert groups.add(CUT) == min(STORY.id, CUT.id)
    assert groups.add(STORY) == groups.group(CUT.id)
    assert groups.group(SECOND_MEETING.id) == SECOND_MEETING.id


def test_short_texts_are_compared_as_a_whole():
    one, other = document("A", "They met."), document("B", "They met on Monday.")
    assert len(set(clusters([one, other]).values())) == 2
    assert len(set(clusters([one, document("C", "They met!")]).values())) == 1
