"""People after a title whom an engine missed: Kapolsek Kretek Sarjono, Ketua RW 07 Tugiman.

An office of a village or district is followed by the area's name, then by its holder's.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.areas.area_offices import AREA_OFFICES, heads_area
from pantau.enricher.ner.corrections.persons.doubtful_persons import CORPS
from pantau.enricher.ner.corrections.persons.name_words import may_be_named
from pantau.enricher.ner.corrections.spans import Words, put, with_free
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, RANK, THING
from pantau_schemas.events.article import EntityType

_BLOCKS: Final = frozenset({"rt", "rw"})
"""Neighbourhoods, which have a number: Ketua RT 05 Gatot."""
_COURTESY: Final = frozenset(
    {
        "pak", "bu", "bang", "mbak", "mbah", "gus", "ustaz", "ustadz", "ustazah", "kiai", "kyai",
        "datuk", "ode", "akp", "iptu", "ipda", "aiptu", "aipda", "bripka", "brigadir",
        "briptu", "bripda", "kompol", "akbp", "kombes", "letkol", "lettu", "letda", "kapten",
        "serma", "serka", "sertu", "serda", "kopral", "kopda", "koptu", "praka", "pratu", "prada",
        "pelda", "peltu",
    }
)  # fmt: skip
"""Titles that are hardly ever followed by anything but a name."""
_PARTICLES: Final = {"ode": frozenset({"la", "wa"})}
"""Titles that are part of the name, with the word before, which is one of these."""
_FIRST_NAMES: Final = frozenset({"daeng"})
"""Titles that are part of the name, and make one of any word after them."""
TITLES: Final = frozenset(
    form
    for word in (*_BLOCKS, *_COURTESY, *_FIRST_NAMES, *AREA_OFFICES)
    for form in (word.capitalize(), word.upper())
)
"""All of these as texts write them."""
_BETWEEN: Final = RANK | HONORIFIC
_MOST: Final = 5
"""Words of an area with a person's name."""


class _Run(NamedTuple):
    """The tokens `first` to `last`, `last` excluded, each with a capital, after a title.

    Those before `named` are part of a name for sure.
    """

    title: str
    first: int
    named: int
    last: int


def with_holders(words: Words, titles: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the people, and their areas, that follow a title unseen."""
    parts = [part for run in _runs(words.tokens, titles) for part in _parts(words, run)]
    found = [words.mention(*part) for part in parts]
    # Camat Medan Maimun Budi, of which an engine took the end for a name
    sure = [
        one
        for one, (first, last, kind) in zip(found, parts, strict=True)
        if kind == "place" and last - first > 1
    ]
    mentions = put(mentions, sure) if sure else mentions
    return with_free(len(words.passage.text), mentions, found)


def _runs(tokens: Sequence[str], titles: Sequence[int]) -> Iterator[_Run]:
    """Yield what follows each title."""
    flags = word_flags()
    past = 0
    for at in titles:
        if at < past:
            continue
        if at and flags.get(tokens[at - 1].lower(), 0) & THING:
            continue  # Piala Bang Yos
        title = tokens[at].lower()
        first = named = _after_title(tokens, at, title)
        if title in _PARTICLES:
            before = tokens[at - 1].lower() if at else ""
            if before not in _PARTICLES[title]:
                continue
            first, named = at - 1, at + 1
        elif title in _FIRST_NAMES:
            first = at
        past = max(named, at + 1)
        while past < len(tokens) and past - named < _MOST and _is_capitalised(tokens[past]):
            past += 1
        if past > named > at:
            yield _Run(title, first, named, past)


def _after_title(tokens: Sequence[str], at: int, title: str) -> int:
    """Return the token after a title, its number, and further ranks; `at` if it is no title."""
    flags = word_flags()
    first = at + 1
    if title in _BLOCKS:
        if first == len(tokens) or not tokens[first].isdigit():
            return at
        first += 1
    while first < len(tokens) and (
        flags.get(tokens[first].lower(), 0) & _BETWEEN or tokens[first].lower() in CORPS
    ):
        first += 1
    return first


def _is_capitalised(token: str) -> bool:
    return token[0].isupper() and token.replace("'", "").isalpha() and not token.isupper()


def _parts(words: Words, run: _Run) -> Iterator[tuple[int, int, EntityType]]:
    """Yield the area and the holder of an office, each as a range of tokens."""
    tokens, gazetteer = words.tokens, words.gazetteer
    named = run.named
    kind = AREA_OFFICES.get(run.title)
    if kind is not None:
        size = _area_size(tokens[named : run.last], kind, words.passage.lang, gazetteer)
        if size:
            yield named, named + size, "place"
            named += size
    last = named + (run.title in _FIRST_NAMES)
    while last < run.last and may_be_named(tokens[last].lower(), gazetteer):
        last += 1
    if last > named:
        yield run.first if run.first < run.named else named, last, "person"


def _area_size(words: Sequence[str], kind: str, lang: str, gazetteer: Gazetteer) -> int:
    """Return with how many words the area of an office of that kind is named; 0 with none."""
    for size in range(len(words), 0, -1):
        if heads_area(" ".join(words[:size]).lower(), kind, lang, gazetteer):
            return size
    return 0
