"""Whose body a common name means: the Ministry of Health of Indonesia, or of another country.

Every country has a Ministry of Health, a Supreme Court and a National Police. In an article about
Indonesia such a name is the Indonesian body's, unless a word beside it says otherwise: `Malaysia's
Ministry of Health`, `the Ministry of Health in Gaza`. An Indonesian name (`Kementerian Kesehatan`)
is another country's body where the article has it with that country's name: `Kementerian Kesehatan
Palestina`.

Letters that a party shares are the party's where a word for its people or another party stands
beside them: `Ketua Umum PBB`, `PPP, PBB, dan PKB`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer, GazetteerPlace, KnownName
from pantau.enricher.ner.engine import Mention

HOME: Final = "ID"
"""The country whose bodies these are."""
_DEMONYM: Final = "Indonesian"
_OWNERS: Final = frozenset({"indonesia", "indonesian", "jakarta"})
_MINISTRY: Final = "kementerian "
_BEFORE: Final = re.compile(r"(?<![^\W_.])(?P<owner>[A-Z](?:[^\W_]|\.)+)(?P<of>['’]s?)? \Z")
"""A capitalised word directly before a name, such as the country that it belongs to."""
_PEOPLE: Final = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|i|ch|eek|ean|tch|ss)\Z")
"""An adjective for the people of a country."""
_AFTER: Final = re.compile(r" (?:of|in|di) (?:the (?:Republic of )?)?(?P<place>[A-Z][^\W_]+)")
_LONGEST: Final = 40
"""Characters before and after a name that are read."""
_ALSO_PARTIES: Final = {"pbb": "partai bulan bintang"}
"""Letters that usually mean something else, and the party that they mean, in lower case."""
_PARTIES: Final = (
    r"(?:PPP|PKB|PKS|PAN|PSI|PDIP|PDI-P|PDI Perjuangan|PKN|Gerindra|Golkar|Nas[Dd]em|Demokrat"
    r"|Hanura|Perindo|Gelora)"
)
_JOINS: Final = r"(?:, | dan |, dan |-|/)"
_BEFORE_PARTY: Final = re.compile(
    rf"(?:\b(?i:ketua umum|waketum|ketum|fraksi|(?:ba)?caleg|kader|politikus|politisi|simpatisan"
    rf"|partai|dp[cpw])(?: DPP| Partai)? |\b{_PARTIES}{_JOINS})\Z"
)
_AFTER_PARTY: Final = re.compile(rf"{_JOINS}{_PARTIES}\b")

Texts = Sequence[tuple[str, Sequence[Mention]]]
Meant = Mapping[str, KnownName | None]
"""By name in lower case: the organisation that it means here; None for another country's."""


def local_bodies(
    names: Collection[str],
    texts: Texts,
    defined: Mapping[str, str],
    places: Mapping[str, GazetteerPlace],
    known: Gazetteer,
) -> Meant:
    """Return what the common names of organisations in an article mean.

    `names` are those of its organisations in lower case, `defined` has the full names of its short
    forms, `places` what its places are, by name in lower case. Names that are not common are left
    out.
    """
    meant: dict[str, KnownName | None] = {}
    common = {low: known.local[low] for low in names if low in known.local}
    for low in names:
        if low.startswith(_MINISTRY):
            meant |= _abroad(low, known)
    if common:
        meant |= _decided(common, texts, places)
    for short in _ALSO_PARTIES.keys() & names:
        named = f"partai {short}" in names
        if named or any(_is_party(text, one) for text, one in _found(short, texts)):
            meant[short] = known.get(_ALSO_PARTIES[short])
    for short, long in defined.items():
        body, other = known.local.get(long.lower()), known.get(short)
        if body is not None and other is not None and body.id == other.id:
            meant[long.lower()] = body  # Ministry of Health (Kemenkes)
    return meant


def _found(low: str, texts: Texts) -> Iterator[tuple[str, Mention]]:
    """Yield the mentions of a name in lower case, each with its text."""
    for text, mentions in texts:
        for one in mentions:
            if one.end - one.start == len(low) and text[one.start : one.end].lower() == low:
                yield text, one


def _is_party(text: str, one: Mention) -> bool:
    """Return whether the words beside letters say that they are a party's."""
    before = _BEFORE_PARTY.search(text, max(0, one.start - _LONGEST), one.start)
    return before is not None or _AFTER_PARTY.match(text, one.end) is not None


def owned_body(low: str, known: Gazetteer) -> KnownName | None:
    """Return the organisation whose common name stands with Indonesia's: Indonesian Navy.

    `low` is in lower case.
    """
    if "indonesia" not in low:
        return None
    for front in ("indonesian ", "indonesia's "):
        if low.startswith(front):
            return known.local.get(low.removeprefix(front))
    name, of, owner = low.rpartition(" of ")
    if of and owner == "indonesia":
        return known.local.get(name.removesuffix(" of the republic"))
    return None


def _abroad(low: str, known: Gazetteer) -> dict[str, None]:
    """Return the bare name of a ministry that stands with another country's name."""
    words = low.split(" ")
    for size in (1, 2):
        bare = " ".join(words[:-size])
        if known.get(bare) is None:
            continue
        found = known.places(" ".join(words[-size:]))
        if found and found[0].country not in {None, HOME}:
            return {bare: None}
    return {}


def _decided(
    common: Mapping[str, KnownName], texts: Texts, places: Mapping[str, GazetteerPlace]
) -> dict[str, KnownName]:
    """Return the common names that mean the Indonesian body, by their neighbours, else all."""
    own: set[str] = set()
    others: set[str] = set()
    for text, mentions in texts:
        for one in mentions:
            low = text[one.start : one.end].lower()
            if one.type != "organization" or low not in common:
                continue
            mine = _owner(text, one, places)
            if mine is not None:
                (own if mine else others).add(low)
    home = own or _is_about_home(texts, places)
    return {low: body for low, body in common.items() if low not in others and (low in own or home)}


def _owner(text: str, one: Mention, places: Mapping[str, GazetteerPlace]) -> bool | None:
    """Return whether the words beside a name say that it is Indonesia's; None if they do not."""
    after = _AFTER.match(text, one.end, one.end + _LONGEST)
    if after is not None:
        low = after["place"].lower()
        place = places.get(low)
        if low in _OWNERS or (place is not None and place.country == HOME):
            return True
        if place is not None and place.country is not None:
            return False
    before = _BEFORE.search(text, max(0, one.start - _LONGEST), one.start)
    if before is None:
        return None
    if before["owner"].lower() in _OWNERS:
        return True
    owned = before["of"] or _PEOPLE.match(before["owner"]) or before["owner"].lower() in places
    return False if owned else None


def _is_about_home(texts: Texts, places: Mapping[str, GazetteerPlace]) -> bool:
    """Return whether an article names Indonesia and its places at least as often as any other."""
    counts: Counter[str] = Counter()
    for text, mentions in texts:
        counts[HOME] += text.count(_DEMONYM)
        for one in mentions:
            if one.type == "place":
                place = places.get(text[one.start : one.end].lower())
                if place is not None and place.country is not None:
                    counts[place.country] += 1
    home = counts.pop(HOME, 0)
    return home > 0 and home >= max(counts.values(), default=0)
