"""Rules as people write them: read in both languages, written again, refused with the fix."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.errors import UsageError
from pantau.usecases.rules.durations import (
    duration_in_words,
    read_duration,
    read_time_of_day,
    write_duration,
)
from pantau.usecases.rules.given import GivenRules, apply_rules, read_later
from pantau.usecases.rules.timings import read_timing, write_timing
from pantau.usecases.rules.triggers import read_quiet, read_trigger, write_quiet, write_trigger
from pantau.usecases.rules.words import words_of_rules
from pantau_schemas.events.rules import (
    DAY,
    NO_RULES,
    Collected,
    Digest,
    EveryMatch,
    Immediate,
    Mute,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
    Timing,
    Trigger,
)

NOW = datetime(2026, 11, 29, 4, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
DIGESTS = (
    st.builds(Digest, every=st.just("hour"), at=st.integers(0, 59).map("00:{:02}".format))
    | st.builds(Digest, every=st.just("day"), at=TIMES)
    | st.builds(Digest, every=st.just("week"), at=TIMES, weekday=st.integers(1, 7))
    | st.builds(Digest, every=st.just("month"), at=TIMES, day=st.integers(1, 31))
)
TIMINGS = (
    st.just(Immediate())
    | st.builds(Collected, seconds=st.integers(1, DAY))
    | st.builds(
        Throttled,
        every_seconds=st.integers(60, 31 * DAY),
        collect_seconds=st.integers(0, DAY),
    )
    | DIGESTS
)
TRIGGERS = (
    st.just(EveryMatch())
    | st.builds(Threshold, number=st.integers(2, 10_000), seconds=st.integers(60, 31 * DAY))
    | st.builds(Spike, sensitivity=st.sampled_from(("low", "normal", "high")))
    | st.builds(Silence, seconds=st.integers(3_600, 366 * DAY))
)
QUIET = st.builds(
    lambda begin, end, spike, sources: (
        QuietHours(begin=begin, end=end, except_spike=spike, except_sources=sources)
        if begin != end
        else None
    ),
    TIMES,
    TIMES,
    st.booleans(),
    st.none() | st.integers(2, 1000),
)


@given(TIMINGS)
def test_a_timing_is_read_as_it_was_written(timing: Timing) -> None:
    assert read_timing(write_timing(timing), "timing") == timing


@given(TRIGGERS)
def test_a_trigger_is_read_as_it_was_written(trigger: Trigger) -> None:
    assert read_trigger(write_trigger(trigger), "when") == trigger


@given(QUIET)
def test_quiet_hours_are_read_as_they_were_written(quiet: QuietHours | None) -> None:
    assert read_quiet(write_quiet(quiet), "quiet") == quiet


@given(st.integers(1, 400 * DAY))
def test_a_duration_is_read_as_it_was_written(seconds: int) -> None:
    assert read_duration(write_duration(seconds), "x", 1, 400 * DAY) == seconds
    words = duration_in_words(seconds)
    assert words.text("en") == write_duration(seconds)
    assert read_duration(words.text("id"), "x", 0, 10**9) == seconds


def test_a_duration_has_words_in_both_languages() -> None:
    assert duration_in_words(5_400).text("en") == "1h30m"
    assert duration_in_words(5_400).text("id") == "1 jam 30 menit"
    assert duration_in_words(0).text("id") == "0 detik"


READERS: tuple[Callable[[str, str], object], ...] = (
    read_timing, read_trigger, read_quiet, read_time_of_day
)  # fmt: skip


@given(st.text(max_size=300) | st.text("0123456789:.@-hdmw ,spikeverycolt", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in READERS:
        told = refusal(read, text)
        assert all(one.startswith("field: ") for one in told)


def refusal(read: Callable[[str, str], object], text: str) -> list[str]:
    """Return what is said of a text in both languages; nothing of one that is read."""
    try:
        read(text, "field")
    except UsageError as error:
        return [error.text("en"), error.text("id")]
    return []


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("At once", Immediate()),
        ("langsung", Immediate()),
        ("kumpulkan 30 detik", Collected(seconds=30)),
        ("collect 1m30s", Collected(seconds=90)),
        ("every 1h", Throttled(every_seconds=3600)),
        ("every an hour", None),
        ("setiap 2 jam kumpulkan 1 menit", Throttled(every_seconds=7200, collect_seconds=60)),
        ("tiap jam", Digest(every="hour", at="00:00")),
        ("hourly@15", Digest(every="hour", at="00:15")),
        ("harian", Digest(every="day", at="07:00")),
        ("daily@7", Digest(every="day", at="07:00")),
        ("harian@07.30", Digest(every="day", at="07:30")),
        ("mingguan:jumat@18.00", Digest(every="week", at="18:00", weekday=5)),
        ("weekly:sun@07:00", Digest(every="week", at="07:00", weekday=7)),
        ("bulanan:akhir", Digest(every="month", at="07:00", day=31)),
        ("monthly:32", None),
        ("weekly:someday", None),
        ("daily:mon", None),
        ("daily@24:00", None),
        ("collect 2d", None),
        ("every 5s", None),
        ("collect -5s", None),
        ("", None),
        ("every day at 7:00", Digest(every="day", at="07:00")),
        ("Setiap hari pukul 06.30", Digest(every="day", at="06:30")),
        ("tiap hari jam 07.00", Digest(every="day", at="07:00")),
        ("setiap Senin pukul 16.00", Digest(every="week", at="16:00", weekday=1)),
        ("every fri", Digest(every="week", at="07:00", weekday=5)),
        ("setiap minggu pukul 8.00", Digest(every="week", at="08:00", weekday=1)),
        ("setiap hari Minggu pukul 8.00", Digest(every="week", at="08:00", weekday=7)),
        ("setiap senin, pukul 07.00", Digest(every="week", at="07:00", weekday=1)),
        ("hari Jumat jam 16.00", Digest(every="week", at="16:00", weekday=5)),
        ("mingguan senin pukul 07.00", Digest(every="week", at="07:00", weekday=1)),
        ("weekly on friday at 16:00", Digest(every="week", at="16:00", weekday=5)),
        ("harian 07.00", Digest(every="day", at="07:00")),
        ("every day 07:00", Digest(every="day", at="07:00")),
        ("every hour", Digest(every="hour", at="00:00")),
        ("setiap jam 07.00", None),
        ("setiap hari kerja pukul 07.00", None),
        ("setiap entah pukul 8.00", None),
        ("senin pukul 8.00", None),
    ],
)
def test_timings_in_both_languages(text: str, timing: Timing | None) -> None:
    if timing is not None:
        assert read_timing(text, "timing") == timing
        return
    with pytest.raises(UsageError, match=r"^timing: "):
        read_timing(text, "timing")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("5 in 1h", Threshold(number=5, seconds=3600)),
        ("5 stories in an hour", Threshold(number=5, seconds=3600)),
        ("10 berita dalam sehari", Threshold(number=10, seconds=DAY)),
        ("lonjakan", Spike()),
        ("spike:low", Spike(sensitivity="low")),
        ("sunyi:2 hari", Silence(seconds=2 * DAY)),
        ("silence:2d", Silence(seconds=2 * DAY)),
        ("setiap berita", EveryMatch()),
    ],
)
def test_triggers_in_both_languages(text: str, trigger: Trigger) -> None:
    assert read_trigger(text, "when") == trigger


def test_quiet_hours_in_both_languages() -> None:
    wanted = QuietHours(begin="22:00", end="05:30", except_spike=True, except_sources=5)
    for text in (
        "22:00-05:30 except spike, 5 sources",
        "22.00–05.30 kecuali lonjakan dan 5 sumber",
    ):
        assert read_quiet(text, "quiet") == wanted
    assert read_quiet("tidak", "quiet") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on sat, sun", (6, 7)), ("hari minggu dan sabtu", (6, 7)), ("on weekend", (6, 7)),
        ("pada jumat", (5,)), ("on weekdays", (1, 2, 3, 4, 5)), ("on mon fri", (1, 5)),
        ("on 7,1", (1, 7)), ("on weekdays, weekend", None), ("pada hari sabtu", (6,)),
        ("pada akhir pekan", (6, 7)), ("hari kerja", (1, 2, 3, 4, 5)),
        ("pada hari kerja dan sabtu", (1, 2, 3, 4, 5, 6)), ("hari sen, akhir pekan", (1, 6, 7)),
    ],
)  # fmt: skip
def test_quiet_hours_of_some_days(text: str, days: tuple[int, ...] | None) -> None:
    wanted = QuietHours(begin="22:00", end="06:00", days=days, except_spike=True)
    assert read_quiet(f"22:00-06:00 {text} except spike", "quiet") == wanted
    assert read_quiet(write_quiet(wanted), "quiet") == wanted


def test_whole_days_are_quiet_and_never_all_of_them() -> None:
    wanted = QuietHours(begin="00:00", end="00:00", days=(6, 7))
    assert read_quiet("00:00-00:00 on sat, sun", "quiet") == wanted
    for text in ("00:00-00:00", "00:00-00:00 on weekdays, weekend", "22:00-06:00 on someday"):
        with pytest.raises(UsageError, match="quiet: "):
            read_quiet(text, "quiet")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-31", datetime(2026, 12, 30, 17, tzinfo=UTC)),
        ("2026-12-31T18:00", datetime(2026, 12, 31, 11, tzinfo=UTC)),
        ("31 Desember 2026", datetime(2026, 12, 30, 17, tzinfo=UTC)),
        ("2 hari", NOW + timedelta(days=2)),
        ("never", None),
        ("tidak pernah", None),
    ],
)
def test_times_to_come_are_of_the_zone(text: str, moment: datetime | None) -> None:
    assert read_later(text, "until", JAKARTA, NOW) == moment


@pytest.mark.parametrize("text", ["2020-01-01", "yesterday", "0s", "99999999d", ""])
def test_times_that_are_over_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^until: "):
        read_later(text, "until", JAKARTA, NOW)


def test_only_what_is_given_changes() -> None:
    before = Rules(timing=Collected(), articles="first", language="id", sources=3)
    after = apply_rules(GivenRules(every="1h", collect="10s"), before, JAKARTA, NOW)
    assert after == before.model_copy(
        update={"timing": Throttled(every_seconds=3600, collect_seconds=10)}
    )
    cleared = GivenRules(at_once=True, articles="all", language="article", sources=1)
    assert apply_rules(cleared, before, JAKARTA, NOW) == NO_RULES


@pytest.mark.parametrize(
    "contradiction",
    [
        GivenRules(at_once=True, collect="30s"),
        GivenRules(every="1h", digest="daily"),
        GivenRules(collect="30s", digest="daily"),
    ],
)
def test_options_that_contradict_each_other_are_refused(contradiction: GivenRules) -> None:
    with pytest.raises(UsageError, match="contradict"):
        apply_rules(contradiction, NO_RULES, JAKARTA, NOW)


@given(
    st.builds(
        Rules,
        timing=TIMINGS,
        trigger=TRIGGERS,
        quiet=QUIET,
        articles=st.sampled_from(("all", "first", "growth")),
        sources=st.integers(1, 9),
        mute=st.none() | st.builds(Mute, since=st.just(NOW), until_growth=st.booleans()),
        expires=st.none() | st.just(NOW) | st.just(NOW + timedelta(days=1)),
        language=st.sampled_from((None, "en", "id")),
    )
)
def test_rules_have_words_in_both_languages(rules: Rules) -> None:
    said = [*words_of_rules(rules, JAKARTA, NOW)]
    assert said
    for one in said:
        assert one.text("en") != one.text("id")
        assert "{" not in one.text("en")
