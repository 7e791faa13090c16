"""Reports as files: HTML, DOCX, PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

from pantau.common.channels.report_content import ReportContent
from pantau.common.time import zones
from pantau.messages.languages import Lang
from pantau.usecases.reports.clipping import DayReport
from pantau.usecases.reports.content import content_of
from pantau.usecases.reports.document import report_document

ReportForm = Literal["html", "docx", "pdf"]
ReportWriter = Callable[[ReportContent], bytes]
"""Returns a report as a document. Raises UsageError where what it needs is not installed."""
_RARE: Final = 0x600
"""First code point behind Latin, Greek, Cyrillic, Armenian and Hebrew."""
MEDIA_TYPES: Final[Mapping[ReportForm, str]] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file; its name says the day alone, since other names may hold anything."""

    name: str
    media_type: str
    content: bytes


def file_of(
    report: DayReport, form: ReportForm, lang: Lang, writers: Mapping[str, ReportWriter]
) -> ReportFile:
    """Return a report as a file in a language; times are in the current zone.

    Raises UsageError for a form whose extra is not installed.
    """
    if form == "html":
        content = report_document(report, lang).encode("utf-8", "replace")
    else:
        content = writers[form](content_of(report, lang, zones.current_name()))
    return ReportFile(f"report-{report.day.isoformat()}.{form}", MEDIA_TYPES[form], content)


def has_rare_letters(report: DayReport) -> bool:
    """Return whether a headline or quotation has letters of other scripts than European ones."""
    titles = (one.title for story in report.stories for one in story.articles)
    words = (
        said.text for story in report.stories for speaker in story.speakers for said in speaker.said
    )
    return any(one.isalpha() and ord(one) >= _RARE for text in chain(titles, words) for one in text)
