"""Names in English headlines, where capitals mean nothing: Title Case and ALL CAPS.

`Kenya Police Arrest Jane Roe` becomes `Kenya police arrest Jane Roe`, which an engine that learnt
from sentences reads. What it misses is found by lists: words that are no common ones, side by side,
one of which is used in names of people, name a person.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.common import is_common_english
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.public_people import person_id
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.headline_case import HEADLINE_WORD
from pantau.enricher.ner.corrections.persons.known_people import known_people
from pantau.enricher.ner.engine import Mention, Passage

_LONGEST: Final = 4
"""Words of a person's name in a headline."""
_MOSTLY_CAPITALS: Final = 0.8
"""Share of capitals among the letters of a headline in ALL CAPS."""
_GIVEN: Final = frozenset(
    {
        "amber", "angel", "art", "autumn", "bill", "chance", "chase", "dawn", "dean", "drew",
        "earl", "faith", "frank", "gene", "grace", "grant", "guy", "hope", "ivy", "jack", "joy",
        "mark", "max", "may", "miles", "nick", "olive", "pat", "pearl", "rob", "rose", "ruby",
        "sandy", "sue", "summer", "victor", "wade", "will",
    }
)  # fmt: skip
"""Given names that are words as well; before a word that is none they are names."""
_FAMILY: Final = frozenset(
    {
        "baker", "ball", "banks", "bell", "black", "brook", "brooks", "brown", "burns", "bush",
        "butler", "carpenter", "carter", "cash", "church", "cook", "cooper", "cross", "cruise",
        "dance", "day", "field", "fields", "fisher", "ford", "foster", "fox", "frost", "gates",
        "gold", "gray", "green", "hall", "hand", "hardy", "hart", "hill", "holiday", "hood",
        "house", "hunt", "hunter", "justice", "key", "king", "knight", "lamb", "lane", "law",
        "long", "love", "marsh", "mason", "mercury", "moon", "moss", "page", "park", "parker",
        "pike", "pope", "porter", "power", "powers", "price", "queen", "reed", "rice", "rich",
        "rivers", "rose", "shepherd", "short", "singer", "small", "snow", "sparks", "spring",
        "stark", "steel", "stone", "street", "strong", "summers", "swift", "taylor", "turner",
        "wagner", "walker", "wall", "ward", "waters", "weaver", "west", "white", "wild", "wise",
        "wolf", "wood", "woods", "young",
    }
)  # fmt: skip
"""Family names that are words as well; behind a given name they are names."""
_VERBS: Final = frozenset(
    {
        "stun",
        "quit",
        "edge",
        "thrash",
        "rout",
        "down",
        "sink",
        "oust",
        "nab",
        "mull",
        "axe",
        "slam",
        "vow",
        "eye",
        "probe",
        "woo",
        "snub",
        "foil",
        "hail",
        "crush",
        "blast",
        "rap",
        "upset",
        "outlast",
        "trounce",
        "maul",
        "overpower",
        "humble",
        "draw",
        "host",
        "face",
        "sack",
        "jail",
        "nix",
        "tap",
        "ink",
        "tout",
        "spar",
        "clash",
        "feud",
        "trade",
        "swap",
        "wed",
        "sue",
        "blame",
        "praise",
        "mourn",
        "shun",
        "defy",
        "beat",
        "top",
        "rally",
    }
)
"""Verbs of headlines that texts seldom have, and that are no names."""
_ONLY_WORDS: Final = frozenset({"as", "us", "it", "who", "un", "in", "la", "id", "am", "pm", "is"})
"""Words in ALL CAPS that short forms of names are spelt like."""
_SAYING: Final = frozenset({"says", "said", "warns", "chief", "urges", "declares", "report"})
_SHORT_ALSO: Final = frozenset({"us", "un", "who"})
"""Those that are short forms in headlines before a verb, or not behind a small word."""
_BEFORE_NAME: Final = int(Flag.OFFICE | Flag.RANK | Flag.HONORIFIC)
_NOT_NAMED: Final = int(Flag.ORG_HEAD | Flag.ORG_TAIL | Flag.PLACE_HEAD | Flag.CALENDAR)

ReadSentence = Callable[[str], Sequence[Mention]]
"""Finds the names of a text in sentence case."""


