"""Names in English text whose type their own words or the words before them show.

`the airline Karuna Jaya` is a company, `Typhoon Maring` nobody, `Harlow Air Base` a place.
"""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.ner.engine import Mention

COMPANY_NOUNS: Final = frozenset(
    """party company firm bank airline carrier newspaper daily weekly magazine tabloid retailer
    automaker carmaker insurer startup start-up brokerage conglomerate broadcaster lender
    club band group agency unit subsidiary provider movement militia
    faction think-tank charity network website channel""".split()  # noqa: SIM905 (shorter)
)
"""Nouns before the name of an organisation, and hardly ever before a person's."""
STORMS: Final = frozenset(
    """Hurricane Typhoon Cyclone Storm hurricane typhoon cyclone storm Hurricanes Typhoons
    hurricanes typhoons""".split()  # noqa: SIM905 (shorter)
)
_STORM: Final = re.compile(r"(?:Super )?(?:Hurricane|Typhoon|Cyclone|Tropical Storm|Storm) ")
_BODY: Final = re.compile(
    r"(?:\A| )(?:College|Academy|University|Institute|School of|Party|Front|Committee|Commission"
    r"|Ministry|Orchestra|Bank|Club|Union|Association|Federation|Times|Post|Herald|Tribune)"
    r"(?:\Z| of | [A-Z]\w+\Z)"
)
"""Words by which a name is a body, wherever it stands."""
_WAR_FRONT: Final = re.compile(r"(?:\A| )(?:East|West|North|South|Home)(?:ern)? Front\Z")
_SITE: Final = re.compile(
    r" (?:Oblast|Empire|Space Station|Peninsula|Prefecture|County|Province|Islands?|Street|Square"
    r"|Towers?|Building|Plaza|Mosque|Cathedral|Temple|Palace|Base)\Z"
)
"""Words by which a name is a place."""
_BASE: Final = re.compile(
    r"(?: Air| Air Force| Naval| Military)? (?:Base|Airport|Airfield)(?![\w-])(?! [A-Z])"
)
"""Words behind the name of a force or town that make a place of both."""
_PEOPLES: Final = frozenset(
    """Sunni Sunnis Shiite Shiites Shia Shi'ite Muslim Muslims Kurd Kurds Kurdish Yazidi Yazidis Jew
    Jews Jewish Hindu Hindus Buddhist Buddhists Islamist Islamists Catholic Catholics Protestant
    Protestants Arab Arabs Sikh Sikhs Uighur Uighurs Uyghur Uyghurs Rohingya Rohingyas Tamil Tamils
    Papuan Papuans Javanese Balinese Dayak Dayaks Ottoman Ottomans Spartans""".split()  # noqa: SIM905 (shorter)
)
"""Peoples and beliefs, which are no names of this kind."""
_REGIONAL: Final = re.compile(
    r"(?:North|South|Middle|West|East|Central|Latin|Southeast|Sub-Saharan) "
    r"(?:Korean|African|Eastern|American|European|Asian)s?\Z"
)
"""An adjective of a part of the world."""
_OF: Final = " of "
_REGION: Final = "region:"
_CAPITALS: Final = range(3, 6)
_NEAR: Final = 20


def of_no_kind(name: str) -> bool:
    """Return whether what was taken for a name is a people, a belief or an adjective."""
    return name in _PEOPLES or _REGIONAL.match(name) is not None


def is_body(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a place's name is that of a body: Harlow Naval Academy."""
    found = _BODY.search(name)
    if found is None or gazetteer.get(name) is not None or _WAR_FRONT.search(name) is not None:
        return False
    rest = gazetteer.get(name.partition(" ")[2])
    return rest is None or rest.type != "place"  # Western Soviet Union


def is_site(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether an organisation's name is that of a place: Harlow Air Base, the West Bank."""
    known = gazetteer.get(name)
    if known is not None:
        region = known.id is not None and known.id.startswith(_REGION)
        return known.type == "place" and region and " " in name
    return _SITE.search(name) is not None and _OF not in name


def with_base(text: str, one: Mention) -> Mention:
    """Return a name with the base or airport that it is the name of."""
    base = _BASE.match(text, one.end)
    return one if base is None else Mention(one.start, base.end(), "place")


def is_storm(name: str) -> bool:
    """Return whether the name of a person begins with the word for a storm."""
    return _STORM.match(name) is not None


def without_storms(text: str, mentions: list[Mention], storms: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without those of storms, by whatever word they are mentioned."""
    found = set(storms)
    names = {text[one.start : one.end].rpartition(" ")[2] for one in storms}
    return [
        one
        for one in mentions
        if one not in found and not (one.type == "person" and text[one.start : one.end] in names)
    ]


def is_acronym(name: str) -> bool:
    """Return whether a person's name is a few capitals."""
    return len(name) in _CAPITALS and name.isupper() and name.isalpha()


def stands_in_capitals(text: str, one: Mention) -> bool:
    """Return whether a mention has nothing but capitals around it."""
    around = text[max(0, one.start - _NEAR) : one.start] + text[one.end : one.end + _NEAR]
    return not any(map(str.islower, around))
