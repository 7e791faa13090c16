"""Known names that an engine overlooked, cut short or took for something else.

The gazetteer decides where its spelling leaves no doubt: a country after a preposition or a word
for its people, or in two sentences of an Indonesian text; an organisation written exactly as its
list has it; a place after a noun that places have. Of engine and list, the longer name of an
organisation wins.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from pantau.enricher.budget import MENDING
from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.common import is_common_english
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer, KnownName
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.hyphened import with_hyphened
from pantau.enricher.ner.corrections.institutions.known_organizations import is_organization
from pantau.enricher.ner.corrections.known_contexts import (
    MINISTER,
    KnownNameHit,
    ScannedText,
    acts,
    follows_noun,
    is_certain,
    is_country_abroad,
    is_part_of_name,
    is_site,
    parts_of_people,
    run_start,
    stands_alone,
)
from pantau.enricher.ner.corrections.persons.whole_persons import REPUBLIC, is_of_envoy
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.marks import KNOWN_NAME, Marked, tokens_with
from pantau.enricher.ner.scan import PREPOSITION
from pantau_schemas.events.article import EntityType

AT_HOME: Final = frozenset({"id", "ms"})
"""Languages in which the name of a country is hardly ever anything else."""
_LONGEST_PHRASE: Final = 18
"""Tokens of a known name, marks included."""
_REGION_IDS: Final = ("iso:", "id:")
_AND: Final = "dan"
_CURRENCY: Final = "$"
_MONEY: Final = frozenset({"dollar", "dollars", "dolar"})
"""Words after a country's short form that make it the name of a currency: US dollar."""
_OPENING: Final = frozenset({"(", "<"})

_WHERE: Final = frozenset({"di", "warga", "penduduk", "kota"})
"""Words before a place, and never before a person."""
_TO_PLACE: Final = frozenset({"ke", "dari", *_WHERE})
"""Words before a place, and seldom before an organisation that has a place's name."""
_STATES: Final = "AS"
_OF_STATES: Final = frozenset({"presiden", "pemerintah"})
"""Words with which the short form of the United States is no pair of initials."""


