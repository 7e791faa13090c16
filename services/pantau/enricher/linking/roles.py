"""Titles around the names of people: offices (kept as roles), courtesy titles and degrees."""

import re
from typing import Final

from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.lexicon.public_people import is_usual_name
from pantau.enricher.lexicon.ranks import follows_rank, is_police_rank, rank_start
from pantau.enricher.lexicon.titles import RETIRED, held_words, title_flags
from pantau.enricher.lexicon.words import Flag, word_flags, words_with
from pantau.enricher.linking.offices.held import held_office, office_before_verb
from pantau.enricher.linking.offices.nearby import before_period, is_serving, own_office, serving
from pantau.enricher.linking.offices.words import (
    BRANCHES,
    COMPLEMENTS,
    ENGLISH_HEADS,
    HONOUR_PARTS,
    KINSHIP,
    NO_MODIFIER,
    NO_ROLE,
    SMALL_LINKS,
    continues_honour,
)
from pantau.enricher.quotations.verbs import SAYS

_WORD: Final = re.compile(r"[^\W_]+(?:(?:[-'’/]|\.(?=[^\W\d_]))[^\W_]+)*")
_LOOK_BACK: Final = 110
"""Characters before a name in which its titles are searched."""
_INNER: Final = COMPLEMENTS | {
    "dan", "of", "the", "for", "and", "bidang", "urusan", "umum", "non", "ad", "interim",
}  # fmt: skip
_SMALL: Final = frozenset({"dan", "of", "the", "for", "and", "urusan", "bidang"}) | SMALL_LINKS
_LOOK_AHEAD: Final = 100
"""Characters after a name within which an apposition must end."""
_MOST_WORDS: Final = 9
"""Maximum number of words of an apposition that names an office."""
TITLES_REACH: Final = 45
"""Characters between an office and a name that titles may fill."""
_AFTER_NAME: Final = re.compile(
    r",\s?(?:(?P<word>[A-Za-z][A-Za-z.]{1,9})\.?(?=[,\s])|(?P<age>\d{2})(?=,))"
)
_APPOSITION: Final = re.compile(
    r"(?:,\s(?:(?:now|then|the|a|an|its|his|her|their|our|selaku|sebagai|who is|yang "
    r"menjabat)\s){0,3}|\s\((?=[A-Za-z][a-z]))(?P<role>[^\W\d_][^,.;()\n\"“”]{2,90})"
)
_LIST_ENDS: Final = re.compile(r"\s(?:dan|serta|and)\s\Z")
"""Words between the office of a person and the next person: `X, Ketua A dan Y, Ketua B`."""
_AFTER_OFFICE: Final = frozenset({"", ",", ".", ")", "\n", ";"})
_AGE: Final = re.compile(r"\s\(\d{1,3}(?:\stahun)?\)(?=,)")
_BEGINS_AFTER: Final = (",", " (")
"""The beginnings of each way to name an office after a name."""
_COMMA: Final = re.compile(
    r"(?:\s\([A-Z][\w-]{1,15}\))?,\s(?P<titles>(?:(?:[A-Z][\w.]{0,10}|dr[gh]?\.?)\s){0,4})$"
)
"""The comma between an office and a name, with ranks or a short form in brackets."""
_SHORT_FORM: Final = re.compile(r"\s\((?P<short>[A-Z][^()\n]{0,40})\)(?=\s|$)")
"""A short form in brackets within an office."""
_NUMBER: Final = re.compile(r"\d{1,3}(?:/(?:RW|RT)|/\d{1,3})?")
"""A number within an office: `Ketua RT 05`, `Ketua Komisi 3`."""
_ORDINAL: Final = re.compile(r"ke-\d{1,3}")
"""Which holder of the office: `Presiden ke-3 Indonesia`."""
_OF_ANOTHER: Final = ("selaku ", "sebagai ", *(f"{kin} " for kin in KINSHIP))
"""Words before the office of another person: the one before them, or a relative's."""
_LISTED: Final = re.compile(r",?\s(?:dan|serta|and|hingga|sampai)\s")
_CUT: Final = re.compile(
    r"\s(?:yang|di|dalam|saat|pada|ketika|usai|kepada|sejak|periode|hingga|itu|tersebut|who|which|in|said|says|told|on|at|as|when|kemarin|hari|(?i:senin|selasa|rabu|kamis|jumat|sabtu|minggu))(?![^\W_])"
)
_POL: Final = "Pol "
"""A part of ranks that is also a name."""
_FORCES: Final = frozenset({"tni", "polri", "ad", "al", "au", "pol", "marinir"}) | BRANCHES
"""Parts of a rank that follow it: Letjen TNI, Brigjen Pol."""
_RANK_PARTS: Final = RETIRED | _FORCES
_NEAR_NAMES: Final = _INNER | _RANK_PARTS
"""Lower-case words that may be between an office and a name."""
_OFFICE, _RANK, _HONORIFIC, _DEGREE = map(
    int, (Flag.OFFICE, Flag.RANK, Flag.HONORIFIC, Flag.DEGREE)
)
_TITLE: Final = _OFFICE | _RANK | _HONORIFIC
_NO_MODIFIER_FLAGS: Final = int(Flag.NO_NAME | Flag.CALENDAR | Flag.SPEAKING)
_COURTESY: Final = _RANK | _HONORIFIC
_AND: Final = frozenset({"dan", "and"})
SHORT_NAMES: Final = frozenset({"Ma", "Se", "Sh", "Mm", "Mt", "St", "Mh", "Ca", "Meng", "Mak"})
"""Names that are degrees too, in capitals."""


