"""Texts made to keep the enricher busy, by shape, in any length. Our own words."""

import random
from collections.abc import Callable
from typing import Final

Shape = Callable[[int], str]
"""Builds a text of so many characters."""


def repeated(piece: str) -> Shape:
    """Return the shape of one piece again and again."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def made(make: Callable[[random.Random], str]) -> Shape:
    """Return the shape of pieces that differ, the same for the same length."""

    def shape(length: int) -> str:
        chance, pieces, size = random.Random(7), list[str](), 0
        while size < length:
            pieces.append(make(chance))
            size += len(pieces[-1])
        return "".join(pieces)[:length]

    return shape


def both(one: Shape, other: Shape) -> Shape:
    """Return the shape of two halves."""
    return lambda length: (one(length // 2) + " " + other(length))[:length]


def ended(begin: str, piece: str, end: str) -> Shape:
    """Return the shape of a near miss: all of one kind, but for the last characters."""
    return lambda length: (begin + repeated(piece)(length))[: length - len(end)] + end


def word(chance: random.Random, letters: int = 5) -> str:
    """Return a word with a capital that is no word."""
    return "".join(chance.choice("abdegiklmnoprstu") for _ in range(letters)).capitalize()


def _nickname(chance: random.Random) -> str:
    first = word(chance)
    return f"Menteri {first} {word(chance)} ({first}) ujar "


def _defined(chance: random.Random) -> str:
    one, other = word(chance), word(chance)
    return f"Badan {one} {other} (B{one[0]}{other[0]}) "


def _long_name(chance: random.Random) -> str:
    return "kata " + " ".join(word(chance, 3) for _ in range(16)) + ". "


_SEVEN: Final = " ".join(["Aaaaaaa"] * 10)

REPEATED: Final[dict[str, str]] = {
    "short form that fits in many ways": f"{_SEVEN} (AaAaaaaaaaaaaaaaaaab) ",
    "short form before that fits in many ways": f"AaAaaaaaaab (Badan {_SEVEN}) ",
    "short form of small words": "dan of the and for untuk (ABC) ",
    "short form of one word with hyphens": "Aa-Aa-Aa-Aa-Aa-Aa (AAAAAAAB) ",
    "one short form": "Badan Abc Def (BAD) ",
    "open brackets": "(",
    "brackets after spaces": " (",
    "photo credits": "(Foto: ",
    "initials": "(ab).....",
    "initials with ages": "kata warga AB (12) dan CD (34) yang ",
    "area of many words": "Kecamatan " + "Bantul " * 30,
    "straight marks": '"',
    "open marks": " “",
    "nested quotations": '"a “b” c" ',
    "quotations by name": '"Kami datang ke sana," kata Siti Rahma. ',
    "quotations by nobody": '"Kami datang ke sana," katanya. ',
    "paragraphs of one quotation": '"Kami datang\n',
    "links in lines": "Baca juga: A\n",
    "links in one line": "Baca juga: ",
    "empty lines": "\n",
    "blanks": " ",
    "digits": "1",
    "digits and slashes": "1/2/",
    "dates": "Jumat (9/9/2022) ",
    "days of a month": "1, 2, 3, 4, 5 dan 6 Mei ",
    "weekdays": "hari Senin\n",
    "years": "tahun 2022 ",
    "near years": " 19",
    "relative days": "dua hari lalu ",
    "hyphens": "a-",
    "capital hyphens": "A-",
    "apostrophes": "A'",
    "initials with dots": "A.",
    "countries with dots": "U.S. ",
    "dots": ".",
    "one long word": "a",
    "one long word in capitals": "A",
    "capitals": "PEMERINTAH MENYALURKAN BANTUAN ",
    "Chinese": "新聞「记者」。",
    "combining marks": "a\u0301\u0316\u0327",
    "lone surrogates": "\ud800",
    "one company": "PT Abc (Persero) Tbk ",
    "heads of companies": "PT ",
    "heads of organisations": "Humas ",
    "endless organisation": "Ministry of ",
    "offices": "Ketua ",
    "degrees": ", MH",
    "titles and degrees": "Dr. H. Siti Rahma, M.Si., ",
    "offices after names": "Siti Rahma, Ketua KPK, ",
    "one name": "Siti Rahma ",
    "addresses": "https://a.example/b/c?d=e ",
    "datelines": "JAKARTA, Kompas.com - ",
}
DIFFERENT: Final[dict[str, Callable[[random.Random], str]]] = {
    "one first name": lambda chance: f"Siti {word(chance)}. ",
    "many people": lambda chance: (
        f'"{word(chance)} {word(chance)}" kata {word(chance)} {word(chance)}. '
    ),
    "nicknames": _nickname,
    "one person of thousands of forms": lambda chance: f"Budi Anu{chance.randrange(10**6)} ",
    "many short forms": _defined,
    "names of sixteen words": _long_name,
    "boilerplate": lambda chance: (
        f"(ANTARA) {word(chance)} {word(chance)} - (Foto: {word(chance)}) "
    ),
    "companies": lambda chance: f"PT {word(chance)} {word(chance)} Tbk, ",
    "offices of people": lambda chance: f"Ketua {word(chance)} {word(chance)} Siti Rahma ",
    "offices of nobody": lambda chance: f"hadir Deputi {word(chance)} KPK, ",
    "offices that are quoted": lambda chance: (
        f'Ketua {word(chance)} Siti {word(chance)} hadir. "Kami datang lagi," kata Ketua '
        f"{word(chance)}. "
    ),
    "words": lambda chance: word(chance) + " ",
    "characters": lambda chance: chr(chance.randrange(32, 0x3000)),
}
SHAPES: Final[dict[str, Shape]] = {
    **{name: repeated(piece) for name, piece in REPEATED.items()},
    **{name: made(make) for name, make in DIFFERENT.items()},
    "people, then their first name": both(made(DIFFERENT["one first name"]), repeated("Siti ")),
    "companies, then their head": both(made(DIFFERENT["companies"]), repeated("PT ")),
    "offices, then quotations": both(
        made(DIFFERENT["offices of people"]), repeated('"Kami datang ke sana," kata Ketua KPK. ')
    ),
    "a name that goes on to brackets": lambda length: (
        "PT Abc X" + "x" * (length // 2) + " (" * length
    )[:length],
}
LINES: Final[dict[str, Shape]] = {
    **{
        f"{begin}{piece!r}": ended(begin, piece, "x")
        for begin in ("Baca juga: a", "More from ::::", "Lanjut ke ", "Oleh A", "Ikuti ", "(ab) ")
        for piece in (" ", ".", ":", ", ", "»", "a ", "app ")
    },
    "links": repeated("Baca juga:"),
    "outlets": repeated("(ANTARA)\n"),
    "lines": repeated("Baca juga: A\n"),
}
"""Boilerplate is looked for in all of a text, however long."""