class KnownNames:
    """Adds known names to what an engine found; pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        written = {
            form
            for word in gazetteer.lengths
            for form in (word.capitalize(), word.upper(), word.title())
        }
        self._firsts = {form for form in written if not "a" <= form < "{"}
        # A form of its own, as Mazar-i-Sharif has
        self._firsts |= {
            one.name
            for one in gazetteer.names.values()
            if "-" in one.name and one.name.lower() in gazetteer.lengths
        }
        self._firsts |= {form for form in gazetteer.spelt_firsts if not form.islower()}
        lengths, names = gazetteer.lengths, gazetteer.names
        self._single: dict[str, EntityType] = {
            form: names[low].type
            for form in self._firsts
            if (low := form.lower()) in names and lengths[low][0] == 1
        }
        """The forms that no longer known name begins with, and their types."""

    def may_begin(self, word: str) -> bool:
        """Return whether a known name may begin with a word as it is written."""
        return word in self._firsts

    def add(
        self,
        passage: Passage,
        tokens: Sequence[str],
        starts: Sequence[int],
        marked: Marked,
        mentions: list[Mention],
    ) -> list[Mention]:
        """Return the mentions with known names added, completed or given their right type."""
        if passage.lang in AT_HOME:
            joined = _joined_by_hyphen(passage.text, starts)
            if joined:
                mentions = with_hyphened(tokens, starts, joined, mentions, self._gazetteer)
        length = starts[-1] + len(tokens[-1]) if tokens else 0
        named = CharMask(length, ((one.start, one.end) for one in mentions)).marks
        firsts = tokens_with(marked, KNOWN_NAME)
        candidates = self._candidates(firsts, tokens, starts, named, mentions)
        if not candidates:
            return mentions
        people = parts_of_people(passage.text, mentions)
        home = passage.lang in AT_HOME
        flags = word_flags(passage.lang)
        text = ScannedText(passage, tokens, starts, flags, home, people, {}, {}, self._gazetteer)
        begins = [one.start for one in mentions]
        gone: set[Mention] = set()
        added: list[Mention] = []
        past = 0
        for index in passage.budget.within(MENDING, candidates):
            if index < past:
                continue  # part of a known name already
            start = starts[index]
            owner = mentions[bisect_right(begins, start) - 1] if named[start] else None
            found = self._improved(text, index, owner)
            if found is None:
                continue
            hit, better = found
            inside = mentions[bisect_left(begins, start) : bisect_left(begins, better.end)]
            holder = _holder(better, inside)
            if holder is None and not _replaces(better, inside, hit.last - hit.first > 1):
                continue
            past = hit.last
            gone.update(inside)
            added += [better] if holder is None else [better, holder]
        return sorted([one for one in mentions if one not in gone] + added) if added else mentions

    def _candidates(
        self,
        firsts: Sequence[int],
        tokens: Sequence[str],
        starts: Sequence[int],
        named: bytearray,
        mentions: Sequence[Mention],
    ) -> list[int]:
        """Return the tokens of `firsts` where a known name may be new or better.

        `named` marks mentions.
        """
        kinds, single = {one.start: one.type for one in mentions}, self._single
        return [  # within a mention nothing begins, and most mentions are right
            index
            for index in firsts
            if (
                not named[start := starts[index]]
                or (start in kinds and single.get(tokens[index]) != kinds[start])
            )
            and self._may_improve(tokens, index, kinds.get(start))
        ]

    def _may_improve(self, tokens: Sequence[str], index: int, kind: EntityType | None) -> bool:
        """Return whether a known name of several words, or another than `kind`, may begin here."""
        low = tokens[index].lower()
        seconds = self._gazetteer.seconds.get(low)
        if seconds and index + 1 < len(tokens) and tokens[index + 1].lower() in seconds:
            return True
        known = self._gazetteer.names.get(low)
        return known is not None and known.type != kind

    def _improved(
        self, text: ScannedText, index: int, owner: Mention | None
    ) -> tuple[KnownNameHit, Mention] | None:
        """Return the known name at a token, and the mention that it makes new or better.

        `owner` is the mention that covers the token. None if nothing is to be improved.
        """
        hit = self._hit(text, index)
        if hit is None:
            return None
        end = _end(text, hit)
        if text.passage.text.startswith(_CURRENCY, end) or text.after(hit.last) in _MONEY:
            return None  # US$
        if is_of_envoy(text.passage.text, text.starts[index], end):
            return None
        if owner is not None:
            better = self._better(text, hit, owner, end)
        else:
            better = self._new(text, hit, end)
        return None if better is None else (hit, better)

    def _hit(self, text: ScannedText, index: int) -> KnownNameHit | None:
        """Return the longest known name that begins at a token."""
        first = text.tokens[index].lower()
        lengths = self._gazetteer.lengths.get(first)
        if lengths is None:
            return None
        if lengths[0] == 1:  # as mostly
            return KnownNameHit(index, index + 1, self._gazetteer.names[first])
        most = min(_LONGEST_PHRASE, lengths[0])
        lowers = [first, *map(str.lower, text.tokens[index + 1 : index + most])]
        found = self._gazetteer.longest(lowers, 0, len(lowers))
        return None if found is None else KnownNameHit(index, index + found[0], found[1])

    def _better(
        self, text: ScannedText, hit: KnownNameHit, owner: Mention, end: int
    ) -> Mention | None:
        """Return what a mention should be that begins with a known name; None if it is right."""
        if hit.known.type == "organization":
            return self._better_organization(text, hit, owner, end)
        several = hit.last > hit.first + 1
        if end > owner.end and several and _is_whole_region(hit.known):
            return Mention(owner.start, end, "place")  # Trinidad dan Tobago
        if owner.type == "organization" and end == owner.end and is_country_abroad(text, hit):
            return Mention(owner.start, end, "place")
        if end != owner.end or owner.type == "place" or not text.home:
            return None
        is_place = self._is_place_at_home(text, hit, owner)
        return Mention(owner.start, end, "place") if is_place else None

    def _is_place_at_home(self, text: ScannedText, hit: KnownNameHit, owner: Mention) -> bool:
        """Return whether a known place in Indonesian or Malay text was taken for something else."""
        surface, before = text.passage.text[owner.start : owner.end], text.before(hit.first).lower()
        if surface == REPUBLIC:
            return True
        here = not hit.known.weak and before in _WHERE
        if owner.type == "organization" and not hit.known.weak and before in _TO_PLACE:
            return True
        if owner.type == "person" and (here or self._lies_in_what_follows(text, hit)):
            return True
        led = text.flags.get(before, 0) & PREPOSITION or before in context_words("OF_PLACE")
        several, sure = hit.last > hit.first + 1, hit.known.sure
        return bool(led and (sure or several or surface.isupper())) or (sure and several)

    def _better_organization(
        self, text: ScannedText, hit: KnownNameHit, owner: Mention, end: int
    ) -> Mention | None:
        """Return a mention that begins with a known organisation as such, or None."""
        if end > owner.end and hit.last > hit.first + 1:
            return Mention(owner.start, end, "organization")
        if end != owner.end or owner.type == "organization":
            return None
        if owner.type == "place" and is_site(text, hit):
            return None
        surface = text.passage.text[owner.start : end]
        exact = surface in self._gazetteer.aliases(hit.known.id)
        if exact and not (owner.type == "person" and surface in text.people):
            return Mention(owner.start, end, "organization")
        return None

    def _new(self, text: ScannedText, hit: KnownNameHit, end: int) -> Mention | None:
        """Return the mention of a known name that no engine found; None where it is in doubt."""
        known = hit.known
        certain = not known.weak and (
            (known.type == "place" and hit.last == hit.first + 1 and stands_alone(text, hit))
            or (known.type == "organization" and self._is_exact(text, hit, end))
            or is_certain(text, hit)
            or is_country_abroad(text, hit)
        )
        if certain or (text.home and self._certain_at_home(text, hit, end)):
            return Mention(text.starts[hit.first], end, known.type)
        return None

    def _is_exact(self, text: ScannedText, hit: KnownNameHit, end: int) -> bool:
        """Return whether tokens stand as the list has them: McDonald's; in English also one."""
        surface = text.passage.text[text.starts[hit.first] : end]
        several = hit.last > hit.first + 1
        alone = not text.home and stands_alone(text, hit) and not is_common_english(surface)
        return (several or alone) and surface in self._gazetteer.aliases(hit.known.id)

    def _certain_at_home(self, text: ScannedText, hit: KnownNameHit, end: int) -> bool:
        """Return whether a known name is surely meant in Indonesian or Malay text."""
        known = hit.known
        if text.tokens[hit.first].islower():
            return False
        before, after = text.before(hit.first), text.after(hit.last)
        if known.type == "organization":
            surface = text.passage.text[text.starts[hit.first] : end]
            names = self._gazetteer.aliases(known.id)
            return surface in names and is_organization(text, hit, surface, names)
        if before.lower() in context_words("NO_PLACE_AFTER") or before in _OPENING:
            return False
        small = before.isalpha() and (
            before.islower() or before.lower() in context_words("OF_PLACE")
        )
        if known.sure:
            return self._is_country(text, hit, end)
        before = before.lower()
        return (small and self._is_city(text, hit, before, after)) or self._is_last(text, hit)

    def _is_country(self, text: ScannedText, hit: KnownNameHit, end: int) -> bool:
        """Return whether a country or province is surely meant, in or outside a longer name.

        It is after a preposition and words for its people, before what it does, or where two
        sentences have it; linking then finds every other mention. After another noun the list
        decides on names that the engine has hardly seen. One `serangan Israel` is left to it.
        """
        low = text.before(hit.first).lower()
        led = text.flags.get(low, 0) & PREPOSITION or low in context_words("OF_COUNTRY")
        led = led or (low in _OF_STATES and text.tokens[hit.first] == _STATES)
        if not led and text.tokens[run_start(text, hit.first)].lower() != MINISTER:
            name = text.passage.text[text.starts[hit.first] : end]
            rare = name.lower() not in context_words("ENGINE_DECIDES") and follows_noun(
                text, hit.first
            )
            if hit.known.weak and not (rare and low in context_words("NO_NAME_WITH")):
                return False
            if not (rare or low in {",", "dan"} or acts(text, hit) or text.is_repeated(name)):
                return False
        return not is_part_of_name(text, hit.first)

    def _is_city(self, text: ScannedText, hit: KnownNameHit, before: str, after: str) -> bool:
        """Return whether the words around the name of a smaller place say that it is one."""
        led = bool(text.flags.get(before, 0) & PREPOSITION)
        if led and self._place_follows(text, hit.last):
            return True
        if hit.known.weak or (after and after[0].isupper()):
            return False
        return before in context_words("OF_PLACE") or (led and not hit.known.minor)

    def _is_last(self, text: ScannedText, hit: KnownNameHit) -> bool:
        """Return whether a region of Indonesia is the last of several: Jakarta, Medan, dan Solo."""
        at = hit.first - 2
        if at < 1 or text.tokens[at + 1] != _AND or text.after(hit.last)[:1].isupper():
            return False
        at -= text.tokens[at] == ","
        before = self._gazetteer.get(text.tokens[at])
        if not at or before is None or before.weak:
            return False
        led = text.before(at) == "," or text.flags.get(text.before(at).lower(), 0) & PREPOSITION
        return bool(led) and _is_home_region(before) and _is_home_region(hit.known)

    def _place_follows(self, text: ScannedText, index: int) -> bool:
        """Return whether a comma and the name of a country or province follow: Natal, Brasil."""
        return self._place_after(text, index) is not None

    def _place_after(self, text: ScannedText, index: int) -> KnownName | None:
        """Return the country or province that follows a comma at a token, or None."""
        if text.after(index) != "," or index + 1 >= len(text.tokens):
            return None
        hit = self._hit(text, index + 1)
        if hit is None or not hit.known.sure or not text.tokens[index + 1][0].isupper():
            return None
        return hit.known

    def _lies_in_what_follows(self, text: ScannedText, hit: KnownNameHit) -> bool:
        """Return whether a city of that name is in the country after it: Leon, Nikaragua."""
        around = self._place_after(text, hit.last)
        if around is None or hit.known.type != "place" or around.country is None:
            return False
        return any(
            one.kind == "city" and one.country == around.country
            for one in self._gazetteer.places(hit.known.name)
        )


