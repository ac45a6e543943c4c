"""Regular and irregular English forms of a verb or noun, for scanning text before it is parsed.

It makes too many forms rather than too few ("metted"): a form that no text holds costs nothing.
"""

from __future__ import annotations

_IRREGULAR = """
be am is are was were been being 's|become became|begin began begun|break broke broken|bring brought
build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|cut|deal dealt
do does did done|draw drew drawn|drive drove driven|fall fell fallen|feel felt|fight fought
find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go goes went gone
have has had|hear heard|hide hid hidden|hit|hold held|keep kept|know knew known|lay laid lain
lead led|leave left|lend lent|let|lie lay lain lying|lose lost|make made|mean meant|meet met
overthrow overthrew overthrown|pay paid|put|quit|read|rescind|rise rose risen|run ran
say said|see saw seen|seek sought|sell sold|send sent|set|shake shook shaken|shoot shot|show shown
shut|sit sat|slay slew slain|speak spoke spoken|spend spent|split|stand stood|steal stole stolen
stick stuck|strike struck stricken|swear swore sworn|sweep swept|take took taken|teach taught
tear tore torn|tell told|think thought|throw threw thrown|undergo underwent undergone
understand understood|undertake undertook undertaken|uphold upheld|withdraw withdrew withdrawn
withhold withheld|win won|wound|write wrote written|lift|overcome overcame|retake retook retaken
foresee foresaw foreseen|rebuild rebuilt|resell resold|rethink rethought|undercut|cast|cost|hurt
bid bade bidden|bind bound|bear bore borne|beat beaten|bend bent|blow blew blown|dig dug|grow grew grown
swing swung|spread|shed|ring rang rung|sink sank sunk|spring sprang sprung|hang hung hanged|weep wept
""".replace("\n", "|")
_FORMS = {line.split()[0]: frozenset(line.split()) for line in _IRREGULAR.split("|") if line}
_PREFIXES = ("un", "re", "over", "under", "out", "fore", "mis")
_VOWELS = "aeiou"


def _regular(lemma: str) -> set[str]:
    found = {lemma, lemma + "s", lemma + "ed", lemma + "ing"}
    if lemma.endswith("e"):
        found |= {lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("ie"):
        found.add(lemma[:-2] + "ying")
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        found |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        found.add(lemma + "es")
    if lemma.endswith(("f", "fe")):
        found.add(lemma.rstrip("e")[:-1] + "ves")
    if len(lemma) > 2 and lemma[-1] not in _VOWELS + "wxy" and lemma[-2] in _VOWELS:
        found |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    if lemma.endswith("c"):
        found |= {lemma + "ked", lemma + "king"}
    return found


def forms(lemma: str, *, noun: bool = False) -> frozenset[str]:
    """Return the lower-case forms of a lemma.

    Args:
        lemma: The dictionary form; of ``travel-ban`` only the last word is inflected.
        noun: True for a noun, whose irregular verb forms are not wanted.

    Returns:
        All forms, the lemma among them: ``forms("meet")`` holds ``met`` and ``meeting``.
    """
    word = lemma.lower().rpartition("-")[2]
    found = _regular(word)
    if not noun:
        found |= _FORMS.get(word, frozenset()) or _prefixed(word)
    return frozenset(found)


def _prefixed(word: str) -> set[str]:
    """Return the irregular forms of ``unfreeze`` or ``resend``, which go like the verb within."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and word.removeprefix(prefix) in _FORMS:
            return {prefix + form for form in _FORMS[word.removeprefix(prefix)]}
    return set()


_PLURALS = (
    ("man", "men"),
    ("person", "people"),
    ("child", "children"),
    ("wife", "wives"),
    ("thief", "thieves"),
)


def plural(noun: str) -> str:
    """Return the plural of a noun or noun phrase: ``plural("security company")`` is ``security companies``."""
    for end, many in _PLURALS:
        if noun.endswith(end):
            return noun.removesuffix(end) + many
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
