import datetime

import pytest

from detente.coding import dates
from detente.coding.types import Sentence


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 5 May 2009 the minister flew home.", datetime.date(2009, 5, 5)),
        ("The minister flew home in March 2009.", datetime.date(2009, 3, 16)),
        ("The minister defended the 2015 deal.", None),
        ("The minister flew home on Monday.", None),
        ("In 2031 the minister will retire.", None),
        ("On 20 April 2018 the minister flew home.", None),
    ],
)
def test_the_day_that_a_sentence_tells_of(text, day):
    sentence = Sentence(number=3, start=0, end=len(text), text=text)
    assert dates.told([sentence], "2018-05-01").get(3) == day


def test_nothing_is_told_without_a_publication_date():
    sentence = Sentence(number=0, start=0, end=10, text="In 2009 he left.")
    assert dates.told([sentence], None) == {}
