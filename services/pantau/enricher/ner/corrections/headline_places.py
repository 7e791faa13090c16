"""Places in headlines that took in the words beside them: verbs, people and competitions.

`Gunung Semeru Erupsi`, `Wali Kota Solo Respati Ardi` and `Korea Open` have a capital on every word.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.common import is_affixed, is_common
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.areas.area_offices import AREA_OFFICES
from pantau.enricher.ner.corrections.persons.agreeing import with_names_agreeing
from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import PERSON

_COMPANIES: Final = frozenset({"PT", "CV"})
_MAYOR: Final = "wali "
_TOWN: Final = "kota "
_GREAT: Final = "raya "
_WORD_BEFORE: Final = re.compile(r"[A-Z][\w'-]+ \Z")
_COMPETITION: Final = frozenset({"piala", "liga", "kejuaraan", "kejurnas"})
"""Words with which the name of a country behind them names a competition."""
_TOURNAMENT: Final = re.compile(
    r" (?:Open|Masters?|Grand Prix|GP|Super \d+|Cup|League)\b", re.IGNORECASE
)
_MARKET: Final = re.compile(r"(?<!\w)Pasar(?: (?:Induk|Ikan|Hewan|Raya))?(?= [A-Z])")
_GOODS: Final = frozenset(
    {
        "saham", "modal", "uang", "valas", "kripto", "obligasi", "asia", "eropa", "as", "spot",
        "properti", "otomotif", "ekspor", "domestik", "global", "keuangan", "komoditas", "dunia",
        "indonesia", "tradisional", "rakyat", "tani", "online", "emas", "minyak",
    }
)  # fmt: skip
"""Goods and regions of a market that is no place."""
_SITE: Final = re.compile(
    r"(?<!\w)(?:Jalan|Jl\.?|Tanjakan|Turunan|Tikungan|Simpang|Flyover|Underpass|Jembatan"
    r"|Gerbang Tol|Exit Tol|Rest Area)(?= [A-Z])",
    re.IGNORECASE,
)
_STREETS: Final = frozenset(
    {
        "pahlawan", "merdeka", "veteran", "pemuda", "proklamasi", "diponegoro", "kartini",
        "kemerdekaan", "pejuang", "pelajar", "perintis", "pramuka", "sudirman", "thamrin",
        "imam", "teuku", "sultan", "jenderal", "letjen", "kolonel", "raden", "pangeran", "ki",
        "gajah", "hayam", "sisingamangaraja", "panglima", "asia", "gatot", "ahmad", "dr",
    }
)  # fmt: skip
"""First words of the names of streets that are common words or titles as well."""
_TOWER: Final = re.compile(r" (?:Tower|Mall|Plaza|Square|Hotel|Arena|Stadium)(?!\w)", re.IGNORECASE)
"""A building that is named after an organisation: Bank Sinar Tower."""
_LONGEST: Final = 4
"""Words of the name of a site behind its kind."""
_SMALL: Final = frozenset({"dan", "di", "ke", "dari", "usai", "saat", "dekat", "arah"})
_ENDS: Final = int(Flag.PLACE_PREPOSITION | Flag.PLACE_HEAD)
_NEXT: Final = re.compile(r" ([A-Z][\w'-]+)")
_LONGEST_WORD: Final = 24
_LEAST: Final = 3
"""Words of a place whose last one may be a verb: Gunung Semeru Erupsi."""
_NOUNS_AFTER: Final = {
    "rob": frozenset(
        {"banjir", "air", "limpasan", "genangan", "tanggul", "dampak", "korban", "akibat",
         "terendam", "gelombang", "bencana", "ancaman"}
    ),
    "utan": frozenset({"orang"}),
    "abu": frozenset({"hujan", "guyuran", "semburan", "kolom", "muntahan"}),
    "surya": frozenset({"panel", "tenaga", "energi"}),
    "bayu": frozenset({"tenaga", "energi"}),
    "fajar": frozenset({"serangan"}),
    "guntur": frozenset({"petir", "hujan"}),
}  # fmt: skip
"""Names that are nouns after certain words: the Rob of Banjir Rob, a tidal flood."""


_NOUNS: Final = frozenset({"rob", "abu"})
"""Names that are nouns where they stand alone."""


def is_noun_after(low: str, before: str) -> bool:
    """Return whether a name in lower case is a noun after the word before it, or alone."""
    return low in _NOUNS or before in _NOUNS_AFTER.get(low.partition(" ")[0], ())


def place_alone(text: str, one: Mention, gazetteer: Gazetteer) -> list[Mention]:
    """Return a place of a headline without the words that it took in, and a person behind it."""
    if one.type != "place":
        return [one]
    start = one.start
    before = text[max(0, start - _LONGEST_WORD) : start]
    words = before.lower().split()
    if (words and words[-1] in _COMPETITION) or _TOURNAMENT.match(text, one.end):
        return []
    if text[start : one.end].lower().startswith(_GREAT):
        lead = _WORD_BEFORE.search(before)
        start -= len(lead.group()) if lead else 0  # Kebun Raya Bogor
    elif before.lower().endswith(_MAYOR) and text[start : one.end].lower().startswith(_TOWN):
        start += len(_TOWN)
    led = start > one.start or bool(words and words[-1] in AREA_OFFICES)
    return _parts(text, Mention(start, one.end, "place"), gazetteer, led=led)


def with_markets(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the markets of a headline: Pasar Kramat Jati, Pasar Induk Cipinang.

    A market of a kind alone (Pasar Murah) and the market of shares have no name.
    """
    found: list[Mention] = []
    for head in _MARKET.finditer(text):
        end = head.end()
        first = _NEXT.match(text, end)
        if first is not None and first[1].lower() in _GOODS:
            continue
        while (word := _NEXT.match(text, end)) is not None and not _is_word(word[1]):
            end = word.end()
        name = text[head.end() + 1 : end].lower()
        areas = (name, name.partition(" ")[0], f"pasar {name.partition(' ')[0]}")
        if name and (" " in head.group() or any(map(find_areas, areas))):
            found.append(Mention(head.start(), end, "place"))
    return put(mentions, found) if found else mentions


