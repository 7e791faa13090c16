"""A report as one HTML file that needs nothing else: to be printed, mailed, or kept. Pure.

Texts of articles are set as text of elements, never as markup; links lead to http and https alone.
"""

from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from pantau.common.text.safe_text import harmless, one_line
from pantau.common.time.written import date_text, time_text
from pantau.messages.languages import Lang
from pantau.problems import Problem, problem
from pantau.usecases.reports.clipping import DayReport, ReportStory
from pantau.usecases.reports.rows import speaker_name
from pantau.usecases.stories.quoting import Speaker

STYLE: Final = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem;"
    "color:#1b1e22;background:#fff}h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;"
    "margin:1.6rem 0 .3rem}ul{padding-left:1.1rem;margin:.3rem 0}.muted{color:#59606a}"
    "blockquote{margin:.2rem 0 .2rem .6rem;padding-left:.6rem;border-left:2px solid #dddfe1}"
    "table{border-collapse:collapse}td,th{text-align:left;padding:.1rem .8rem .1rem 0}"
    "section{break-inside:avoid}a{color:#0a6870}"
    "@media print{body{margin:0;max-width:none;font-size:11px}"
    'a[href^="http"]::after{content:" (" attr(href) ")";font-size:9px}}'
)
_TITLE: Final = 300
_QUOTE: Final = 1_000


def report_document(report: DayReport, lang: Lang) -> str:
    """Return a report as an HTML document in a language."""
    page = Element("html", lang=lang)
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    title = report_title(report, lang)
    _child(head, "title", title)
    SubElement(head, "style").text = STYLE
    body = SubElement(page, "body")
    _child(body, "h1", title)
    _child(body, "p", summary_of(report).text(lang))
    if report.is_cut:
        _child(body, "p", problem("reports.cut").text(lang), "muted")
    if len(report.subscriptions) > 1:
        _subscriptions(body, report, lang)
    for story in report.stories:
        _story(body, story, lang)
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html") + "\n"


def report_title(report: DayReport, lang: Lang) -> str:
    """Return the title of a report; one of several days names the first and the last."""
    name, last = one_line(report.name, 120), _day(report.day, lang)
    if report.length == 1:
        return Problem("reports.title", {"name": name, "day": last}).text(lang)
    first = _day(report.day - timedelta(days=report.length), lang)
    return Problem("reports.title-days", {"name": name, "first": first, "last": last}).text(lang)


def _day(day: date, lang: Lang) -> str:
    return date_text(datetime(day.year, day.month, day.day), lang)  # noqa: DTZ001 (a date alone)


def summary_of(report: DayReport) -> Problem:
    """Return how much there was, against the usual."""
    several = report.length > 1
    if not report.total:
        return Problem(
            "reports.nothing-days" if several else "reports.nothing",
            {"usual": report.usual, "days": report.length},
        )
    return problem(
        "reports.summary-days" if several else "reports.summary",
        count=report.total,
        stories=len(report.stories),
        sources=len(report.sources),
        speakers=report.speakers,
        usual=report.usual,
        **({"days": report.length} if several else {}),
    )


def _subscriptions(body: Element, report: DayReport, lang: Lang) -> None:
    table = SubElement(body, "table")
    row = SubElement(table, "tr")
    for code in ("reports.subscription", "reports.articles", "reports.usual"):
        _child(row, "th", problem(code).text(lang))
    for one in report.subscriptions:
        row = SubElement(table, "tr")
        _child(row, "td", one_line(one.subscription.name, 120))
        for number in (one.articles, one.usual):
            _child(row, "td", "–" if one.is_unreadable else str(number))


def _story(body: Element, story: ReportStory, lang: Lang) -> None:
    section = SubElement(body, "section")
    _child(section, "h2", one_line(story.title, _TITLE) or "–")
    counts = problem("reports.story", count=len(story.articles), sources=len(story.sources)).text(
        lang
    )
    _child(section, "p", counts, "muted")
    listed = SubElement(section, "ul")
    for one in story.articles:
        item = SubElement(listed, "li")
        title, source = one_line(one.title, _TITLE) or "–", one_line(one.source or "?", 60)
        if is_link(one.url):
            link = _child(item, "a", title)
            link.set("href", one.url or "")
            link.set("rel", "noreferrer noopener")
        else:
            _child(item, "span", title)
        _child(item, "span", f" {source}, {time_text(one.first_seen, lang)}", "muted")
    for speaker in story.speakers:
        _speaker(section, speaker)


def _speaker(section: Element, speaker: Speaker) -> None:
    _child(section, "p", speaker_name(speaker))
    for words in speaker.said:
        text = one_line(words.text, _QUOTE)
        quote = f"“{text}”" if words.kind == "direct" else text
        source = one_line(words.article.source or "?", 60)
        _child(section, "blockquote", f"{quote} — {source}")


def is_link(url: str | None) -> bool:
    """Return whether an address is of http or https and names a host, and no user."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None


def _child(parent: Element, tag: str, text: str, kind: str = "") -> Element:
    made = SubElement(parent, tag, {"class": kind} if kind else {})
    made.text = harmless(text)
    return made
