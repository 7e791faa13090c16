"""Write `services/pantau/query/text/word_break.py`, the character classes of Lucene's StandardTokenizer. Run when Lucene changes its tables.

    pip install uniseg==0.10.1 && python scripts/generate_word_break.py

Needs Python 3.11 (whose `unicodedata` is Unicode 14). Sources: Word_Break, Line_Break and the emoji
properties of uniseg 0.10.1 (Unicode 16.0), cut back to what was assigned in Unicode 12.1, the
version of Lucene 9 and 10. Scripts Han and Hiragana are written out below, from Scripts.txt 12.1.
"""

import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

HAN = (
    "2E80-2E99 2E9B-2EF3 2F00-2FD5 3005 3007 3021-3029 3038-303B 3400-4DB5 4E00-9FEF F900-FA6D FA70-FAD9 "
    "20000-2A6D6 2A700-2B734 2B740-2B81D 2B820-2CEA1 2CEB0-2EBE0 2F800-2FA1D"
)
HIRAGANA = "3041-3096 309D-309F 1B001-1B11E 1B150-1B152 1F200"
FULL_WIDTH_DIGITS = "FF10-FF19"
AFTER_12_1 = (
    "870-887 889-88E 890-891 898-89F 8B5 8BE-8D2 B55 C3C C5D CDD D04 D81 170D 1715 171F 180F "
    "1ABF-1ACE 1B4C 1DFA 2C2F 2C5F 31BB-31BF A7C0-A7C1 A7C7-A7CA A7D0-A7D1 A7D3 A7D5-A7D9 A7F2-A7F6 "
    "A82C AB68-AB69 10570-1057A 1057C-1058A 1058C-10592 10594-10595 10597-105A1 105A3-105B1 "
    "105B3-105B9 105BB-105BC 10780-10785 10787-107B0 107B2-107BA 10E80-10EA9 10EAB-10EAC 10EB0-10EB1 "
    "10F70-10F85 10FB0-10FC4 11070-11075 110C2 11147 111CE-111CF 11460-11461 11740-11746 11900-11906 "
    "11909 1190C-11913 11915-11916 11918-11935 11937-11938 1193B-11943 11950-11959 11AB0-11ABF 11FB0 "
    "12F90-12FF0 16A70-16ABE 16AC0-16AC9 16FE4 16FF0-16FF1 1AFF0-1AFF3 1AFF5-1AFFB 1AFFD-1AFFE "
    "1B120-1B122 1CF00-1CF2D 1CF30-1CF46 1DF00-1DF1E 1E290-1E2AE 1E7E0-1E7E6 1E7E8-1E7EB 1E7ED-1E7EE "
    "1E7F0-1E7FE 1FBF0-1FBF9 "
)
"""Letters and marks that Unicode 13 and 14 added.

`unicodedata` of Python 3.11 knows them, Lucene 10 does not.
"""
# What Unicode 12.1 said otherwise of characters that it had.
NO_LETTERS = "70F 2E5-2EB 55A 58A A708-A716"
NOT_MID_LETTER = "55F"
FORMATS_NOT_DIGITS = "600-605 6DD 70F 8E2 110BD 110CD"
MID_NUM_TOO = "FE10 FE14"
SOUTH_EAST_ASIAN_DIGIT = "19DA"
PICTURES_TOO = "1FB00-1FBFF"


def points(ranges: str) -> set[int]:
    """Read a list of hexadecimal code points and ranges."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def write_class(code_points: Iterable[int]) -> str:
    """Write code points as ranges, in hexadecimal."""
    ordered = sorted(code_points)
    parts: list[str] = []
    start = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index] != ordered[index - 1] + 1:
            first, last = ordered[start], ordered[index - 1]
            parts.append(f"{first:X}" if first == last else f"{first:X}-{last:X}")
            start = index
    return " ".join(parts)


def main() -> None:
    """Write the table to where the program reads it."""
    from uniseg import emoji  # noqa: PLC0415 (needed by nobody who only imports Pantau)
    from uniseg.linebreak import line_break  # noqa: PLC0415 (as above)
    from uniseg.wordbreak import word_break  # noqa: PLC0415 (as above)

    late = points(AFTER_12_1)
    known = [
        c
        for c in range(0x110000)
        if c not in late and unicodedata.category(chr(c)) not in {"Cn", "Cs"}
    ]

    def having(test: Callable[[str], bool], among: Iterable[int] = known) -> set[int]:
        return {c for c in among if test(chr(c))}

    def breaking(*names: str) -> set[int]:
        return having(lambda c: word_break(c).name in names)

    modifiers = set(range(0x1F3FB, 0x1F400))
    keys = points("23 2A 30-39")
    accidental = points("A9 AE 2122 3030 303D")
    flags = breaking("REGIONAL_INDICATOR")
    pictures = having(emoji.extended_pictographic, range(0x110000)) | points(PICTURES_TOO)
    pictures |= having(emoji.emoji, range(0x110000)) - modifiers - keys - accidental - flags
    classes = {
        "LETTER": breaking("ALETTER") - points(NO_LETTERS),
        "HEBREW": breaking("HEBREW_LETTER"),
        "NUMERIC": (breaking("NUMERIC") | points(FULL_WIDTH_DIGITS))
        - points(FORMATS_NOT_DIGITS)
        - points(SOUTH_EAST_ASIAN_DIGIT),
        "KATAKANA": breaking("KATAKANA"),
        "EXTEND_NUM_LET": breaking("EXTENDNUMLET"),
        "EXTEND": breaking("EXTEND", "FORMAT", "ZWJ") | points(FORMATS_NOT_DIGITS),
        "MID_LETTER": breaking("MIDLETTER", "MIDNUMLET", "SINGLE_QUOTE") - points(NOT_MID_LETTER),
        "MID_NUM": breaking("MIDNUM", "MIDNUMLET", "SINGLE_QUOTE") | points(MID_NUM_TOO),
        "SOUTH_EAST_ASIAN": having(lambda c: line_break(c).name == "SA")
        | points(SOUTH_EAST_ASIAN_DIGIT),
        "HAN": points(HAN),
        "HIRAGANA": points(HIRAGANA),
        "PICTURE": pictures,
        "MODIFIER": modifiers,  # their bases need no table: a modifier extends whatever it follows
        "FLAG": flags,
    }
    lines = [
        '"""Generated by scripts/generate_word_break.py from Unicode data; do not edit.',
        "",
        "Unicode 12.1 (emoji: 14), as in Lucene 10's StandardTokenizer. Hexadecimal code points and ranges.",
        '"""',
        "",
        "from typing import Final",
        "",
    ]
    lines += [f'{name}: Final = "{write_class(found)}"' for name, found in classes.items()]
    target = Path(__file__).parents[1] / "services" / "pantau" / "query" / "text" / "word_break.py"
    target.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