class _WordKind(Enum):
    WORD = auto()
    GIVEN = auto()
    FAMILY = auto()
    NAME = auto()


class EnglishHeadlines:
    """Adds what a reader of sentences finds to what rules found in an English headline. Pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._flags = word_flags("en")

    def repair(
        self, passage: Passage, mentions: Sequence[Mention], read: ReadSentence
    ) -> list[Mention]:
        """Return the names of a headline, in order, not overlapping.

        `mentions` are the known names in it; `read` finds the names of the headline as a sentence.
        """
        text = passage.text
        words = list(HEADLINE_WORD.finditer(text))
        if not words:
            return list(mentions)
        capitals = _is_capitals(text)
        order = {word.start(): at for at, word in enumerate(words)}
        known = [
            one for one in mentions if not (capitals and self._is_word(text, one, words, order))
        ]
        proper = self._title_case(text, words) if capitals else text
        known = without_overlap([*known, *known_people(proper, (word.start() for word in words))])
        kinds = self._kinds(words, known)
        sentence = self._sentence(text, words, kinds, known, capitals=capitals)
        found = list(read(sentence))
        spans = {(one.start, one.end) for one in known}
        kept = without_overlap(
            [*known, *(one for one in found if (one.start, one.end) not in spans)]
        )
        return sorted([*kept, *self._persons(text, words, kinds, kept)])

    def _is_word(
        self,
        text: str,
        one: Mention,
        words: Sequence[re.Match[str]],
        order: Mapping[int, int],
    ) -> bool:
        """Return whether a short form in ALL CAPS is rather a word: QUITS AS CHAIRMAN.

        `order` numbers the words by where they begin.
        """
        low = text[one.start : one.end].lower()
        if low not in _ONLY_WORDS:
            return False
        if low not in _SHORT_ALSO:
            return True
        at = order.get(one.start, 0)
        after = words[at + 1].group().lower() if at + 1 < len(words) else ""
        return low == "who" and at > 0 and after not in _SAYING

    def _title_case(self, text: str, words: Sequence[re.Match[str]]) -> str:
        pieces, at = [], 0
        for word in words:
            pieces += [text[at : word.start()], word.group().capitalize()]
            at = word.end()
        return "".join([*pieces, text[at:]])

    def _kinds(self, words: Sequence[re.Match[str]], named: Sequence[Mention]) -> list[_WordKind]:
        """Return for each word whether it is a word or a part of a name."""
        taken = CharMask(words[-1].end(), ((one.start, one.end) for one in named))
        first = [
            _WordKind.NAME if taken.touches(*word.span()) else self._kind(word.group())
            for word in words
        ]
        return [self._settled(words, first, at, taken) for at in range(len(words))]

    def _is_of_name(
        self, words: Sequence[re.Match[str]], kinds: Sequence[_WordKind], at: int, taken: CharMask
    ) -> bool:
        """Return whether a word belongs to the name beside it: Port Talbot, Tata Steel."""
        seen = self._flags.get(words[at].group().lower(), 0)
        for beside, kind in ((at + 1, Flag.PLACE_HEAD), (at - 1, Flag.ORG_TAIL)):
            if not seen & kind or not 0 <= beside < len(words):
                continue
            low = words[beside].group().lower()
            first, second = sorted((at, beside))
            near = words[first].end() + 1 == words[second].start()
            named = near and kinds[beside] is _WordKind.NAME and person_id(low) is None
            if named and not taken.touches(*words[beside].span()):
                return True
        return False

    def _kind(self, word: str) -> _WordKind:
        low = word.lower().removesuffix("'s").removesuffix("’s")
        if not word[0].isupper():
            return _WordKind.WORD
        common = low in _VERBS or is_common_english(low)
        if low in _GIVEN:
            return _WordKind.GIVEN
        if low in _FAMILY:
            return _WordKind.FAMILY
        return _WordKind.WORD if common else _WordKind.NAME

    def _settled(
        self, words: Sequence[re.Match[str]], kinds: Sequence[_WordKind], at: int, taken: CharMask
    ) -> _WordKind:
        """Return the kind of a word that is a name only beside another."""
        kind = kinds[at]
        if kind is not _WordKind.NAME and self._is_of_name(words, kinds, at, taken):
            return _WordKind.NAME
        if kind is _WordKind.GIVEN:
            after = kinds[at + 1] if at + 1 < len(words) else _WordKind.WORD
            beside = at + 1 < len(words) and words[at].end() + 1 == words[at + 1].start()
            free = beside and not taken.touches(*words[at + 1].span())
            named = free and after in {_WordKind.NAME, _WordKind.FAMILY}
            return _WordKind.NAME if named else _WordKind.WORD
        if kind is _WordKind.FAMILY:
            return (
                _WordKind.NAME if at and self._is_given(words, kinds, at, taken) else _WordKind.WORD
            )
        return kind

    def _is_given(
        self, words: Sequence[re.Match[str]], kinds: Sequence[_WordKind], at: int, taken: CharMask
    ) -> bool:
        """Return whether the word before one is a given name, and no known name alone."""
        before = words[at - 1]
        low = before.group().lower()
        if before.end() + 1 != words[at].start() or taken.touches(*before.span()):
            return False
        if person_id(low) is not None:
            return False
        return kinds[at - 1] is _WordKind.GIVEN or bool(self._flags.get(low, 0) & Flag.PERSON)

    def _sentence(
        self,
        text: str,
        words: Sequence[re.Match[str]],
        kinds: Sequence[_WordKind],
        known: Sequence[Mention],
        *,
        capitals: bool,
    ) -> str:
        """Return a headline as it would stand in a text: every character keeps its place."""
        taken = CharMask(len(text), ((one.start, one.end) for one in known))
        pieces: list[str] = []
        at = 0
        for word, kind in zip(words, kinds, strict=True):
            pieces.append(text[at : word.start()])
            at = word.end()
            written = self._written(word.group(), kind, capitals=capitals)
            if kind is _WordKind.WORD and taken.touches(*word.span()):
                written = word.group()
            pieces.append(written if len(written) == len(word.group()) else word.group())
        return "".join([*pieces, text[at:]])

    def _written(self, word: str, kind: _WordKind, *, capitals: bool) -> str:
        """Return a word as it would stand in a sentence."""
        if kind is _WordKind.WORD:
            short = word.isupper() and len(word) > 1 and not capitals
            return word if short else word.lower()
        if not capitals:
            return word
        known = self._gazetteer.get(word)
        short = known is not None and word in self._gazetteer.aliases(known.id)
        return word if short else word.capitalize()

    def _persons(
        self,
        text: str,
        words: Sequence[re.Match[str]],
        kinds: Sequence[_WordKind],
        kept: Sequence[Mention],
    ) -> list[Mention]:
        """Return people whom nothing found: words that are no common ones, side by side."""
        taken = CharMask(len(text), ((one.start, one.end) for one in kept))
        found: list[Mention] = []
        run: list[re.Match[str]] = []
        led = False
        for at in range(len(words) + 1):
            word = words[at] if at < len(words) else None
            free = (
                word is not None and kinds[at] is _WordKind.NAME and not taken.touches(*word.span())
            )
            joined = bool(run) and word is not None and run[-1].end() + 1 == word.start()
            if run and not (free and joined):
                found += self._person(run, led=led)
                run = []
            if free and word is not None:
                if not run:
                    before = words[at - 1].group().lower() if at else ""
                    led = bool(self._flags.get(before, 0) & _BEFORE_NAME)
                run.append(word)
        return found

    def _person(self, run: Sequence[re.Match[str]], *, led: bool) -> list[Mention]:
        """Return a run of words as a person; `led` says that an office stands before it."""
        lows = [word.group().lower() for word in run]
        seen = [self._flags.get(low, 0) for low in lows]
        public = len(run) == 1 and person_id(lows[0]) is not None
        named = 1 < len(run) <= _LONGEST and (led or any(kind & Flag.PERSON for kind in seen))
        if not public and (not named or any(kind & _NOT_NAMED for kind in seen)):
            return []
        return [Mention(run[0].start(), run[-1].end(), "person")]


def _is_capitals(text: str) -> bool:
    letters = [mark for mark in text if mark.isalpha()]
    return sum(map(str.isupper, letters)) > _MOSTLY_CAPITALS * len(letters)
