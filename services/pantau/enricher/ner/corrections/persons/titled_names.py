"""Names of people that an engine cuts or misses: Kim Jong-un, GKR Hemas."""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention

_SECOND: Final = re.compile(
    r"-(?:yong|un|in|hyun|ho|min|soo|woo|jin|seok|myung|yul|hee|hye|jae|seung|young|won|chul|kyu|sik"
    r"|gun|geun|bin|eun|jun|joon|sung|sang|wook|hwan|hoon|kyung|yeon|yoon|jung|jong|il|gyu|beom|hak"
    r"|kwang|kyun|ryong|yeol|yeong|dong|chan|heung|kwon|wen|shek|sen|jeou|te|teh|kyong|hyeon|hwa)"
    r"(?![\w-])"
)
"""The second half of a given name of Korea or Taiwan, which has no capital."""
_TITLES: Final = ("GKR ", "KRT ", "KGPAA ", "KGPH ", "GBPH ", "GPH ", "GRAy ", "KPH ", "KRMT ")
_TITLED: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(str.strip, _TITLES))}) [A-Z][\w'-]+(?: [A-Z][\w'-]*){{0,3}}"
)
"""A title of the courts of Java, which engines take for an organisation, and the name after it."""


def with_second_halves(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions, those of people with the lower-case half of their given name."""
    for index, (start, end, kind) in enumerate(mentions):
        if kind != "person" or not text.startswith("-", end) or " " not in text[start:end]:
            continue
        half = _SECOND.match(text, end)
        if half is not None:
            mentions[index] = Mention(start, half.end(), kind)
    return mentions


def with_nobles(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with the names after titles of the courts of Java as people."""
    if not any(title in text for title in _TITLES):
        return list(mentions)
    nobles = [Mention(*found.span(), "person") for found in _TITLED.finditer(text)]
    return put([one for one in mentions if not _is_title(text, one)], nobles)


def _is_title(text: str, one: Mention) -> bool:
    return one.type != "person" and text.startswith(_TITLES, one.start)