def trim_person(text: str, start: int, end: int) -> tuple[int, int]:
    """Remove titles before a person's name and degrees after it.

    `Dr Boy Rafli Amar, MH` is Boy Rafli Amar.
    """
    if text.startswith(_POL, start) and not follows_rank(text, start):
        return start, end  # Pol Espargaro
    first, last = _name_within(text[start:end])
    return start + first, start + last


@remembered_name
def _name_within(name: str) -> tuple[int, int]:
    flags = words_with(_TITLE | _DEGREE)
    parts = name.split(" ")
    head, tail = parts[0], parts[-1]
    titled = flags.get(head.lower(), 0) & _TITLE or flags.get(tail.lower(), 0) & _DEGREE
    if not titled and head.isalnum() and tail.isalnum():
        return 0, len(name)  # the usual case
    words = [
        (word.start(), word.end(), flags.get(word.group().lower(), 0))
        for word in _WORD.finditer(name)
    ]
    for start, _, flag in words[:_MOST_WORDS]:
        if flag & _TITLE and is_usual_name(name[start:]):
            return start, len(name)  # Puan Maharani
    if words and words[0][2] & _TITLE:
        last = max(at for at, word in enumerate(words) if word[2] & _TITLE)
        words = words[last + 1 :] or words[-1:]
    while len(words) > 1 and words[-1][2] & _DEGREE and not _is_short_name(name, words[-1]):
        words.pop()
    return (words[0][0], words[-1][1]) if words else (0, len(name))


def _is_short_name(name: str, word: tuple[int, int, int]) -> bool:
    """Return whether a degree is written as names are: the Ma of Jack Ma, who has no MA."""
    start, end, _ = word
    return name[start:end] in SHORT_NAMES and not name.endswith(",", 0, start - 1)


def role_beside(
    text: str, span: tuple[int, int], floor: int, ceiling: int
) -> tuple[str | None, int]:
    """Return the office of the person in `span`, and where the next one's may start.

    Only the text between `floor` and `ceiling` is read: the neighbouring people are outside.
    """
    start, end = span
    first = rank_start(text, start, floor)
    role = _role_before_comma(text, first, end, floor)
    if role is None:
        role = role_before(text, before_period(text, first, floor), floor)
        if role is not None and is_serving(role.lower(), text[end:ceiling]):
            return None, text.rfind(role, floor, start)
        role = None if role is None else own_office(role, text[start:end], text[end:ceiling])
    if role is None and first < start:
        role = text[first:start].rstrip()
    if role is not None and not is_rank(role):
        return role, end
    after = role_after(text, end, ceiling)
    return (_SHORT_FORM.sub("", text[slice(*after)].strip()), after[1]) if after else (role, end)


@remembered_name
def is_rank(role: str) -> bool:
    """Return whether a role is nothing but a rank, beside which an office may be named."""
    if is_police_rank(role):
        return True
    flags = title_flags()
    lowers = [word.lower() for word in _WORD.findall(role)]
    return all(flags.get(low, 0) & _RANK or low in _RANK_PARTS for low in lowers)


