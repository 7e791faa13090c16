"""Offices and occupations around the names of people in English text.

`executive director Jane Roe`, `his lawyer, Jane Roe, said`, `Jane Roe, a 58-year-old teacher,`,
`named Jane Roe as chief financial officer`. What is read has a head that `data/contexts.txt`
lists.
"""

import re
from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.memo import remembered_name

_REACH: Final = 100
"""Characters before and after a name that are read."""
_LONGEST: Final = 9
"""Words of an office."""
_MOST_BEFORE: Final = 4
"""Words before the head of an office that say more of it."""
_WORD: Final = re.compile(r"[^\W\d_][\w&'’-]*|\d[\w-]*")
_MOST_LAST: Final = 5
_LAST: Final = re.compile(rf"(?:[^\W\d_][\w'’-]* ){{1,{_MOST_LAST}}}\Z")
"""The words directly before a name, each with the blank behind it."""
_NO_WORD: Final = frozenset({"", ",", ".", ";", ":", ")", '"', "“", "”"})
"""Marks before the space before a name, where no word stands."""
_OWNER: Final = re.compile(
    r"(?:(?:\A|(?<=[\s\"“(]))(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)"
    r"|(?<=\w)['’]s?) "
)
"""The article or the owner before an office that a comma sets off from the name."""
_MARKS: Final = re.compile(r"[.;:\n\"“”]")
_CLOSES: Final = re.compile(r"[,.;)]|['’]s| \(|\Z")
"""The marks behind a name that is set off so: none in `After the president left, Jane Roe`."""
_AFTER: Final = re.compile(
    r", (?:\d{1,3}, )?(?:who (?:is|was) )?"
    r"(?:(?:the|an?|its|his|her|their|our) |(?:[\w.&-]+ ){0,3}[\w.&-]+['’]s? )?"
    r"(?P<role>[^,.;:()\n\"“”]{3,90})"
)
_AS: Final = re.compile(
    r" as (?:(?:the|an?|its|his|her|their|new|next|interim|acting|permanent) ){0,3}"
    r"(?P<role>[^,.;:()\n\"“”]{3,60})"
)
_BECAME: Final = re.compile(
    r" (?:became|(?:was|is|has been|is being) (?:re-?)?(?:appointed|named|elected|chosen|confirmed"
    r"|hired|installed|promoted|sworn in)(?: as| to)?) "
    r"(?:(?:the|an?|its|his|her|their|new|next|interim|acting|permanent|first) ){0,3}"
    r"(?P<role>(?!(?:after|by|for|with|under) )[^,.;:()\n\"“”]{3,60})"
)
"""Verbs that give an office to their subject: `Jane Roe was named chief executive`."""
_VERBS_BEHIND: Final = (" was ", " is ", " became ", " has ")
_BEGINNINGS: Final = (", ", " as ", *_VERBS_BEHIND)
_NO_OFFICE: Final = ("was ", "is ", "were ", "has ", "had ", "who ")
"""Words that begin a clause behind a comma: The victim, Jane Roe, was a teacher."""
_CUT: Final = re.compile(
    r" (?:who|which|that|said|says|told|added|at|in|on|from|with|since|after|until|when|as|and"
    r"|has|had|is|was|were|will|would|replacing|effective|from|to)(?!\w)"
)
_GENERAL: Final = frozenset({"attorney", "secretary", "solicitor", "director"})
"""Heads that `General` behind them belongs to."""
_STOPS: Final = frozenset({"of", "for", "and"})
_FORMER: Final = frozenset({"former", "ex", "new", "retired", "late"})
_ELECT: Final = "-elect"


def english_role(text: str, span: tuple[int, int], floor: int, ceiling: int) -> str | None:
    """Return the office or occupation of the person in `span`, or None.

    Only the text between `floor` and `ceiling` is read: the neighbouring people are outside.
    """
    start, end = span
    before = text[max(floor, start - _REACH) : start]
    after = text[end : end + _REACH]
    if before.endswith(" "):
        role = _directly_before(before) or _before_comma(before, text[end : end + 3])
        if role is not None:
            return role
    if after.startswith(_BEGINNINGS):
        return _behind(after, ceiling - end if ceiling < len(text) else _REACH + 1)
    return None


@remembered_name
def is_head(word: str) -> bool:
    """Return whether a word, in whatever case, is the head of an office or an occupation."""
    low = word.lower().removesuffix(_ELECT)
    heads = context_words("OCCUPATION")
    return low in heads or low.rpartition("-")[2] in heads or low.partition("-")[0] in heads


def _directly_before(before: str) -> str | None:
    """Parse `Attorney General Jane Roe`, `survivor Jane Roe`, `executive director Jane Roe`."""
    nearest = before[:-1].rpartition(" ")[2]
    if nearest[-1:] in _NO_WORD or (
        nearest.isalpha() and nearest != "General" and not is_head(nearest)
    ):
        return None  # as mostly: the expression below is slow
    found = _LAST.search(" ".join(before.split(" ")[-_MOST_LAST - 1 :]))
    if found is None:
        return None
    words = found.group().split()
    last = len(words)
    head = last - 1
    if words[head] == "General" and head and words[head - 1].lower() in _GENERAL:
        head -= 1
    if not is_head(words[head]):
        return None
    first = head
    while first and _says_more(words[first - 1], capital=words[first][0].isupper()):
        first -= 1
    return " ".join(words[first:last])


def _says_more(word: str, *, capital: bool) -> bool:
    """Return whether a word before an office is a part of it."""
    low = word.lower()
    if low in _FORMER or (capital and word[0].islower()):
        return False
    return low in context_words("OFFICE SCOPE") or is_head(low)


def _before_comma(before: str, after: str) -> str | None:
    """Parse `His lawyer, Jane Roe, said` and `A spokesman for Acme, Jane Roe, denied it`."""
    if not before.endswith(", ") or _CLOSES.match(after) is None:
        return None
    clause = before[before.rfind(", ", 0, -2) + 1 :]
    for owner in _OWNER.finditer(clause):
        words = clause[owner.end() : -len(", ")]
        role = None if _MARKS.search(words) else _office(words)
        if role is not None:
            return role
    return None


def _behind(after: str, limit: int) -> str | None:
    """Parse `Jane Roe, head of research at Acme,` and `Jane Roe as chief executive`.

    The office ends before `limit`, where another person is named.
    """
    given = after.startswith(_VERBS_BEHIND)
    found = _BECAME.match(after) if given else _AFTER.match(after) or _AS.match(after)
    if found is None or found["role"].startswith(_NO_OFFICE):
        return None
    words = found["role"]
    cut = _CUT.search(words)
    end = found.start("role") + (cut.start() if cut is not None else len(words))
    return _office(words) if end < limit else None


def _office(words: str) -> str | None:
    """Return an office without what follows it; None if its head is not among the first words."""
    cut = _CUT.search(words)
    words = words[: cut.start()] if cut is not None else words
    parts = [one.group() for one in _WORD.finditer(words)]
    limit = next((at for at, word in enumerate(parts) if word in _STOPS), len(parts))
    head = next((at for at in range(limit - 1, -1, -1) if is_head(parts[at])), None)
    if head is None or head < limit - 1 - (parts[head + 1 : limit] == ["General"]):
        return None
    if head > _MOST_BEFORE or len(parts) - head > _LONGEST:
        return None
    first = head
    while first and not parts[first - 1].endswith(("'s", "’s")):
        word = parts[first - 1]
        if word[0].isdigit() or word.lower() in _FORMER:
            break
        first -= 1
    return " ".join(parts[first:])
