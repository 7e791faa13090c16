"""The pure parts of pages: language, addresses, times, marks, charts, sizes."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.time.written import time_text
from pantau.console.language import chosen_language
from pantau.console.render import ASSETS, asset, environment
from pantau.console.show.charts import HEIGHT, WIDTH, drawn_bars
from pantau.console.show.links import changed, local_back, outside_link
from pantau.console.show.times import age_of, with_local_times
from pantau.messages.languages import Lang
from pantau.usecases.search.article_view import TextMark, paragraphs, text_parts
from pantau.usecases.search.overview import BARS, Bar, bar_starts, step_for

NOW = datetime(2026, 11, 28, 8, 4, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("cookie", "accepted", "usual", "lang"),
    [
        ("id", "en", "en", "id"),
        ("xx", "id", "en", "id"),
        ("", "id-ID,en;q=0.5", None, "id"),
        ("", "en;q=0.5, id;q=0.9", None, "id"),
        ("", "id;q=0, en", "id", "en"),
        ("", "fr,de;q=0.9,id;q=0.1", None, "id"),
        ("", "fr", "id", "id"),
        ("", "fr", None, "en"),
        ("", None, None, "en"),
        ("", ";;;,q=,id;q=nan,=", "id", "id"),
        ("", "in-ID", None, "id"),
    ],
)
def test_the_language_of_a_page(
    cookie: str, accepted: str | None, usual: str | None, lang: Lang
) -> None:
    assert chosen_language({"lang": cookie}, accepted, usual) == lang


@given(st.text(max_size=300))
def test_any_header_gives_a_language(header: str) -> None:
    assert chosen_language({}, header, None) in {"en", "id"}


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://kabar.example/a?b=<c>", True),
        ("http://kabar.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//kabar.example", False),
        ("https://", False),
        ("https:kabar.example", False),
        ("https://user:sandi@kabar.example/", False),
        ("https://kabar.example/\x00", False),
        ("https://[kabar.example", False),
        ("ftp://kabar.example", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, *, is_link: bool) -> None:
    assert (outside_link(url) is not None) is is_link


@given(st.text(alphabet="/\\:.ab?&=\t\n", max_size=12))
def test_a_way_back_stays_here(path: str) -> None:
    back = local_back(path)
    assert back.startswith("/")
    assert not back.startswith(("//", "/\\"))


def test_links_keep_what_their_page_reads() -> None:
    form = {"q": "x", "name": "Kudus", "to": "terminal", "historical": "1"}
    given = form | {"cursor": "c", "done": "d", "utm_source": "mail", "by": "y" * 201}
    assert changed("/subscriptions/new", given) == f"/subscriptions/new?{urlencode(form)}"
    assert changed("/search", {"q": "x" * 4_000}) == f"/search?q={'x' * 4_000}"


def test_times_are_written_as_the_language_does() -> None:
    moment = NOW.astimezone(JAKARTA)
    assert time_text(moment, "en").startswith("28 Nov 2026 ")
    assert "." in time_text(moment, "id")
    assert time_text(datetime(2026, 8, 1, tzinfo=UTC), "id").startswith("1 Agu 2026")
    assert time_text(datetime(2026, 7, 31, 18, tzinfo=UTC), "id", JAKARTA) == "1 Agu 2026 01.00 WIB"
    assert time_text(datetime.max.replace(tzinfo=UTC), "en").startswith("31 Dec 9999")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1 second ago"),
        (59, "59 seconds ago"),
        (61, "1 minute ago"),
        (7_300, "2 hours ago"),
        (200_000, "2 days ago"),
        (-90, "in 1 minute"),
        (-2, "in 2 seconds"),
        (-9_000, "in 2 hours"),
        (-200_000, "in 2 days"),
    ],
)
def test_ages(seconds: int, text: str) -> None:
    assert age_of(NOW - timedelta(seconds=seconds), NOW).text() == text


MARKS = st.lists(
    st.builds(
        TextMark,
        st.just("text"),
        st.integers(-3, 40),
        st.integers(-3, 40),
        st.sampled_from(("match", "person", "place")),
    ),
    max_size=8,
)


@given(text=st.text(max_size=30), marks=MARKS)
def test_pieces_are_the_text_and_know_all_their_marks(text: str, marks: list[TextMark]) -> None:
    parts = list(text_parts(text, marks))
    assert "".join(one.text for one in parts) == text
    place = 0
    for part in parts:
        for offset in range(place, place + len(part.text)):
            kinds = {one.kind for one in marks if one.start <= offset < one.end}
            assert part.kinds == kinds
        place += len(part.text)


@given(text=st.text(alphabet="ab\n ", max_size=30), marks=MARKS)
def test_paragraphs_lose_empty_lines_alone(text: str, marks: list[TextMark]) -> None:
    found = ["".join(one.text for one in line) for line in paragraphs(text, marks)]
    assert found == [line for line in text.split("\n") if line.strip()]


@given(
    start=st.integers(0, 2_000_000_000).map(lambda one: datetime.fromtimestamp(one, UTC)),
    length=st.timedeltas(timedelta(seconds=1), timedelta(days=20_000)),
    zone=st.sampled_from(["UTC", "Asia/Jakarta", "Europe/Berlin", "Australia/Lord_Howe"]),
)
def test_bars_cover_the_time(start: datetime, length: timedelta, zone: str) -> None:
    end = start + length
    step = step_for(length)
    starts = list(bar_starts(start, end, step, ZoneInfo(zone)))
    assert 1 <= len(starts) <= BARS
    assert starts == sorted(starts)
    assert starts[0] <= start
    assert starts[-1] < end
    assert starts[-1] + step + timedelta(hours=2) >= end  # days of clock changes are not 24 hours


def test_bars_are_days_of_the_zone() -> None:
    starts = list(bar_starts(NOW - timedelta(days=3), NOW, timedelta(days=1), JAKARTA))
    assert {one.astimezone(JAKARTA).hour for one in starts} == {0}


def test_bars_fit_their_picture() -> None:
    bars = [Bar(NOW, NOW, count) for count in (0, 1, 10_000)]
    drawn = drawn_bars(bars)
    assert [one.height for one in drawn] == [0.0, 2.0, float(HEIGHT)]
    assert drawn[-1].x + drawn[-1].width <= WIDTH
    assert drawn_bars([]) == ()


def test_what_pages_load_is_small() -> None:
    assert len(asset("console.css")) < 10_000
    assert len(asset("console.js")) < 10_000
    for one in ("brush.js", "inbox.js", "start.js"):
        assert len(asset(one)) < 7_000
    assert set(ASSETS) == {
        "console.css", "pictures.css", "console.js", "brush.js", "inbox.js", "start.js", "icon.svg",
    }  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours #rgb or #rrggbb, from 1 to 21, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        digits = colour if len(colour) == 6 else "".join(2 * each for each in colour)
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        red, green, blue = (
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_texts_can_be_read_in_both_themes(theme: int) -> None:
    style = asset("console.css").decode()
    given = re.findall(r":root\{([^}]+)\}", style)[theme]
    colours = dict(re.findall(r"--([a-z-]+):#([0-9a-f]+)", given))
    for text in ("text", "muted", "accent", "danger", "warning", "ok"):
        for ground in ("surface", "canvas"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["text"], colours["mark"]) >= 4.5
    # Browsers draw placeholders in a grey of their own, which is too dark for the dark theme.
    assert "::placeholder{color:var(--muted);opacity:1}" in style


def test_what_is_wrong_is_a_sentence_and_names_keep_their_letters() -> None:
    sentence = environment().filters["sentence"]
    assert sentence("kata ini tidak ada") == "Kata ini tidak ada."
    assert sentence("Sudah baik.") == "Sudah baik."
    assert sentence("mati.example: tidak ada host itu") == "mati.example: tidak ada host itu."
    assert sentence("'lusa' bukan waktu") == "'lusa' bukan waktu."
    assert sentence("") == ""


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("new at 2026-03-02T08:00:00.000Z, so", "en", "new at 2 Mar 2026 15:00 WIB, so"),
        ("baru pada 2026-05-02T08:00:00Z.", "id", "baru pada 2 Mei 2026 15.00 WIB."),
        ("at 2026-13-02T08:00:00Z", "en", "at 2026-13-02T08:00:00Z"),
        ("at 9999-12-31T23:59:59Z", "en", "at 31 Dec 9999 23:59 UTC"),
        ("since 2026-03-02", "en", "since 2026-03-02"),
        ("", "en", ""),
    ],
)
def test_times_in_stored_sentences_are_written_as_people_do(
    text: str, lang: Lang, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.common.time.written.current", lambda: JAKARTA)
    assert with_local_times(text, lang) == said