def _role_before_comma(text: str, start: int, end: int, floor: int) -> str | None:
    """Parse `Ketua KPK, Ani Wijaya, ...` and `Kapolres Demak, AKBP Ani Wijaya`.

    Not the last item of a list of people.
    """
    near = max(floor, start - TITLES_REACH)
    last = text.rfind(",", near, start)
    if last < 0 or not (last + 2 >= start or text[last + 2].isupper() or text[last + 2] == "d"):
        return None  # no comma, or lower-case words after it
    comma = _COMMA.search(text, near, start)
    if comma is None or _LISTED.match(text, end):
        return None
    flags = title_flags()
    titles = list(_WORD.finditer(text, *comma.span("titles")))
    if not all(_title_flags(titles, at, flags) & _TITLE for at in range(len(titles))):
        return None
    stop = before_period(text, comma.start(), floor)
    role = role_before(text, stop, floor, joined=False)
    if role is None or " " not in role:
        return None
    begin = text.rfind(role.partition(" ")[0], floor, stop)
    return None if text.endswith(_OF_ANOTHER, floor, begin) else role


def role_after(text: str, end: int, ceiling: int) -> tuple[int, int] | None:
    """Return the span of the office after a name.

    `Ani Wijaya, Ketua Komisi III DPR,`, `Jane Roe, the mayor,`.
    """
    if text.startswith(")", end):
        end += 1  # of a short form: Halim Wijaya (HW) selaku direktur
    held = held_office(text, end, ceiling) or serving(text, end, ceiling)
    if held is not None or not text.startswith(_BEGINS_AFTER, end):
        return held
    end = _past_degrees(text, end)
    flags = title_flags()
    found = _APPOSITION.match(text, end, min(ceiling, end + _LOOK_AHEAD))
    if not found:
        return None
    start, stop = found.span("role")
    cut = _CUT.search(text, start, stop)
    if cut is None and stop == ceiling:
        cut = _LIST_ENDS.search(text, start, stop)
    stop = cut.start() if cut else stop
    closed = cut is not None or text[stop : stop + 1] in _AFTER_OFFICE
    words = _WORD.findall(text, start, stop)
    if not closed or not SAYS.isdisjoint(words):
        return office_before_verb(text, start, stop)
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    lowers = [word.lower() for word in words]
    first = next((at for at, low in enumerate(lowers[:4]) if flags.get(low, 0) & _OFFICE), None)
    if first is None or not NO_ROLE.isdisjoint(lowers):
        return None
    if first and not ENGLISH_HEADS.intersection(lowers[first : first + 2]):
        return None  # a scope precedes an office in English only
    return start, stop


def _past_degrees(text: str, end: int) -> int:
    """Return where a name at `end` ends with its degrees and the age of the person."""
    age = _AGE.match(text, end)
    end = end if age is None else age.end()
    flags = title_flags()
    while degree := _AFTER_NAME.match(text, end):
        if not degree["age"] and not flags.get(degree["word"].lower().rstrip("."), 0) & _DEGREE:
            break
        end = degree.end()
    return end


def role_before(text: str, start: int, floor: int, *, joined: bool = True) -> str | None:
    """Return the office directly before a person's name at `start`, such as `Kepala BNPT`.

    The text before `floor`, the end of the previous person, is not read. A rank is returned if
    there is no office, unless the name is not `joined` to it by a space.
    """
    begin = max(floor, start - _LOOK_BACK)
    if joined and _nothing_before(text, begin, start):
        return None
    begin = _reach(text, text.rfind("\n", begin, start) + 1 or begin, start)
    # Most words before names are none of titles: to know that costs least.
    if held_words().isdisjoint(map(str.lower, _WORD.findall(text, begin, start))):
        return None
    words = _words_of_titles(text, begin, start)
    first, last, rank = _title_words(text, words, start, joined=joined)
    if first is not None and last is not None and first <= last:
        first = _with_modifiers(text, words, first)
        return _SHORT_FORM.sub("", text[words[first].start() : words[last].end()])
    if rank is not None and joined:
        held = text[words[rank[0]].start() : words[rank[1]].end()]
        return f"{held})" if "(" in held else held
    return None


def _words_of_titles(text: str, begin: int, start: int) -> list[re.Match[str]]:
    """Return the words before a name without short forms in brackets: `Menteri Sosial (Mensos)`."""
    words = list(_WORD.finditer(text, begin, start))
    if ")" not in text[begin:start]:
        return words
    brackets = [
        found.span()
        for found in _SHORT_FORM.finditer(text, begin, start)
        if found["short"].lower() not in RETIRED
    ]
    return [word for word in words if not any(at < word.start() < end for at, end in brackets)]


