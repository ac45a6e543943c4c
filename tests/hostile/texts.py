"""A: text and encoding. G: what the coder must bear."""

from __future__ import annotations

import random

from hostile.case import Input, one

EVENT = "On 3 May 2017 Polish Foreign Minister Witold Waszczykowski met Latvian officials in Riga."
GREEK = (
    "Ο υπουργός Εξωτερικών συναντήθηκε με τον ομόλογό του στην Αθήνα και μίλησαν για το εμπόριο."
)
RUSSIAN = (
    "Министр иностранных дел прибыл в столицу и провёл переговоры со своим коллегой о торговле. "
)
CHINESE = "外交部长星期三在首都会见了邻国代表团，双方讨论了贸易、过境和海关问题，并同意继续对话。"
JAPANESE_RTL = (
    "التقى وزير الخارجية بنظيره في العاصمة وبحثا التجارة والعبور والجمارك واتفقا على مواصلة الحوار."
)


def _empty(folder):
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(b" \n\t \xc2\xa0\n")


def _surrogate(folder):
    line = (
        '{"text": "On 3 May 2017 Polish officials met Latvian officials in Riga \\ud800 again."}\n'
    )
    (folder / "a.jsonl").write_text(line)


def _wide(folder):
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"):
        (folder / f"{name}.txt").write_bytes(f"{EVENT} As {name} has it.".encode(name))


def _legacy(folder):
    (folder / "a.txt").write_bytes((RUSSIAN * 8).encode("koi8-r"))
    (folder / "b.txt").write_bytes((RUSSIAN * 9).encode("windows-1251"))
    (folder / "c.txt").write_bytes((CHINESE * 8).encode("gb18030"))
    (folder / "d.txt").write_bytes((CHINESE * 9).encode("big5", "ignore"))
    (folder / "e.txt").write_bytes(
        (EVENT + " It was “fine”, said François.\n\n").encode("cp1252") * 3
    )


def _declared(folder):
    page = f'<html><head><meta charset="latin-1"></head><body><p>{GREEK}</p></body></html>'
    (folder / "a.html").write_bytes(page.encode("utf-8"))


def _normal_forms(folder):
    import unicodedata

    text = f"{EVENT} Émile Durand était là."
    (folder / "c.txt").write_text(unicodedata.normalize("NFC", text), encoding="utf-8")
    (folder / "d.txt").write_text(unicodedata.normalize("NFD", text), encoding="utf-8")


def _ends(folder):
    rows = f'{{"text": "{EVENT}\u2028It rained."}}\r\n{{"text": "It rained again."}}\n'
    (folder / "a.jsonl").write_bytes(rows.encode("utf-8"))


def _long(folder):
    chance = random.Random(3)
    names = ("Poland", "Latvia", "Estonia", "Lithuania", "the ministers", "the bakery", "the port")
    parts = []
    while sum(map(len, parts)) < 725_000:
        words = " ".join(chance.choice(names) + " spoke of trade with" for _ in range(8))
        political = EVENT if len(parts) % 10 == 0 else "The bakery opens at seven on Mondays."
        rest = f"Then {words} others." if political == EVENT else "Its buns are liked best. " * 8
        parts.append(f"{political} {rest} Number {len(parts)}.")
    (folder / "a.txt").write_text("\n\n".join(parts))


A = (
    Input(number=1, title="empty and white-space documents", make=_empty, coded=0),
    Input(
        number=2, title="NUL and other control characters",
        make=one("a.txt", EVENT[:20] + "\x00\x01\x07" + EVENT[20:] + "\x85\x9f"),
        coded=1, flags=frozenset({"controls_removed"}),
    ),
    Input(
        number=3, title="lone surrogates", make=_surrogate, coded=1,
        flags=frozenset({"surrogates_replaced"}),
    ),
    Input(
        number=4, title="invalid UTF-8", make=one("a.txt", b"\x80\x81\x8d\x8f\x90\xfe\xff" * 300),
        codes=frozenset({"encoding"}), coded=0,
    ),
    Input(number=5, title="UTF-16 and UTF-32, with and without a mark", make=_wide, coded=5, holds="Riga"),
    Input(number=6, title="wrongly declared character set", make=_declared, coded=1, holds="συναντήθηκε"),
    Input(number=7, title="Windows-1252, GB18030, KOI8, Big5", make=_legacy, coded=5, holds="переговоры"),
    Input(
        number=8, title="bidi overrides, zero-width and tag characters",
        make=one("a.txt", EVENT.replace("Riga", "Ri\u200bga\u202e\u2066\U000e0041")),
        coded=1, holds="Riga", lacks="\u202e",
    ),
    Input(
        number=9, title="an actor's name in look-alike letters",
        make=one("a.txt", EVENT.replace("Latvian", "L\u0430tvi\u0430n")), coded=1,
    ),
    Input(
        number=10, title="6,000 combining marks on one letter",
        make=one("a.txt", EVENT + " Z" + "\u0301\u0489" * 3_000 + "algo."), coded=1, seconds=10,
    ),
    Input(number=11, title="one word of 50,000 characters", make=one("a.txt", EVENT + " " + "x" * 50_000), coded=1),
    Input(number=12, title="mixed line ends, U+2028 in JSON Lines", make=_ends, coded=2),
    Input(number=13, title="one text in two normal forms is one document", make=_normal_forms, coded=1),
    Input(
        number=14, title="right-to-left text, and Chinese without spaces",
        make=one("a.txt", JAPANESE_RTL + "\n\n" + CHINESE), coded=1,
    ),
)  # fmt: skip

G = (
    Input(number=66, title="one document of 725 kB", make=_long, coded=1, seconds=120, megabytes=500),
    Input(
        number=67, title="20,000 words without punctuation",
        make=one("a.txt", "the ministers of Poland and Latvia met in Riga and then " * 2_000),
        coded=1, seconds=60,
    ),
    Input(
        number=68, title="20,000 sentences of two words",
        make=one("a.txt", "Poland agreed. Latvia refused. " * 10_000), coded=1, seconds=120,
    ),
    Input(number=69, title="thousands of emoji", make=one("a.txt", EVENT + " 🤝🇵🇱🇱🇻👩‍👩‍👧‍👦" * 3_000), coded=1, seconds=60),
    Input(number=70, title="a document in another language", make=one("a.txt", RUSSIAN * 20), coded=1),
)  # fmt: skip