def with_sites(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the streets and bends of a headline, and towers of organisations."""
    found = [
        Mention(one.start, tail.end(), "place")
        for one in mentions
        if one.type == "organization" and (tail := _TOWER.match(text, one.end)) is not None
    ]
    for head in _SITE.finditer(text):
        end = _site_end(text, head)
        if end > head.end():
            found.append(Mention(head.start(), end, "place"))
    if not found:
        return mentions
    mentions = sorted(mentions)
    starts = [one.start for one in mentions]
    new = [one for one in sorted(found) if not _is_held(one, mentions, starts)]
    return put(mentions, new) if new else mentions


def _site_end(text: str, head: re.Match[str]) -> int:
    """Return where the name of a site ends, that of its kind if no name follows."""
    end = head.end()
    street = head.group()[:2].lower() in {"ja", "jl"}
    for _ in range(_LONGEST):
        word = _NEXT.match(text, end)
        if word is None or word_flags().get(word[1].lower(), 0) & _ENDS:
            break
        known = end == head.end() and street and word[1].lower() in _STREETS
        if not known and (word[1].lower() in _SMALL or _is_word(word[1])):
            break
        end = word.end()
    return end


def _is_held(one: Mention, mentions: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Return whether a name is a part of one of the mentions, which begin at `starts`."""
    at = bisect_right(starts, one.start)
    return at > 0 and mentions[at - 1].end >= one.end


def _parts(text: str, one: Mention, gazetteer: Gazetteer, *, led: bool) -> list[Mention]:
    """Return a place apart from what is behind the known name that it begins with.

    `led` says that an office stands before it, whose holder may follow.
    """
    words = text[one.start : one.end].split(" ")
    # The longest name that is known counts: "New York City" before "New York".
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        known = gazetteer.get(name)
        if known is None or known.type != "place":
            continue
        rest = words[size:]
        if not rest:
            return [one]
        place = Mention(one.start, one.start + len(name), "place")
        if all(map(_is_word, rest)):
            return [place]
        flags = word_flags()
        if led or any(flags.get(word.lower(), 0) & PERSON for word in rest):
            return [place, Mention(place.end + 1, one.end, "person")]
        return [one]
    while len(words) >= _LEAST and _is_word(words[-1]):
        words.pop()
    return [Mention(one.start, one.start + len(" ".join(words)), "place")]


def _is_word(word: str) -> bool:
    low = word.lower()
    return is_common(low) or is_common(f"di{low}") or is_affixed(low)


def with_names_of_text(
    title: str, heading: list[Mention], text: str, body: Sequence[Mention]
) -> list[Mention]:
    """Return the mentions of a headline with the bodies and places that its text names."""
    heading = with_names_agreeing(title, _with_bodies(title, heading, text, body), text, body)
    return _with_places(title, heading, text, body)


def _with_places(
    title: str, heading: list[Mention], text: str, body: Sequence[Mention]
) -> list[Mention]:
    """Return the mentions of a headline with the places that the text names with their kind.

    `Kades Tambakrejo Ditahan` has the place of `Desa Tambakrejo`. What the text has as the name of
    a person or a body, too, stays one.
    """
    bare: dict[str, None] = {}
    for whole in {text[one.start : one.end]: None for one in body if one.type == "place"}:
        name = whole.partition(" ")[2]
        if name and name in title and _bare(whole):
            bare |= {whole: None, name: None}
    if not bare:
        return heading
    names = {text[one.start : one.end] for one in body if one.type != "place"}
    found: list[Mention] = []
    taken = CharMask(len(title), ())
    for name in sorted(bare.keys() - names, key=len, reverse=True):
        for hit in re.finditer(rf"(?<![\w-])(?<!\bWali ){re.escape(name)}(?![\w-])", title):
            place = Mention(*hit.span(), "place")
            held = any(_is_more(one, place) for one in heading)
            if not held and not taken.touches(place.start, place.end):
                taken.add(place.start, place.end)
                found.append(place)
    kept = [one for one in heading if not taken.touches(one.start, one.end)]
    return sorted(kept + found)


def _with_bodies(
    title: str, heading: list[Mention], text: str, body: Sequence[Mention]
) -> list[Mention]:
    """Return the mentions of a headline with the bodies of the text, whole or without their end.

    `PT Hamparan Masawit` stands above a text about `PT Hamparan Masawit Bangun Persada`.
    """
    found: list[Mention] = []
    names = {text[one.start : one.end]: None for one in body if one.type == "organization"}
    for name in names:
        # No more than the headline can hold: a body may be as long as the text.
        start = name if len(name) <= len(title) else name[: len(title)].rpartition(" ")[0]
        words = start.split(" ")
        if len(words) < 2 or words[0] not in title:
            continue
        least = 3 if words[0] in _COMPANIES else name.count(" ") + 1
        for size in range(len(words), least - 1, -1):
            part = " ".join(words[:size])
            at = title.find(part)
            end = at + len(part)
            if at >= 0 and not title[end : end + 1].isalnum():
                found.append(Mention(at, end, "organization"))
                break
    better = [one for one in found if not any(_covers(old, one) for old in heading)]
    if not better:
        return heading
    taken = CharMask(len(title), ((one.start, one.end) for one in better))
    kept = [one for one in heading if not taken.touches(one.start, one.end)]
    return without_overlap([*better, *kept])


def _covers(old: Mention, one: Mention) -> bool:
    """Return whether a mention is no less than a body, or reaches beyond its end or beginning."""
    if old.start <= one.start and old.end >= one.end:
        return True
    return old.start < one.start < old.end or old.start < one.end < old.end


def without_villagers(text: str, body: list[Mention]) -> list[Mention]:
    """Return the mentions with places that an engine took for people: tokoh Ilepati.

    The text has them with their kind, too, and nobody of that name.
    """
    bare = {
        _bare(text[one.start : one.end])
        for one in body
        if one.type == "place" and text.find(" ", one.start, one.end) > 0
    }
    bare.discard("")
    if not bare:
        return body
    people = {text[one.start : one.end] for one in body if one.type == "person"}
    bare &= people
    bare -= {word for name in people if " " in name for word in name.split(" ")}
    if not bare:
        return body
    return [
        Mention(one.start, one.end, "place")
        if one.type == "person" and text[one.start : one.end] in bare
        else one
        for one in body
    ]


def _is_more(one: Mention, place: Mention) -> bool:
    """Return whether a mention is more than a place in it."""
    around = one.start <= place.start and place.end <= one.end
    return around and one[:2] != place[:2]


def _bare(name: str) -> str:
    """Return the name of an area or a site without the word for its kind; empty if it has none."""
    head, blank, rest = name.partition(" ")
    low = head.lower()
    kind = low in context_words("HOME") or low in context_words("PERHAPS_HOME")
    if not (blank and kind and rest.isalpha()) or _is_word(rest):
        return ""
    return "" if word_flags().get(rest.lower(), 0) & Flag.COMMON else rest
