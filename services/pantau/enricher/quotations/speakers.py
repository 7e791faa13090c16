"""Attribution of quotations to speakers, from the words before and after.

`"...," kata Ani Wijaya`, `"...," ujarnya`, `Ani Wijaya mengatakan, "..."`, `Menurut Ani Wijaya,
"..."`, `"...," Jane Roe said`, `She added: "..."`. `dia`, `-nya`, `he` refer to the previous
speaker.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from pantau.enricher.quotations.antecedents import BACK, SENTENCE_END, SUBJECT_BREAK, Antecedents
from pantau.enricher.quotations.marks import Quoted
from pantau.enricher.quotations.named import Named, Roster, sentence_stop
from pantau.enricher.quotations.offices import Offices
from pantau.enricher.quotations.verbs import (
    ACCORDING,
    CREDITED,
    DOCUMENTS,
    ENGLISH,
    LONG,
    NO_SAYING,
    PAPERS,
    PASSIVE,
    PRONOUNS,
    SAYS,
    STEMS,
    WITH_SUFFIX,
)

AHEAD: Final = 160
"""Characters after a quotation in which its speaker is searched."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEADING: Final = re.compile(r"[\s,.'’]{0,4}")
_BREAK: Final = re.compile(
    r"[\n\"“”„]|[.!?]\s*(?:\n|$)"
    r"|\s(?:kepada|saat|ketika|di|pada|dalam|melalui|usai|seperti|tentang|soal|sambil|lewat|seusai|yang|in|on|at|to|after|during|who|about)\s"
)
_BEFORE_NAME: Final = STEMS | ENGLISH | {"menurut", "according"}
"""Words after a quotation that its speaker follows."""
_AGED: Final = "-year-old"
"""The end of what stands for a name: `the 32-year-old said`."""
_THAT: Final = frozenset({"itu", "tersebut", "ini"})
_AGE: Final = re.compile(r"\s\(\d{1,3}(?:\stahun)?\)")
_STATED: Final = re.compile(
    r"\s(?:(?:bunyi|isi)\s)?(?:pernyataan|keterangan|siaran|rilis|penjelasan|tanggapan|unggahan"
    r"|cuitan)(?:\s(?:resmi|tertulis|pers|bersama|singkat))*(?:\s(?:dari|oleh))?(?=\s[A-Z])"
)
"""The words between `demikian` and who made a statement: `demikian keterangan resmi KPK`."""

_SAID_BY: Final = re.compile(
    r"(?:(?:[A-Z][a-z]{2,12}\s)(?:itu|tersebut|ini)\s(?:pun\s|juga\s)?"
    r"|(?:Demikian|Begitu|Demikianlah|Begitulah)\s)"
    rf"(?:{'|'.join(sorted(PASSIVE))})\s(?:langsung\s)?(?:oleh\s)?"
)
"""The beginning of a sentence that names who said the one before."""
_SAID_SO: Final = re.compile(
    r"(?P<verb>[a-z]{6,14})\s(?:hal\s)?(?:itu|tersebut|ini|demikian)(?!\w)"
)

Place = Literal["after", "before", "within", ""]


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
        self._roster = Roster(text, named)
        self._antecedents = Antecedents(self._roster)
        self._offices = Offices(roles)
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
        for found in SENTENCE_END.finditer(self._text, floor, start):
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
            speaker = self._antecedents.before(start, self._last, self._last_end)
        self._last, self._last_end = speaker, end
        return speaker

    def reporter(self, begin: int, end: int) -> str | None:
        """Return who says a clause that the words between two positions introduce, or None."""
        told = self._before(begin, end)
        if told is None:
            return None
        _, speaker, before_named = told
        if speaker is None and before_named:
            speaker = self._antecedents.before(begin, self._last, self._last_end)
        if speaker is not None:
            self._last, self._last_end = speaker, end
        return speaker

    def behind_name(self, start: int, end: int) -> int:
        """Return where a clause begins that an apposition to its introduction seems to begin.

        `Menurut Ketua KPK, Ani Wijaya, ...`
        """
        named = next(self._roster.between(start, start + 1), None)
        if named is None:
            return start
        age = _AGE.match(self._text, named.end)
        after = named.end if age is None else age.end()
        follows = self._text.startswith(", ", after)
        return after + len(", ") if follows and after < end else start

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
        # A full stop may stand behind the mark as well.
        ended = last in ".!?" or text.startswith(".", end)
        sentence_ended = ended and word.group()[0].isupper()
        if low in WITH_SUFFIX:
            return None, True
        if low in _BEFORE_NAME and not word.group()[0].isupper():
            return self._speaker(_after_verb(word), limit)
        # A capital behind the end of a sentence begins another one, which must speak of saying
        # itself.
        if sentence_ended:
            return self._said_so(at, limit)
        if low in DOCUMENTS:
            return self._stated(word.end(), limit), False
        return self._subject(at, limit) or self._unknown_word(word, last, limit)

    def _stated(self, at: int, limit: int) -> str | None:
        """Parse what follows the first word of `demikian keterangan KPK`, `begitu kata Ani`."""
        stated = _STATED.match(self._text, at, limit)
        if stated is not None:
            said = self._speaker(stated.end(), limit)[0]
            return said or self._body(stated.end(), limit)
        found = _WORD.match(self._text, at + 1, limit)
        if found is None or found.group() not in STEMS:
            return None
        return self._speaker(found.end(), limit)[0]

    def _body(self, at: int, limit: int) -> str | None:
        """Return the first organisation behind nothing but capitals: `pernyataan DPP PDI`."""
        for one in self._roster.between(at, limit):
            words = self._text[at : one.start].split()
            return one.name if all(word[0].isupper() for word in words) else None
        return None

    def _said_so(self, at: int, limit: int) -> tuple[str | None, bool] | None:
        """Parse a sentence that says who said the one before.

        `Hal itu disampaikan Ani Wijaya.`, `Ani Wijaya mengatakan hal itu.`
        """
        passive = _SAID_BY.match(self._text, at, limit)
        if passive is not None:
            return self._speaker(passive.end(), limit)
        limit = sentence_stop(self._text, at, limit)
        verb = _SAID_SO.search(self._text, at, limit)
        if verb is None or verb["verb"] not in LONG:
            return None
        return self._subject(at, limit)

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
        if word.group() in CREDITED:
            return None
        if word.group() in NO_SAYING:
            return (None, False) if last == "," else None
        # A verb that is in no list: the speaker must follow at once.
        if word.group()[0].islower():
            at = word.end() + 1
            following = _WORD.match(text, at, limit)
            if following and following.group().lower() in PRONOUNS:
                return None, True
        speaker = next((one.name for one in self._roster.between(at, min(limit, at + 1))), None)
        return (speaker, False) if speaker or last == "," else None

    def _speaker(self, at: int, limit: int) -> tuple[str | None, bool]:
        """Parse the speaker after a reporting verb."""
        text = self._text
        stop = _BREAK.search(text, at, limit)
        limit = sentence_stop(text, at, stop.start() if stop else limit)
        words = [word.group() for word in _WORD.finditer(text, at, limit)][:8]
        if not words:
            return None, True
        if words[0].lower() in PRONOUNS or (len(words) == 2 and words[1].endswith(_AGED)):
            return None, True
        if words[0].lower() in PAPERS:
            return None, False
        people = self._roster.people(at, limit)
        if people:
            return self._first_speaker(people, at), False
        officer = self._officer(at, stop) if stop and stop.start() == limit else None
        if officer:
            return officer, False
        held = self._offices.holder(words)
        if held:
            return held, False
        # An organisation or a place speaks only where it stands right behind the verb.
        for one in self._roster.between(at, limit):
            if not text[at : one.start].strip(" ").removeprefix("the"):
                return one.name, False
        return None, words[0][0].islower() and not _THAT.isdisjoint(words)

    def _officer(self, at: int, stop: re.Match[str]) -> str | None:
        """Parse the rest of an office that goes on behind `pada` or `di`, and its holder.

        `kata Kabid Humas pada Dinas Sosial Ani Wijaya`.
        """
        if stop.group().strip() not in {"pada", "di"} or not self._text[at + 1 : at + 2].isupper():
            return None
        for one in self._roster.people(stop.end(), stop.end() + BACK // 4):
            words = self._text[stop.end() : one.start].split(" ")
            return (
                one.name if all(word.istitle() or word.isupper() for word in words[:-1]) else None
            )
        return None

    def _first_speaker(self, people: Sequence[Named], floor: int) -> str | None:
        """Return the first of some people, or the next if the first is there as a relative.

        `kata istri Ani Wijaya, Budi Santoso`; nobody if the relative's name is not told.
        """
        for number, one in enumerate(people):
            begin = people[number - 1].end if number else floor
            if not self._roster.is_relative(one, begin):
                return one.name
        return None

    def _subject(self, at: int, limit: int) -> tuple[str | None, bool] | None:
        """Parse `Jane Roe told reporters` after a quotation.

        The subject precedes the reporting verb.
        """
        text = self._text
        stop = SUBJECT_BREAK.search(text, at, limit)
        limit = stop.start() if stop else limit
        for number, word in enumerate(_WORD.finditer(text, at, min(limit, at + 100))):
            low = word.group().lower()
            if low not in ENGLISH and low not in LONG:
                continue
            if number and word.group()[0].isupper():
                continue  # a name: Said Hakim
            if number == 0:  # the verb comes first: "...", said Jane Roe
                return self._speaker(word.end(), limit)
            words = [one.group() for one in _WORD.finditer(text, at, word.start())]
            if words[0].lower() in PRONOUNS or words[-1].endswith(_AGED):
                return None, True
            named = list(self._roster.between(at, word.start()))
            people = [one for one in named if one.type == "person"]
            held = self._first_speaker(people, at) if people else self._offices.holder(words)
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
            speaker, anaphor = self._speaker(_after_verb(verb), start)
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
        named = list(self._roster.between(begin, verb.start()))
        if named:
            people = self._roster.subjects(begin, verb.start())
            first = named[0]
            # At the beginning, an article may stand before it.
            leads = first.start - begin <= len("The ") and _near(words, first, verb)
            if people:
                return people[0].name, False
            if leads and first.type != "person":
                return first.name, False
        before = [word.group() for word in words[:number]]
        pronoun = not before or any(word.lower() in PRONOUNS for word in before)
        if named and not pronoun:
            return None, False
        return None if pronoun else self._offices.holder(before), pronoun

    def _label(self, start: int) -> tuple[int, str | None, bool] | None:
        """Parse `Ani Wijaya: "..."`."""
        head = self._text[max(0, start - 3) : start].rstrip(" ")
        if not head.endswith(":"):
            return None
        colon = self._text.rindex(":", 0, start)
        for one in self._roster.between(max(0, colon - 80), colon):
            if one.end == colon:
                return colon, one.name, False
        return None


def _after_verb(verb: re.Match[str]) -> int:
    """Return where the speaker may begin after a verb: `according to` is one."""
    return verb.end() + len(" to") * (verb.group().lower() == "according")


def _near(words: Sequence[re.Match[str]], one: Named, verb: re.Match[str]) -> bool:
    """Return whether a reporting verb closely follows an organisation."""
    return sum(one.end <= word.start() < verb.start() for word in words) <= 1
