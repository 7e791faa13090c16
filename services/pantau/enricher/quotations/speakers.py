"""Attribution of quotations to speakers, from the words before and after.

`"...," kata Ani Wijaya`, `"...," ujarnya`, `Ani Wijaya mengatakan, "..."`, `Menurut Ani Wijaya,
"..."`, `"...," Jane Roe said`, `She added: "..."`. `dia`, `-nya`, `he` refer to the previous
speaker.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple

from pantau.enricher.quotations.marks import Quoted
from pantau.enricher.quotations.verbs import (
    ACCORDING,
    DOCUMENTS,
    ENGLISH,
    LONG,
    PRONOUNS,
    SAYS,
    STEMS,
    WITH_SUFFIX,
)
from pantau_schemas.events.article import EntityType

AHEAD: Final = 160
"""Characters after a quotation in which its speaker is searched."""
BACK: Final = 240
"""Characters before a quotation in which its introductory sentence is searched."""
FAR: Final = 900
"""Maximum distance of the antecedent of `he` in characters."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEADING: Final = re.compile(r"[\s,.]{0,4}")
_SENTENCE_END: Final = re.compile(
    r"(?<![^\W\d_]{3})(?<=[^\W\d_][^\W\d_])\.\s(?!.)|[.!?]['\"”’)]{0,2}[\s,]{1,3}(?=[\"“”„A-Z0-9])|\n"
)
_BREAK: Final = re.compile(
    r"[\n\"“”„]|[.!?]\s*(?:\n|$)|(?<=[^\W\d_]{4})[.!?]['\"”’)]?[\s,]+(?=[A-Z])"
    r"|\s(?:kepada|saat|ketika|di|pada|dalam|melalui|usai|seperti|tentang|soal|sambil|lewat|seusai|yang|in|on|at|to|after|during|who|about)\s"
)
_SUBJECT_BREAK: Final = re.compile(r"[\n\"“”„;]|[.!?]\s")
_THAT: Final = frozenset({"itu", "tersebut", "ini"})
_PHRASE: Final = 4
"""Maximum number of words that refer to an office."""

Place = Literal["after", "before", "within", ""]


class Named(NamedTuple):
    """A mention of a possible speaker: a half-open range, the canonical name, the type."""

    start: int
    end: int
    name: str
    type: EntityType


class Evidence(NamedTuple):
    """The evidence in the words around a quotation.

    `place` is the position of a reporting verb: directly after, directly before, in the enclosing
    sentence, or none. `before_named`: the speaker was named before. `close`: the verb is close by.
    `starts`, `ends`: a sentence starts and ends with the quotation.
    """

    place: Place
    speaker: str | None
    before_named: bool
    close: bool = False
    starts: bool = False
    ends: bool = False


