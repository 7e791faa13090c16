"""Reports: what was in the news on a day, to read, to print, or as a table."""

from datetime import timedelta
from typing import Any, Final

from pantau.common.stored_problems import stored_text
from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, FileAnswer, ListAnswer, Moved, PageAnswer
from pantau.console.show.charts import drawn_bars
from pantau.console.show.links import own_item, own_path
from pantau.errors import UsageError
from pantau.usecases.reports.asked import read_day, subject_of
from pantau.usecases.reports.clipping import DayReport, first_articles, report_of
from pantau.usecases.reports.document import summary_of
from pantau.usecases.reports.files import ReportForm, file_of
from pantau.usecases.reports.rows import COLUMNS, report_rows, speaker_name
from pantau.usecases.reports.schedules import ReportSchedules, WantedSchedule
from pantau.usecases.reports.words import times_in_words
from pantau.usecases.rules.timings import WEEKDAYS

_DAY: Final = timedelta(days=1)
SHOWN: Final = 100
"""Articles on the page of a report, unless the whole one is asked for, as to print it."""
PERIODS: Final = (
    ("daily", "reports.daily"),
    *((f"weekly:{day}", f"timing.{day}") for day in WEEKDAYS),
    ("monthly:1", "reports.month-begin"),
    ("monthly:last", "reports.month-end"),
)
"""Choices of the form: the period as it is written, and its name."""
_FILES: Final[tuple[tuple[ReportForm, str], ...]] = (
    ("docx", "reports.as-docx"),
    ("pdf", "reports.as-pdf"),
)
"""Forms of a file to download, and their names."""
_SUBSCRIPTION, _TAG = "s:", "t:"
"""Beginnings of values of the form: `s:` and an id, or `t:` and a tag."""


def choose(asked: Asked) -> Answer:
    """Return the form of a report; with what was chosen, go to the report."""
    today = asked.now.astimezone(zones.current()).date()
    text = asked.values.get("date", "").strip()
    day = read_day(text, asked.now, zones.current()) if text else today
    about = asked.values.get("about", "")
    path = own_item("/reports", day.isoformat())
    if about.startswith(_SUBSCRIPTION):
        return Moved(own_path(path, subscription=about.removeprefix(_SUBSCRIPTION)))
    if about.startswith(_TAG):
        return Moved(own_path(path, tag=about.removeprefix(_TAG)))
    return _chooser(asked, day.isoformat())


def schedule(asked: Asked) -> Answer:
    """Save a schedule. A webhook's secret is shown once; a fault is said above the kept values."""
    form = asked.form
    about, period, at = (form.get(name, "") for name in ("about", "period", "at"))
    wanted = WantedSchedule(
        when=f"{period}@{at}" if at else period,
        to=form.get("to", ""),
        subscription=about.removeprefix(_SUBSCRIPTION) if about.startswith(_SUBSCRIPTION) else None,
        tag=about.removeprefix(_TAG) if about.startswith(_TAG) else None,
        language=asked.lang,
    )
    try:
        done = _schedules(asked).add(wanted, asked.parts.settings)
    except UsageError as error:
        today = asked.now.astimezone(zones.current()).date()
        return _chooser(asked, today.isoformat(), fault=error.text(asked.lang))
    if done.new_secret is None and not done.warnings:
        return Moved("/reports", "reports.saved")
    values = {"done_now": done, "secret": done.new_secret}
    return PageAnswer("report-scheduled.html", values, is_secret=True)


def remove_schedule(asked: Asked) -> Answer:
    """Stop a report."""
    _schedules(asked).remove(asked.named["id"])
    return Moved("/reports", "reports.ended")


def _schedules(asked: Asked) -> ReportSchedules:
    return ReportSchedules(asked.store.log, asked.parts.clock)


