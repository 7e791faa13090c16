"""A report as PDF, set by Typst.

The texts come to the template as JSON and are shown as they are: no text is read as markup. Typst
sees an empty folder and no package, so nothing is read from disk or the network. It brings a font
for Latin, Greek, Cyrillic and Hebrew, and uses those of the machine for other scripts; a sign that
no font has is a box.
"""

import json
import tempfile
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Final

from pantau.common.channels.report_content import ReportContent
from pantau.errors import UsageError
from pantau.problems import problem

_ADDRESS: Final = 200
"""Maximum number of characters of an address in print; the link has all of it."""


def is_installed() -> bool:
    """Return whether the extra `reports` is there, as far as PDF needs it."""
    return find_spec("typst") is not None


def write_pdf(content: ReportContent) -> bytes:
    """Return a report as a PDF document of pages in A4, the same bytes for the same report.

    Raises UsageError where the extra `reports` is not installed.
    """
    if not is_installed():
        raise UsageError(problem("reports.needs-extra", form="PDF"))
    import typst  # noqa: PLC0415 (the extra)

    with tempfile.TemporaryDirectory() as empty:
        # From an empty root the template can read no file of this machine.
        compiler = typst.Compiler(
            _template(), root=empty, sys_inputs={"report": json.dumps(_data(content))}
        )
        made: Any = compiler.compile(format="pdf", timestamp=int(content.until.timestamp()))
    return bytes(made)


@cache
def _template() -> bytes:
    return files("pantau.adapters.documents").joinpath("report.typ").read_bytes()


def _data(content: ReportContent) -> dict[str, Any]:
    """Return what the template shows; quotations with their marks."""
    return {
        "title": content.title,
        "lang": content.lang,
        "summary": content.summary,
        "notes": content.notes,
        "headings": content.headings,
        "counts": [one.cells for one in content.counts],
        "stories": [
            {
                "title": story.title,
                "counts": story.counts,
                "articles": [
                    asdict(one) | {"seen": None, "address": _in_print(one.link)}
                    for one in story.articles
                ],
                "more": story.more,
                "speakers": [
                    {
                        "name": speaker.name,
                        "words": [
                            {"text": one.shown, "source": one.source} for one in speaker.words
                        ],
                    }
                    for speaker in story.speakers
                ],
            }
            for story in content.stories
        ],
        "more": content.more,
    }


def _in_print(address: str) -> str:
    return address if len(address) <= _ADDRESS else f"{address[:_ADDRESS]}…"