def _title_words(
    text: str, words: list[re.Match[str]], start: int, *, joined: bool
) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """Return the first word of the office that ends at `start`, its last word, and the rank.

    Words are read backwards from the name, as long as they continue a title.
    """
    flags = title_flags()
    edge, first, last, rank = start, None, None, None
    listed = False
    for at in range(len(words) - 1, -1, -1):
        end, word = words[at].end(), words[at].group()
        seen = _title_flags(words, at, flags)
        # Only a comma may stand between an office and a name that is not joined to it.
        gap = text[end:edge]
        apart = not _joins(gap, word, seen) and (joined or end != start)
        apart = apart and not _is_listed(gap, more=listed and first is None)
        before = words[at - 1].group() if at else ""
        if apart or not (seen & _TITLE or _continues(word, before)):
            break
        if word in _AND and (first == at + 1 or last is None):
            break
        edge = words[at].start()
        listed |= word in _AND
        if seen & _OFFICE:
            first = at
        if last is None and not seen & _COURTESY:
            if word in _SMALL:
                break  # a spokesman for Acme: the name is not the spokesman's
            last = at
        elif last is None and seen & _RANK:
            rank = (at, rank[1] if rank else at)
    return first, last, rank


def _is_listed(gap: str, *, more: bool) -> bool:
    """Return whether a comma stands in a list within an office: Riset, Teknologi, dan Inovasi."""
    return more and gap.startswith(", ")


def _continues(word: str, before: str) -> bool:
    """Return whether a word, with the one before it, may be part of an office without a flag."""
    if not word.islower() or word in _INNER or _ORDINAL.fullmatch(word) is not None:
        return True
    return bool(before) and _is_number_of(word, before)


def _is_number_of(word: str, before: str) -> bool:
    """Return whether a number belongs to the word before it in an office: `RT 05/RW 03`."""
    return (before[0].isupper() or "/" in before) and _NUMBER.fullmatch(word) is not None


def _title_flags(words: list[re.Match[str]], at: int, flags: dict[str, int]) -> int:
    """Return the flags of a word, those of a rank of several words included."""
    low = words[at].group().lower()
    seen = flags.get(low, 0)
    if low in HONOUR_PARTS:
        before, after = (words[at - 1 : at], words[at + 1 : at + 2])
        near = ["".join(one.group().lower() for one in some) for some in (before, after)]
        return seen | (_HONORIFIC if continues_honour(low, *near) else 0)
    return seen | _of_rank(words, at, flags) if low in _RANK_PARTS else seen


def _nothing_before(text: str, begin: int, start: int) -> bool:
    """Return whether a quick check excludes an office directly before a name."""
    last = start - 1
    if last < begin or text[last] not in " (":
        return True
    return _is_plain(text[text.rfind(" ", begin, last) + 1 or begin : last])


def _reach(text: str, begin: int, start: int) -> int:
    """Return the start of the last word before `start` that ends every office.

    The text before it need not be read.
    """
    while begin < start:
        space = text.rfind(" ", begin, start)
        if space < 0:
            return begin
        if _is_plain(text[space + 1 : start]):
            return space + 1
        start = space
    return begin


def _is_plain(word: str) -> bool:
    """Return whether a word is in lower case and can neither be nor occur in an office."""
    return (
        word.isalpha()
        and word.islower()
        and word not in _NEAR_NAMES
        and not title_flags().get(word, 0) & _TITLE
    )


def _with_modifiers(text: str, words: list[re.Match[str]], first: int) -> int:
    """Extend an English office by its scope: Finance Minister, Bundesbank President."""
    if words[first].group().lower() not in ENGLISH_HEADS:
        return first
    while first and text[words[first - 1].end() : words[first].start()] == " ":
        word = words[first - 1].group()
        dull = word_flags().get(word.lower(), 0) & _NO_MODIFIER_FLAGS
        if (
            not word[0].isupper()
            or dull
            or word.lower() in NO_MODIFIER
            or word.endswith(("'s", "’s"))
        ):
            break
        first -= 1
    return first


def _of_rank(words: list[re.Match[str]], at: int, flags: dict[str, int]) -> int:
    """Return the rank flag of a word that is part of the preceding rank."""
    low = words[at].group().lower()
    before = flags.get(words[at - 1].group().lower(), 0) if at else 0
    return _RANK if low in RETIRED or (low in _FORCES and before & _RANK) else 0


def _joins(gap: str, word: str, flags: int) -> bool:
    if gap == " ":
        return True
    if flags & _RANK and gap in {" (", ") "}:
        return True
    if gap.endswith(") ") and _SHORT_FORM.fullmatch(gap[:-1]):
        return True
    return gap == "  " or (gap == ". " and (len(word) <= 4 or bool(flags & _COURTESY)))
