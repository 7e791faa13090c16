"""The look of mails: contrast on light and dark screens, and times that stand on one line."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pantau.messages.languages import Lang
from pantau.notifier.composing.views import span_texts
from pantau.notifier.mails import layout

READABLE = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""
WHITE, BLACK, DARK = (255, 255, 255), (0, 0, 0), (18, 18, 18)


def luminance(colour: tuple[float, ...]) -> float:
    """Return the relative luminance of sRGB, as WCAG defines it."""
    linear = [
        one / 3294.6 if one <= 10.03 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    """Return the ratio of contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def test_texts_are_readable_on_light_and_on_dark_screens() -> None:
    usual, dark = layout.page("en", "", ()).split("prefers-color-scheme:dark", 1)
    # Readers that darken without the style sheet show the usual colours on black.
    for part, grounds in ((usual, (WHITE, BLACK)), (dark, (DARK,))):
        found = re.findall(r"\{color:#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", part)
        assert len(found) == 2  # links, and what is faint
        for one in found:
            colour = tuple(int(each, 16) for each in one)
            assert min(contrast(colour, ground) for ground in grounds) >= READABLE


def test_nothing_lies_behind_the_words_of_links() -> None:
    page = layout.page("en", "", ())
    shaded = re.findall(
        r"([^{}]*)\{[^}]*background:rgba\(([0-9]+),([0-9]+),([0-9]+),(\.[0-9]+)", page
    )
    ((selector, *parts),) = shaded
    assert selector == ".passage b"  # which has the colour of the text
    *tint, share = map(float, parts)
    for ground, text in ((WHITE, BLACK), (DARK, WHITE)):
        mixed = tuple(share * a + (1 - share) * b for a, b in zip(tint, ground, strict=True))
        assert contrast(mixed, text) >= READABLE


JAKARTA, BERLIN = "Asia/Jakarta", "Europe/Berlin"
SPANS: list[tuple[str, str, str, Lang, str]] = [
    ("2026-03-02 08:00", "2026-03-02 09:30", JAKARTA, "en", "2 March 2026 08:00 | 09:30 WIB"),
    (
        "2026-03-01 07:00",
        "2026-03-02 07:00",
        JAKARTA,
        "id",
        "1 Maret 07.00 | 2 Maret 2026 07.00 WIB",
    ),
    (
        *("2025-12-31 07:00", "2026-01-01 07:00", "UTC", "en"),
        "31 December 2025 07:00 UTC | 1 January 2026 07:00 UTC",
    ),
    (
        *("2026-03-28 07:00", "2026-03-29 07:00", BERLIN, "en"),
        "28 March 2026 07:00 CET | 29 March 2026 07:00 CEST",
    ),
    (
        *("2026-10-25 01:30", "2026-10-25 07:00", BERLIN, "en"),
        "25 October 2026 01:30 CEST | 25 October 2026 07:00 CET",
    ),
]


@pytest.mark.parametrize(("since", "until", "zone", "lang", "texts"), SPANS)
def test_what_both_ends_of_a_time_share_stands_once(
    since: str, until: str, zone: str, lang: Lang, texts: str
) -> None:
    own = ZoneInfo(zone)
    begin, end = (datetime.fromisoformat(one).replace(tzinfo=own) for one in (since, until))
    assert " | ".join(span_texts(begin, end, own, lang)) == texts