def _joined_by_hyphen(text: str, starts: Sequence[int]) -> list[int]:
    """Return the tokens in which a hyphen joins a letter to a capital: Kamboja-Thailand."""
    found: dict[int, None] = {}
    at = text.find("-")
    while at >= 0:
        if text[at + 1 : at + 2].isupper() and text[at - 1 : at].isalpha():
            found[bisect_right(starts, at) - 1] = None
        at = text.find("-", at + 1)
    return list(found)


def _is_whole_region(known: KnownName) -> bool:
    """Return whether a name of several words is surely that of a country or a region."""
    return not known.weak and known.id is not None and known.id.startswith(_REGION_IDS)


def _is_home_region(known: KnownName) -> bool:
    """Return whether a known name is that of a region of Indonesia."""
    return known.type == "place" and known.is_home


def _holder(better: Mention, inside: Sequence[Mention]) -> Mention | None:
    """Return the person who begins with the end of a body's name: Kejaksaan, Agung Budi Santoso."""
    if better.type != "organization" or not inside:
        return None
    start, end, kind = inside[-1]
    if kind != "person" or not better.start < start < better.end < end - 1:
        return None
    return Mention(better.end + 1, end, "person")


def _replaces(better: Mention, inside: Sequence[Mention], several: bool) -> bool:  # noqa: FBT001 (several words)
    """Return whether a mention, of several words or one, may stand in place of those it touches."""
    if not inside:
        return True
    return inside[-1].end <= better.end and (several or len(inside) == 1)


def _end(text: ScannedText, hit: KnownNameHit) -> int:
    """Return where a known name ends, with the last dot of U.S."""
    end = text.end(hit.last - 1)
    dotted = "." in text.tokens[hit.last - 1] and text.after(hit.last) == "."
    return end + 1 if dotted and text.starts[hit.last] == end else end
