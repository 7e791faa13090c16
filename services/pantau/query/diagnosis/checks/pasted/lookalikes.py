"""Letters of other scripts, widths and styles that look like those of operators and words."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_OTHERS: Final = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408\u04ae"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
)
_LATIN: Final = str.maketrans(_OTHERS, "ABEZHIKMNOPTYXov" + "ABEKMHOPCTXSIJY" + "aeopcyxsijhdqw")
"""Greek and Cyrillic letters, and the Latin ones that look the same."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN_LETTER: Final = re.compile("[A-Za-z]")
_OTHER_LETTER: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_ALIKE: Final = re.compile(rf"(?<![^\s()])[ADNORT{_OTHERS}]{{2,3}}(?![^\s()])")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})
_WIDE: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_STYLED: Final = re.compile("(?<![^\\s()+!-])[\U0001d400-\U0001d7ff]{2,}(?![^\\s():])")
_EAST_ASIAN: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def operators(text: str) -> Iterator[Finding]:
    """Find operators in letters of another script, and words of another width or style."""
    hidden = masked(text)
    for found in _ALIKE.finditer(hidden):
        plain = found[0].translate(_LATIN)
        if plain in _OPERATORS and plain != found[0]:
            yield _replaced(found, plain)
    for found in _STYLED.finditer(hidden):
        plain = unicodedata.normalize("NFKC", found[0])
        # Words of this style are read as plain ones; operators and names of fields are not.
        if plain.upper() in _OPERATORS or text.startswith(":", found.end()):
            yield _replaced(found, plain)
    # Texts in East Asian scripts may have letters of this width; other ones have them by mistake.
    if _EAST_ASIAN.search(text):
        return
    for found in _WIDE.finditer(text):
        yield _replaced(found, unicodedata.normalize("NFKC", found[0]))


def letters(text: str, _language: str) -> Iterator[Finding]:
    """Find Latin words with single letters of another script, which no article has so."""
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isascii() or not (_LATIN_LETTER.search(word) and _OTHER_LETTER.search(word)):
            continue
        plain = word.translate(_LATIN)
        if plain.isascii():
            yield _replaced(found, plain, "lookalike_letters")


def _replaced(found: re.Match[str], plain: str, code: str = "typographic_sign") -> Finding:
    edits = (Edit(found.start(), found.end(), plain),)
    params = {"written": found[0], "meant": plain}
    return Finding(code, found.start(), found.end(), params, edits)