class Speakers:
    """The people and organisations of a text as speakers of its quotations.

    Quotations must be passed in order.
    """

    def __init__(
        self, text: str, named: Sequence[Named], roles: Mapping[str, Sequence[str]]
    ) -> None:
        self._text = text
        self._named = [one for one in named if one.type != "place"]
        self._starts = [one.start for one in self._named]
        self._roles = roles
        self._last: str | None = None
        self._last_end = 0

    def evidence(self, quoted: Quoted, previous: int, following: int) -> Evidence:
        """Return the evidence around two marks.

        `previous` is the end of the preceding quotation, `following` the start of the next.
        """
        start, end = quoted.opening, quoted.after
        last = self._text[quoted.end - 1]
        floor = max(previous, start - BACK, self._text.rfind("\n", max(0, start - BACK), start) + 1)
        head = self._text[floor:start].rstrip(" ,\t\xa0")
        starts = not head or head[-1] in '.!?"”)'
        ends = self._text[end : end + 1] in {"", "\n"} or self._text[end : end + 2] in {". ", " ,"}
        after = self._after(last, end, min(following, end + AHEAD))
        if after:
            return Evidence("after", *after, starts=starts, ends=ends)
        sentence = floor
        for found in _SENTENCE_END.finditer(self._text, floor, start):
            sentence = found.end()
        before = self._before(sentence, start)
        if before:
            place: Place = (
                "before" if self._text.endswith((":", ", ", ": ", ","), 0, start) else "within"
            )
            verb, speaker, anaphor = before
            close = len(_WORD.findall(self._text, verb, start)) <= 2
            return Evidence(place, speaker, anaphor, close, starts=starts, ends=ends)
        return Evidence("", None, before_named=True, starts=starts, ends=ends)

    def resolve(self, told: Evidence, start: int, end: int) -> str | None:
        """Return the speaker's canonical name, and remember it for the next quotations."""
        speaker = told.speaker
        if speaker is None and told.before_named:
            speaker = self._before_named(start)
        self._last, self._last_end = speaker, end
        return speaker

    def _after(self, last: str, end: int, limit: int) -> tuple[str | None, bool] | None:
        """Parse the text after: (speaker, named before), or None without a reporting verb."""
        text = self._text
        begin = _LEADING.match(text, end, limit)
        at = begin.end() if begin else end
        if "\n" in text[end:at]:
            return None
        word = _WORD.match(text, at, limit)
        if not word:
            return None
        low = word.group().lower()
        sentence_ended = last in ".!?" and word.group()[0].isupper()
        if low in WITH_SUFFIX:
            return None, True
        if (low in STEMS or low in ENGLISH) and not word.group()[0].isupper():
            return self._speaker(word.end(), limit)
        if sentence_ended:
            return None
        if low in DOCUMENTS:
            return None, False
        return self._subject(at, limit) or self._unknown_word(word, last, limit)

    def _unknown_word(
        self, word: re.Match[str], last: str, limit: int
    ) -> tuple[str | None, bool] | None:
        """Parse `" guyon Ani Wijaya`, or `," Jane Roe, head of ...`.

        After a comma a speaker is required.
        """
        if last not in ",.!?":
            return None
        text = self._text
        at = word.start()
        if word.group()[0].islower():
            at = word.end() + 1
            following = _WORD.match(text, at, limit)
            if following and following.group().lower() in PRONOUNS:
                return None, True
        speaker = next((one.name for one in self._between(at, min(limit, at + 1))), None)
        return (speaker, False) if speaker or last == "," else None

    def _speaker(self, at: int, limit: int) -> tuple[str | None, bool]:
        """Parse the speaker after a reporting verb."""
        text = self._text
        stop = _BREAK.search(text, at, limit)
        limit = stop.start() if stop else limit
        words = [word.group() for word in _WORD.finditer(text, at, limit)][:8]
        if not words:
            return None, True
        if words[0].lower() in PRONOUNS:
            return None, True
        people = [one for one in self._between(at, limit) if one.type == "person"]
        if people:
            return people[0].name, False
        held = self._holder(words)
        if held:
            return held, False
        for one in self._between(at, limit):
            if not text[at : one.start].strip(" ").removeprefix("the"):
                return one.name, False
        return None, words[0][0].islower() and not _THAT.isdisjoint(words)

    def _subject(self, at: int, limit: int) -> tuple[str | None, bool] | None:
        """Parse `Jane Roe told reporters` after a quotation.

        The subject precedes the reporting verb.
        """
        text = self._text
        stop = _SUBJECT_BREAK.search(text, at, limit)
        limit = stop.start() if stop else limit
        for number, word in enumerate(_WORD.finditer(text, at, min(limit, at + 100))):
            low = word.group().lower()
            if low not in ENGLISH and low not in LONG:
                continue
            if number == 0:  # the verb comes first: "...", said Jane Roe
                return self._speaker(word.end(), limit)
            words = [one.group() for one in _WORD.finditer(text, at, word.start())]
            if words[0].lower() in PRONOUNS:
                return None, True
            named = list(self._between(at, word.start()))
            people = [one.name for one in named if one.type == "person"]
            held = people[0] if people else self._holder(words)
            # An organisation speaks only as the subject itself: not in "NASA's director said".
            if (
                held is None
                and named
                and named[0].start == at
                and text[named[0].end : named[0].end + 1] not in {"'", "’"}
            ):
                held = named[0].name
            return held, False
        return None

    def _before(self, begin: int, start: int) -> tuple[int, str | None, bool] | None:
        """Parse the introductory sentence: (end of the verb, speaker, named before)."""
        text = self._text
        words = list(_WORD.finditer(text, begin, start))
        for number in range(len(words) - 1, -1, -1):
            low = words[number].group().lower()
            if low in SAYS or low in ACCORDING or low == "menurutnya":
                break
        else:
            return self._label(start)
        verb = words[number]
        if low in WITH_SUFFIX or low == "menurutnya":
            return verb.end(), None, True
        if low in STEMS or low in ACCORDING:
            speaker, anaphor = self._speaker(verb.end(), start)
            if low in STEMS and speaker is None and not anaphor:
                return self._label(start)
            return (verb.end(), speaker, anaphor) if low in STEMS else (start, speaker, anaphor)
        return (verb.end(), *self._speaker_before(begin, words, number))

    def _speaker_before(
        self, begin: int, words: Sequence[re.Match[str]], number: int
    ) -> tuple[str | None, bool]:
        """Return the speaker before the verb at `number`, and whether a pronoun stands there.

        A person goes before others; an organisation or a place counts only at the beginning.
        """
        verb = words[number]
        named = list(self._between(begin, verb.start()))
        if named:
            speaker = next((one.name for one in named if one.type == "person"), None)
            first = named[0]
            leads = first.start - begin <= len("The ") and _near(words, first, verb)
            return first.name if speaker is None and leads else speaker, False
        before = [word.group() for word in words[:number]]
        pronoun = not before or any(word.lower() in PRONOUNS for word in before)
        return None if pronoun else self._holder(before), pronoun

    def _label(self, start: int) -> tuple[int, str | None, bool] | None:
        """Parse `Ani Wijaya: "..."`."""
        head = self._text[max(0, start - 3) : start].rstrip(" ")
        if not head.endswith(":"):
            return None
        colon = self._text.rindex(":", 0, start)
        for one in self._between(max(0, colon - 80), colon):
            if one.end == colon:
                return colon, one.name, False
        return None

    def _between(self, start: int, end: int) -> Iterator[Named]:
        at = bisect_left(self._starts, start)
        while at < len(self._named) and self._starts[at] < end:
            yield self._named[at]
            at += 1

    def _holder(self, words: Sequence[str]) -> str | None:
        """Return the only person with a named office: `Kapolres`, `the minister`."""
        plain = [
            word
            for word in words[:_PHRASE]
            if word.lower() not in {"the", "sang", "itu", "tersebut"}
        ]
        for size in range(len(plain), 0, -1):
            phrase = " ".join(plain[:size]).lower()
            if len(phrase) < 3:
                continue
            found = self._holders.get(phrase)
            if found is not None:
                return found
        return None

    @cached_property
    def _holders(self) -> dict[str, str | None]:
        """The words of offices, up to `_PHRASE` in a row, mapped to the holder.

        None if there are several.
        """
        holders: dict[str, str | None] = {}
        for name, held in self._roles.items():
            for phrase in {phrase for role in held for phrase in _phrases(role.lower())}:
                holders[phrase] = None if phrase in holders else name
        return holders

    def _before_named(self, start: int) -> str | None:
        """Return the last speaker before `start`, or the subject of the preceding sentence."""
        floor = max(self._last_end, start - FAR)
        people = [one for one in self._between(floor, start) if one.type == "person"]
        for one in reversed(people):
            if self._speaks(one, start):
                return one.name
        if not people:
            return self._last
        sentence = self._sentence_before(start, floor)
        subject = next((one for one in people if one.start >= sentence), None)
        if self._last is not None and (subject is None or not self._opens(subject, sentence)):
            return self._last
        if subject is not None:
            return subject.name
        paragraph = self._text.rfind("\n", floor, people[-1].start) + 1
        return next(one.name for one in people if one.start >= paragraph)

    def _sentence_before(self, start: int, floor: int) -> int:
        """Return the start of the sentence before a quotation."""
        text = self._text
        end = start
        while end > floor and text[end - 1] in ' ,."“”\n\t':
            end -= 1
        begin = max(floor, end - BACK)
        for found in _SENTENCE_END.finditer(text, begin, end):
            begin = found.end()
        return begin

    def _opens(self, one: Named, sentence: int) -> bool:
        """Return whether a sentence begins with a name, or with the titles before it."""
        words = _WORD.findall(self._text, sentence, one.start)
        return len(words) <= 6 and all(word[0].isupper() for word in words)

    def _speaks(self, one: Named, limit: int) -> bool:
        """Return whether a reporting verb is beside a name.

        `Ani Wijaya juga menilai`, `kata Ketua KPK Ani Wijaya`.
        """
        text = self._text
        after = one.end
        if text[after : after + 2] == ", ":  # an apposition
            comma = text.find(",", after + 2, min(limit, after + 90))
            after = comma + 1 if comma > 0 else after
        stop = _SUBJECT_BREAK.search(text, after, min(limit, after + 60))
        for word in [
            *_WORD.finditer(text, after, stop.start() if stop else min(limit, after + 60))
        ][:4]:
            if word.group() in LONG or word.group() in ENGLISH:
                return True
        for word in reversed(_WORD.findall(text, max(0, one.start - 70), one.start)):
            low = word.lower()
            if low in STEMS or low in ACCORDING or low in ENGLISH:
                return True
            if not word[0].isupper() and low not in {"dan", "of", "the", "and", "bidang", "urusan"}:
                return False
        return False


def _phrases(role: str) -> Iterator[str]:
    """Yield the runs of up to `_PHRASE` words of an office."""
    words = role.split(" ")
    for start in range(len(words)):
        for end in range(start + 1, min(start + _PHRASE, len(words)) + 1):
            yield " ".join(words[start:end])


def _near(words: Sequence[re.Match[str]], one: Named, verb: re.Match[str]) -> bool:
    """Return whether a reporting verb closely follows an organisation."""
    return sum(one.end <= word.start() < verb.start() for word in words) <= 1
