"""Schedules of reports: what people ask for, what is refused, who sees them."""

from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.common.channels.mail_links import ChannelToken
from pantau.errors import UsageError
from pantau.messages.options import Face, speaking_to
from pantau.ports import Store
from pantau.settings import Settings, SmtpSettings
from pantau.stream.envelope import record_for
from pantau.usecases.channels.health import id_of
from pantau.usecases.reports.schedules import ReportSchedules, WantedSchedule
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.topics import REPORT_SCHEDULES
from tests.support import FixedClock, subscription
from tests.unit.notifier.reports.test_occasions import schedule

TO = "meja@redaksi.example"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    smtp = SmtpSettings(host="mail.example", sender="pantau@redaksi.example")
    return Settings(data=tmp_path, smtp=smtp)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(clock: FixedClock) -> Store:
    made = MemoryStore(clock)
    SubscriptionRepository(made.log, clock).save(
        subscription("banjir", "banjir", tags=("Bencana", "Air bersih")),
        subscription("gempa", "gempa"),
    )
    return made


@pytest.fixture
def schedules(store: Store, clock: FixedClock) -> ReportSchedules:
    return ReportSchedules(store.log, clock)


def test_a_schedule_is_saved_listed_and_removed(
    schedules: ReportSchedules, settings: Settings
) -> None:
    wanted = WantedSchedule("monthly:last@18.00", TO, subscription="Banjir", zone="wib")
    done = schedules.add(wanted, settings)
    assert done.new_secret is None
    (one,) = schedules.all()
    assert (one.about, one.when, one.channel) == ("Banjir", "monthly:31@18:00", f"email:{TO}")
    assert one.public()["time_zone"] == "Asia/Jakarta"
    assert f"{one.next_due:%Y-%m-%d %H:%M}" == "2026-03-31 11:00"
    assert schedules.find(one.schedule.subscription_id[:6]) == one
    schedules.remove(one.schedule.subscription_id)
    assert schedules.all() == []


def test_the_same_again_is_the_one_that_exists(
    schedules: ReportSchedules, settings: Settings
) -> None:
    first = schedules.add(WantedSchedule("daily@07:00", TO, tag="bencana"), settings)
    again = schedules.add(WantedSchedule("daily@7:00", f" email:{TO}", tag="BENCANA"), settings)
    assert again.listed == first.listed
    other = schedules.add(WantedSchedule("daily@08:00", TO, tag="bencana"), settings)
    assert other.listed != first.listed
    assert len(schedules.all()) == 2


def test_a_schedule_is_about_one_tag(schedules: ReportSchedules, settings: Settings) -> None:
    first = schedules.add(WantedSchedule("daily@07:00", TO, tag="air\tbersih"), settings)
    assert first.listed.schedule.tag == "air bersih"
    for several in ("bencana,banjir", "bencana+" * 30 + "bencana"):
        with pytest.raises(UsageError, match="one tag"):
            schedules.add(WantedSchedule("daily@07:00", TO, tag=several), settings)
    assert len(schedules.all()) == 1


def test_schedules_get_another_owner_or_end(store: Store, schedules: ReportSchedules) -> None:
    for name, about, owner in (
        ("a", "banjir", "ani"), ("b", "gempa", "ani"), ("c", None, "ani"), ("d", None, "budi"),
    ):  # fmt: skip
        subject = {"about": about, "tag": None if about else "bencana"}
        made = schedule(subscription_id=name, owner=owner, **subject)
        store.log.append([record_for(made, REPORT_SCHEDULES, source="x", time=made.created)])

    def owners() -> dict[str, str | None]:
        found = (one.schedule for one in schedules.all())
        return {one.subscription_id: one.owner for one in found}

    schedules.hand_over("ani", "cici", "banjir")
    assert owners() == {"a": "cici", "b": "ani", "c": "ani", "d": "budi"}
    schedules.hand_over("ani", "team:kebun")
    assert owners() == {"a": "cici", "b": "team:kebun", "c": "team:kebun", "d": "budi"}
    schedules.hand_over("team:kebun", None)
    assert owners() == {"a": "cici", "d": "budi"}


