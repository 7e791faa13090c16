r"""Escapes and wrong encodings of texts that were copied with a query: `\u201c`, `\n`, `â€œ`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_CODE: Final = re.compile(
    r"(?<!\\)(?:\\u(?P<four>[0-9a-fA-F]{4})|\\x(?P<two>[0-9a-fA-F]{2})|\\u\{(?P<any>[0-9a-fA-F]{1,5})\})"
)
_BREAK: Final = re.compile(r"(?<!\\)\\r\\n|(?<!\\)\\[nrt](?![a-z])")
_BESIDE: Final = re.compile(
    r"(?:AND|OR|NOT|[)\"\s])\\[nrt](?![a-z])|\\[nrt](?:(?:AND|OR|NOT)(?:\s|\\)|[(\"\\])"
)
"""A line break beside an operator, a phrase or a group: elsewhere `\\n` may be an escaped n."""
_MOJIBAKE: Final = {
    **dict.fromkeys(("â€œ", "â€\x9d", "â€ž", "Â«", "Â»", "â€³", "â€\u201d"), '"'),
    **dict.fromkeys(("â€™", "â€˜", "â€²"), "'"),
    **dict.fromkeys(("â€“", "â€”", "â€\x93", "â€\x94", "â€\x90", "â€\x91"), "-"),
    **dict.fromkeys(("Â\xa0", "â€¯"), " "),
    **dict.fromkeys(("â€‹", "ï»¿", "Â\xad"), ""),
}
_WRONG: Final = re.compile(
    "|".join(map(re.escape, _MOJIBAKE)) + r"|â€(?=[\s)]|$)"  # whose last byte has no character
)
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])(?:[`\u00b4]|'')(?=[^\W\d_])")
"""A key beside that of the apostrophe: Jum`at, or one that is doubled, as SQL has it."""
_PRINTABLE: Final = re.compile(r"(?:=(?:E2=80=[0-9A-F]{2}|C2=A0|22|20|3D|3A))+")


def codes(text: str, language: str) -> Iterator[Finding]:
    r"""Find codes of characters and breaks of lines as JSON and programs write them.

    In Lucene syntax the code of a letter is read as the letter, and left alone.
    """
    for found in _CODE.finditer(text):
        number = int(found["four"] or found["two"] or found["any"], 16)
        meant = chr(number)
        is_read = language != "kql" and found["four"] and meant.isalnum()
        if 0x20 <= number < 0xD800 and not is_read:
            yield _found(found, meant)
    if _BESIDE.search(text):
        for found in _BREAK.finditer(text):
            yield _found(found, " ")


def encodings(text: str, _language: str) -> Iterator[Finding]:
    """Find signs of UTF-8 that were read as Windows-1252, or written as in mails."""
    for found in _WRONG.finditer(text):
        yield _found(found, _MOJIBAKE.get(found[0], '"'))
    for found in _APOSTROPHE.finditer(masked(text)):
        yield _found(found, "'")
    if re.search(r"=E2=80=|=22", text):
        for found in _PRINTABLE.finditer(text):
            octets = bytes.fromhex(found[0].replace("=", ""))
            yield _found(found, octets.decode("utf-8", "replace"))


def _found(found: re.Match[str], meant: str) -> Finding:
    params = {"written": found[0], "meant": meant if meant.strip() else f'"{meant}"'}
    edits = (Edit(found.start(), found.end(), meant),)
    return Finding("escaped_character", found.start(), found.end(), params, edits)
