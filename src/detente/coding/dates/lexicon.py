"""The words of date expressions, and the pieces of regular expressions built from them."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}

NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "zero", "one a an", "two", "three", "four", "five", "six", "seven", "eight", "nine",
            "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen", "twenty",
        )
    )
    for name in names.split()
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}  # fmt: skip

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "final": 4, "last": 4,
}  # fmt: skip

FEW = {"several", "a few", "few", "some", "many", "a couple of", "a number of"}
"""Counts that are no number; what they count is vague."""

DECADES = {
    name: 1900 + 10 * number
    for number, name in enumerate(
        ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties",
         "nineties"),
        start=2,
    )
}  # fmt: skip

WINDOWS = {"day": ("day", 7), "week": ("week", 6), "month": ("month", 6), "year": ("year", 5),
           "decade": ("year", 30)}  # fmt: skip
"""How far "the coming weeks" or "recent years" reach from the publication date: a convention."""

SOON = ("month", 3)
"""How far "soon" and "recently" reach from the publication date: a convention."""

SOME_TIME = ("month", 6)
"""How long "for some time" lasts under a predicate that looks ahead: a convention."""

FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = f"(?:{FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\\b\\.?)"
MONTH_CAPITALS = MONTH.replace(FULL_MONTH, f"{FULL_MONTH}|{FULL_MONTH.upper()}").replace(
    "Jan|", "JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC|Jan|"
)
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
UNIT = "(?:day|week|month|quarter|year|decade|centur(?:y|ie))"
SEASON = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
YEAR = "(?:1[5-9]|20)\\d\\d"
NUMBER = (
    "(?:a couple of|a number of|a few|several|few|some|many|twenty|thirty|forty|fifty|sixty|"
    "ninety|(?:four|six|seven|eight|nine)teen|thirteen|fifteen|eleven|twelve|ten|nine|eight|"
    "seven|six|five|four|three|two|one|an?|\\d{1,3})"
)
PART = "(?:early|mid|late|beginning|start|end|close|middle)"

AMBIGUOUS_MONTHS = {"may", "march", "april", "june", "august"}
"""Months that are also verbs, names or adjectives: bare, they need a word before them."""

COUNTED = (
    "people|troops|soldiers|men|women|children|tonnes|tons|km|kilometres|kilometers|metres|"
    "meters|miles|dollars|euros|rubles|roubles|pounds|yuan|workers|employees|police|officers|"
    "houses|homes|families|refugees|migrants|tanks|vehicles|rounds|shells|missiles|votes|"
    "protesters|demonstrators|civilians|victims|others|times|delegates|hectares|barrels|items|"
    "cases|deaths|prisoners|fighters|militants|rebels|villagers|persons|students|guests|"
    "percent|per cent|units|copies|tractors|pilgrims|passengers|aircraft|megawatts"
)
"""Nouns that make a four-figure number a count."""


def number_of(words: str) -> int | None:
    """Return the number that words stand for, or None where they are vague."""
    lowered = words.lower()
    if lowered in FEW:
        return None
    if lowered.isdigit():
        return int(lowered)
    return NUMBERS.get(lowered)


def unit_of(words: str) -> str:
    """Return the unit in the singular."""
    lowered = words.lower().rstrip("'’")
    if lowered.startswith("centur"):
        return "century"
    return lowered.removesuffix("s")


def month_of(words: str) -> int:
    """Return the number of a month's name or abbreviation."""
    return MONTHS[words.lower().rstrip(".")]
