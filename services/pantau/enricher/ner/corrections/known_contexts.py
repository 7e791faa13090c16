"""The words around a known name, which show a country or a part of another name."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer, KnownName
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.scan import OFFICE, PERSON, PLACE_HEAD, PREPOSITION, THING

MINISTER: Final = "menteri"
_PRESIDENT: Final = "Presiden"
_LONGEST_SHORT_FORM: Final = 3
_LEVELS: Final = frozenset({"tingkat", "kawasan", "benua", "level"})
"""Words before the name of a part of the world."""
_AND: Final = frozenset({"dan", "and"})
_SHORT_VERB: Final = 5
_OF_VERBS: Final = ("me", "ber", "di")
"""Beginnings of verbs, where these have more than so many letters."""
_BINDS: Final = frozenset({"-", "/"})
_BUILDINGS: Final = frozenset({"house", "palace"})
"""Last words of organisations that are called by their building: White House."""
_ENGLISH: Final = "en"
_THE: Final = "The"
_NATURE: Final = frozenset({"hutan", "hujan", "lembah", "sungai", "rainforest", "river"})
"""Words beside a place that has the name of a company: hutan Amazon."""
_NAMED_AFTER: Final = frozenset(
    {"bank", "bursa", "liga", "klub", "media", "tim", "universitas", "warkop"}
)
"""Words that, with a capital, have the name of a country as a part of their own: Liga Inggris."""
_LONGEST_RUN: Final = 8
_INNER: Final = frozenset(
    {"dan", "dengan", "untuk", "terhadap", "atau", "di", "of", "and", "for", "s"}
)
"""Small words that names of organisations hold, and the end of a possessive."""


class ScannedText(NamedTuple):
    """A passage as its tokens, and what is known of its words."""

    passage: Passage
    tokens: Sequence[str]
    starts: Sequence[int]
    flags: dict[str, int]
    home: bool
    people: frozenset[str]
    repeated: dict[str, bool]
    """Answers of `is_repeated`, so that no name is searched for twice."""
    written: dict[str, bool]
    """Answers of `has`, likewise."""
    gazetteer: Gazetteer

    def end(self, index: int) -> int:
        """Return where a token ends in the passage."""
        return self.starts[index] + len(self.tokens[index])

    def is_repeated(self, name: str) -> bool:
        """Return whether a name occurs in two sentences or lines of the passage."""
        found = self.repeated.get(name)
        if found is None:
            found = self.repeated[name] = _in_two_sentences(self.passage.text, name)
        return found

    def has(self, name: str) -> bool:
        """Return whether a name occurs in the passage."""
        found = self.written.get(name)
        if found is None:
            found = self.written[name] = name in self.passage.text
        return found

    def before(self, index: int) -> str:
        """Return the token before, empty at a beginning."""
        return self.tokens[index - 1] if index else ""

    def after(self, index: int) -> str:
        """Return the token that stands at an index, empty at the end."""
        return self.tokens[index] if index < len(self.tokens) else ""


class KnownNameHit(NamedTuple):
    """A known name at the tokens `first` to `last`, `last` excluded."""

    first: int
    last: int
    known: KnownName


def is_site(text: ScannedText, hit: KnownNameHit) -> bool:
    """Return whether a place that has an organisation's name is a building or a landscape.

    In Indonesian text a building is one only after a preposition: Gedung Putih also speaks.
    """
    words = [word.lower() for word in text.tokens[hit.first : hit.last]]
    before = text.before(hit.first).lower()
    if words[-1] in _BUILDINGS:
        return True
    if text.flags.get(words[0], 0) & PLACE_HEAD:
        return not text.home or bool(text.flags.get(before, 0) & PREPOSITION)
    return before in _NATURE or text.after(hit.last).lower() in _NATURE


def _in_two_sentences(content: str, name: str) -> bool:
    """Return whether a name occurs in two sentences or lines of a text."""
    first, last = content.find(name), content.rfind(name)
    return content.find(". ", first, last) >= 0 or content.find("\n", first, last) >= 0


def is_part_of_name(text: ScannedText, index: int) -> bool:
    """Return whether capitals before a country make it a part of a longer name.

    `Kabinet Indonesia Maju` and `Parameter Politik Indonesia` name no country; after `Perdana
    Menteri` and `Menteri Energi`, or after the first word of a sentence (`Kontingen Indonesia`),
    the country is the country.
    """
    before = text.before(index)
    if not before[:1].isupper():
        return False
    low = before.lower()
    if low in _NAMED_AFTER:
        return True
    if low in context_words("OF_PLACE") or text.flags.get(low, 0) & (OFFICE | PREPOSITION):
        return False
    first = run_start(text, index)
    if text.tokens[first].lower() == MINISTER:
        return False
    # The first word of a sentence has a capital anyway, so it makes no longer name.
    begins = not first or not text.before(first)[:1].isalnum()
    return not (begins and index - first == 1)


def follows_noun(text: ScannedText, index: int) -> bool:
    """Return whether a token follows a small word, or one that has its capital from a sentence."""
    before = text.before(index)
    if not before.isalpha():
        return False
    if before == _PRESIDENT:
        return True  # dan Presiden Chile
    return before.islower() or (
        before.istitle()
        and not text.before(index - 1)[:1].isalnum()
        and not text.flags.get(before.lower(), 0) & PERSON
    )


def acts(text: ScannedText, hit: KnownNameHit) -> bool:
    """Return whether a name begins a sentence and a verb follows: Jepang menaikkan."""
    first, after = text.tokens[hit.first], text.after(hit.last)
    if (
        not after.startswith(_OF_VERBS)
        or len(after) <= _SHORT_VERB
        or text.before(hit.first)[:1].isalnum()
    ):
        return False
    if len(first) <= _LONGEST_SHORT_FORM and not first.isupper():
        return False  # As menerima
    return not text.flags.get(first.lower(), 0) & PERSON


def run_start(text: ScannedText, index: int) -> int:
    """Return the first of the tokens with capitals that lead up to a token, or the token."""
    first = index
    while first and index - first < _LONGEST_RUN and text.before(first)[:1].isupper():
        first -= 1
    return first


def is_country_abroad(text: ScannedText, hit: KnownNameHit) -> bool:
    """Return whether English text names a country between words without capitals.

    So it is in the war on Israel, by the US, also where the sentence begins with it. Beside another
    capital the country may be a part of a longer name, and at a beginning a first name.
    """
    if text.passage.lang != _ENGLISH or not hit.known.sure or hit.known.weak:
        return False
    words = text.tokens[hit.first : hit.last]
    short = len(words) == 1 and len(words[0]) <= _LONGEST_SHORT_FORM
    if not (words[0].isupper() if short else _in_capitals(words)):
        return False  # the As that begins a sentence
    before, after = text.before(hit.first), text.after(hit.last)
    if after[:1].isupper() or after in _BINDS or before in _BINDS:
        return False
    if before[:1].islower() or before == _THE:
        return True
    begins = not before[:1].isalnum() and after[:1].islower()
    return begins and not text.flags.get(text.tokens[hit.first].lower(), 0) & PERSON


def is_certain(text: ScannedText, hit: KnownNameHit) -> bool:
    """Return whether a known name is surely meant, whatever stands around it.

    Several words with capitals, a place of dots or capitals. So is a place before the rest of a
    programme's name: the Bali of Bali Work Plan.
    """
    words = text.tokens[hit.first : hit.last + 2]
    length = hit.last - hit.first
    if length > 1:
        return _in_capitals(words[:length])
    first, rest = words[0], words[1:]
    if hit.known.type != "place" or not first[0].isupper():
        return False
    if "." in first or (first.isupper() and len(first) > _LONGEST_SHORT_FORM):
        return True
    thing = any(text.flags.get(word.lower(), 0) & THING for word in rest)
    return thing and len(rest) > 1 and all(word[0].isupper() for word in rest)


def _in_capitals(words: Sequence[str]) -> bool:
    """Return whether the words of a name have capitals, small ones inside it aside."""
    inner = words[1:-1]
    return (
        words[0][0].isupper()
        and (words[-1][0].isupper() or not words[-1][0].isalpha())
        and all(word[0].isupper() or not word[0].isalpha() or word in _INNER for word in inner)
    )


def stands_alone(text: ScannedText, hit: KnownNameHit) -> bool:
    """Return whether a word stands after a preposition or a verb (meninjau) and before no capital.

    So does one that is joined to another: AS dan Inggris.
    """
    tokens, index = text.tokens, hit.first
    if not index or hit.last >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[hit.last]
    following = text.after(hit.last + 1)
    if after in _AND and following and following[0].isupper() and not before.isupper():
        return True
    if not before[0].islower() or after[0].isupper() or after in _BINDS:
        return False
    if before in _LEVELS:
        return True
    if text.flags.get(before, 0) & PREPOSITION:
        return True
    return not hit.known.minor and before.startswith("me") and len(before) > _SHORT_VERB


def parts_of_people(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the words of longer names of people: a Honda after Keisuke Honda is he."""
    return frozenset(
        word
        for one in mentions
        if one.type == "person"
        for word in _several(text[one.start : one.end].split())
    )


def _several(words: list[str]) -> list[str]:
    return words if len(words) > 1 else []