def _chooser(asked: Asked, day: str, *, fault: str = "") -> Answer:
    stored = sorted(asked.repository.all(), key=lambda one: one.name.casefold())
    tags = sorted({tag for one in stored for tag in one.tags}, key=str.casefold)
    choices = [(f"{_TAG}{tag}", asked.text("reports.tag", tag=tag)) for tag in tags]
    choices += [(f"{_SUBSCRIPTION}{one.subscription_id}", one.name) for one in stored]
    scheduled = [
        {
            "id": one.schedule.subscription_id,
            "about": one.about,
            "times": times_in_words(one.schedule.timing),
            "zone": one.schedule.time_zone,
            "channel": one.channel,
            "next": one.next_due,
            "problem": one.latest
            and stored_text(one.latest.problem, one.latest.reason, asked.lang),
        }
        for one in _schedules(asked).all()
    ]
    values: dict[str, Any] = {
        "day": day,
        "today": asked.now.astimezone(zones.current()).date().isoformat(),
        "choices": choices,
        "scheduled": scheduled,
        "periods": PERIODS,
        "zone": zones.current_name(),
        "fault": fault,
        "given": asked.form,
    }
    return PageAnswer("reports.html", values, 400 if fault else 200)


def show(asked: Asked) -> Answer:
    """Return the report of a day. Raises UsageError."""
    zone = zones.current()
    day = read_day(asked.named["date"], asked.now, zone)
    subscription, tag = asked.values.get("subscription"), asked.values.get("tag")
    if asked.wants == "html" and not (subscription or tag):
        return Moved(own_path("/reports", date=day.isoformat()))
    found = _report(asked)
    given = {"subscription": subscription, "tag": tag}
    after = day + _DAY if day < asked.now.astimezone(zone).date() else None
    here = own_item("/reports", day.isoformat())
    count = sum(len(one.articles) for one in found.stories)
    most = count if asked.values.get("whole") == "1" else SHOWN
    values = {
        "report": found,
        "stories": [*first_articles(found.stories, most)],
        "shown": min(most, count),
        "count": count,
        "whole": own_path(here, **given, whole="1"),
        "summary": summary_of(found),
        "bars": drawn_bars(found.days),
        "speaker_name": speaker_name,
        "before": own_path(own_item("/reports", (day - _DAY).isoformat()), **given),
        "after": after and own_path(own_item("/reports", after.isoformat()), **given),
        "files": [
            (name, own_path(f"{here}.{form}", **given))
            for form, name in _FILES
            if form in asked.parts.report_forms
        ],
    }
    rows = [*report_rows(found)]
    return ListAnswer(PageAnswer("report.html", values), rows, COLUMNS, _facts(found))


def as_docx(asked: Asked) -> Answer:
    """Return the report of a day as DOCX. Raises UsageError."""
    return _file(asked, "docx")


def as_pdf(asked: Asked) -> Answer:
    """Return the report of a day as PDF. Raises UsageError."""
    return _file(asked, "pdf")


def _file(asked: Asked, form: ReportForm) -> Answer:
    made = file_of(_report(asked), form, asked.lang, asked.parts.report_writers)
    return FileAnswer(made.name, made.media_type, made.content)


def _report(asked: Asked) -> DayReport:
    zone = zones.current()
    day = read_day(asked.named["date"], asked.now, zone)
    subscription, tag = asked.values.get("subscription"), asked.values.get("tag")
    subject = subject_of(asked.repository, subscription or None, tag or None)
    return report_of(subject, asked.store, day, zone)


def _facts(found: DayReport) -> dict[str, Any]:
    """Return what JSON says beside the articles."""
    return {
        "day": found.day.isoformat(),
        "name": found.name,
        "total": found.total,
        "usual": found.usual,
        "is_cut": found.is_cut,
        "sources": dict(found.sources),
        "counts": [
            {
                "subscription_id": one.subscription.subscription_id,
                "subscription": one.subscription.name,
                "articles": one.articles,
                "usual": one.usual,
            }
            for one in found.subscriptions
        ],
    }
