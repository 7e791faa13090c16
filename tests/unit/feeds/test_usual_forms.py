"""Shortcuts give the same results as the general rules: dates, links, clean texts."""

import string
import sys
from datetime import UTC, timedelta, timezone, tzinfo
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from pantau.common.dates import reading as dates
from pantau.feeds import links
from pantau.feeds.html import text as html_text

DATES = st.builds(
    "{}{} {} {:04d} {:02d}:{:02d}:{:02d} {}".format,
    st.sampled_from(["", "Mon, ", "Sun, "]),
    st.sampled_from([*map(str, range(40)), "01", "09"]),
    st.sampled_from(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    ),
    st.sampled_from([0, 1899, 1900, 1999, 2024, 2026, 2200, 2201, 2569]),
    st.integers(0, 25),
    st.integers(0, 61),
    st.integers(0, 61),
    st.sampled_from(["GMT", "UTC", "+0700", "-0330", "+0060", "+2400", "-2500", "+9999"]),
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=7))])
PIECES = st.sampled_from(
    ["a", "B.c", "1", ":80", ":", "/", "//", "/..", "/.", "?", "#", "=", "&", "@", ";", "%2F", "~"]
)
BASES = st.sampled_from(["http://h/a/b", "https://h.example/x?y", "ftp://q/"])


@given(DATES, ZONES)
def test_a_date_of_mail_is_what_its_words_say(text: str, zone: tzinfo) -> None:
    assert dates.read_time(text, zone) == dates._read_words(text, zone)


@given(st.sampled_from(["http://", "https://"]), st.lists(PIECES, max_size=8), BASES)
def test_joining_leaves_an_absolute_link_as_it_is(
    scheme: str, pieces: list[str], base: str
) -> None:
    link = scheme + "".join(pieces)
    if links._ABSOLUTE.fullmatch(link):
        assert urljoin(base, link) == link


def test_a_printable_text_has_nothing_to_clean() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if char.isprintable():
            assert html_text._CONTROLS.search(char) is None
            assert char == " " or html_text._SPACES.search(char) is None
    assert set(string.whitespace) - {" "} == {c for c in string.whitespace if not c.isprintable()}