def test_a_webhook_gets_a_secret_that_no_list_shows(
    schedules: ReportSchedules, settings: Settings
) -> None:
    wanted = WantedSchedule("weekly:jumat@16:00", "webhook:https://a.example/in", tag="bencana")
    done = schedules.add(wanted, settings)
    assert done.new_secret is not None
    assert done.new_secret.startswith("whsec_")
    (one,) = schedules.all()
    assert one.when == "weekly:fri@16:00"
    assert done.new_secret not in str(one.public())


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (WantedSchedule("daily@07:00", TO), "one subscription or one tag"),
        (WantedSchedule("daily@07:00", TO, "banjir", "bencana"), "one subscription or one tag"),
        (WantedSchedule("daily@07:00", TO, "tanpa"), "tanpa"),
        (WantedSchedule("daily@07:00", TO, tag="tanpa"), "no subscription has the tag"),
        (WantedSchedule("hourly@15", TO, "banjir"), "each day, week or month"),
        (WantedSchedule("sometimes", TO, "banjir"), "'sometimes': a report is sent each day"),
        (WantedSchedule("collect 5m", TO, "banjir"), "'collect 5m': a report is sent each day"),
        (WantedSchedule("daily@25:00", TO, "banjir"), "25:00"),
        (WantedSchedule("daily@07:00", "terminal", "banjir"), "e-mail address or a webhook"),
        (WantedSchedule("daily@07:00", "file:/tmp/x.jsonl", "banjir"), "e-mail address or a"),
        (
            WantedSchedule("daily@07:00", "siapa?", "banjir"),
            "'siapa\\?': a report goes to an e-mail",
        ),
        (WantedSchedule("daily@07:00", "http://a.example", "banjir"), "or a webhook, such as"),
        (WantedSchedule("daily@07:00", "", "banjir"), "e-mail address or a webhook"),
        (WantedSchedule("daily@07:00", "webhook:ftp://a.example", "banjir"), "ftp"),
        (WantedSchedule("daily@07:00", TO, "banjir", zone="Jakarta/Pusat"), "no time zone"),
    ],
)
def test_what_makes_no_sense_is_refused(
    schedules: ReportSchedules, settings: Settings, wanted: WantedSchedule, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        schedules.add(wanted, settings)
    assert schedules.all() == []


def test_a_mail_needs_a_mail_server(schedules: ReportSchedules, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mail server"):
        schedules.add(WantedSchedule("daily@07:00", TO, "banjir"), Settings(data=tmp_path))


@pytest.mark.parametrize("reference", ["", "x", "laporan"])
def test_an_unknown_schedule_is_said(schedules: ReportSchedules, reference: str) -> None:
    with pytest.raises(UsageError, match="is not the id"):
        schedules.remove(reference)


def test_only_its_receiver_unsubscribes(schedules: ReportSchedules, settings: Settings) -> None:
    done = schedules.add(WantedSchedule("daily@07:00", TO, "banjir"), settings)
    one = done.listed.schedule
    mine = ChannelToken(one.subscription_id, id_of(one.channel))
    assert schedules.mailed_to(mine) == done.listed
    assert schedules.mailed_to(ChannelToken(one.subscription_id, "lain")) is None
    assert schedules.mailed_to(ChannelToken("banjir", id_of(one.channel))) is None


@pytest.mark.parametrize(
    ("face", "named"),
    [("commands", "--subscription or --tag"), ("programs", "subscription or tag")],
)
def test_what_is_missing_is_named_as_it_is_given(
    schedules: ReportSchedules, settings: Settings, face: Face, named: str
) -> None:
    with speaking_to(face), pytest.raises(UsageError, match=f"either {named};"):
        schedules.add(WantedSchedule("daily@07:00", TO), settings)
