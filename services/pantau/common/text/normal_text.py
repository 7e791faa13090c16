"""One form for characters that look the same or cannot be seen: they never part or hide a word.

The same function runs over the texts of articles before they are published and over queries before
they are matched, on every search backend; therefore both sides always agree, whatever the
tokenizer of a backend does with such characters.

The steps, in their order:

1. Invisible characters go: soft hyphens, zero-width spaces, joiners and non-joiners, word joiners,
   marks, embeddings, overrides and isolates of direction, variation selectors, fillers, tags.
   Two kinds stay, because they mean something there: what holds an emoji sequence together
   (UTS #51), and zero-width spaces between letters of scripts that are written without spaces.
   Tags stay in the flags of England, Scotland and Wales alone: elsewhere they could spell any
   text, which a language model reads and a person does not see.
2. Latin ligatures (U+FB00 to U+FB06) become letters, and so do letters and digits of full width
   and those of a style that Unicode has for mathematics (U+1D400 to U+1D7FF), which posts and
   headlines use as bold type.
3. Unicode Normalization Form C (UAX #15). Accents stay.
4. The apostrophes U+2019, U+02BC and U+FF07, and where they stand for one U+2018, U+201B, U+02BB,
   U+2032 and the accents U+0060 and U+00B4 become `'`: U+02BC always, since it is a letter; the
   others between two letters or digits only, where they cannot be quotation marks.

Only whole-text normalisation of this kind is safe against offsets: it runs before anything points
into the text.
"""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = (
    "\u00ad"  # soft hyphen
    "\u034f"  # combining grapheme joiner
    "\u061c"  # Arabic letter mark
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers
    "\u17b4\u17b5"  # Khmer inherent vowels
    "\u180b-\u180f"  # Mongolian variation selectors and vowel separator
    "\u200b-\u200f"  # zero-width space, non-joiner, joiner; marks of direction
    "\u202a-\u202e"  # embeddings and overrides of direction
    "\u2060-\u206f"  # word joiner, invisible operators, isolates of direction
    "\ufe00-\ufe0f"  # variation selectors
    "\ufeff"  # zero-width no-break space
    "\ufff0-\ufffb"  # interlinear annotations
    "\U000e0000-\U000e0fff"  # tags, variation selectors supplement
)
_PICTURE: Final = (
    "\u00a9\u00ae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_FLAGS: Final = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in region)
    for region in ("gbeng", "gbsct", "gbwls")
)
"""The regions whose flags are written with tags: all that UTS #51 recommends."""
_SPACELESS: Final = (  # Thai, Lao, Myanmar, Khmer, Tai scripts
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f"
)
_PART: Final = re.compile(
    # An emoji with what belongs to it; the group is what stays.
    f"([{_PICTURE}][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?(?:(?<=\U0001f3f4)(?:{_FLAGS})\U000e007f)?"
    f"(?:\u200d(?=[{_PICTURE}]))?)"
    f"|(?<=[{_SPACELESS}])(\u200b)(?=[{_SPACELESS}])"
    f"|[{_INVISIBLE}]"
)
_SUSPECT: Final = re.compile(f"[{_INVISIBLE}]")
_LIGATURES: Final = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_LIGATURE: Final = re.compile("[\ufb00-\ufb06]")
_STYLED: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+")
_APOSTROPHE: Final = re.compile(
    "\u02bc|(?<=[^\\W_])[\u2018\u2019\u201b\u02bb\u2032\uff07`\u00b4](?=[^\\W_])"
)


def normalise_text(text: str) -> str:
    """Return a text in its one form; see the steps above.

    Idempotent, and linear in the length of the text. Line breaks and other white space stay.
    """
    if text.isascii():
        return _APOSTROPHE.sub("'", text) if "`" in text else text
    if _SUSPECT.search(text):
        text = _PART.sub(_kept, text)
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
    text = _STYLED.sub(_plain, text)
    return _APOSTROPHE.sub("'", unicodedata.normalize("NFC", text))


def _plain(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _kept(match: re.Match[str]) -> str:
    return match[1] or match[2] or ""
