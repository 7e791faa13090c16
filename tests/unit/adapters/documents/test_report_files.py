"""Reports as DOCX and PDF: everything is in them, and hostile text is text."""

import io
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from importlib import util
from types import FrameType
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest

from pantau.adapters.documents.docx import write_docx
from pantau.adapters.documents.pdf import write_pdf
from pantau.common.channels.report_content import (
    ArticleLine,
    CountLine,
    QuotedSpeaker,
    QuotedWords,
    ReportContent,
    StorySection,
)
from pantau.errors import UsageError
from tests.consoles import XSS
from tests.support import START

SCRIPTS = (
    "Désa Kraton",
    "ꦏꦿꦠꦺꦴꦤ꧀",
    "日本の地震",
    "فيضان",
    "שלום",
    "หนังสือพิมพ์",
    "😀👩‍🌾",
    "\ufffe\uffff",
    "x" * 300,
)
MARKUP = (
    *XSS,
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "$ integral $ *bold* _x_ = Heading",
    "\\u{1F600} @label <label> // comment /* x */",
    "]#panic()[",
    '"}]}); #evil(',
    '{ INCLUDETEXT "http://evil.example/x" }',
    '=HYPERLINK("http://evil.example")',
)


def report(
    *texts: str, link: str = "https://kabar.example/a?x=1&y=2", **other: Any
) -> ReportContent:
    """Return a report that has each text wherever one can be."""
    stories = tuple(
        StorySection(
            story_id="s",
            title=text,
            counts="1 artikel",
            articles=(ArticleLine("a", text, link, text, START, "2 Mar 2026 15.00 WIB"),),
            more="",
            speakers=(QuotedSpeaker(text, (QuotedWords(text, True, text, "a"),)),),
            sources=(text,),
        )
        for text in texts
    )
    fields: dict[str, Any] = {
        "name": texts[0],
        "title": texts[0],
        "lang": "id",
        "time_zone": "Asia/Jakarta",
        "day": START.date(),
        "since": START - timedelta(days=1),
        "until": START.astimezone(UTC),
        "summary": texts[0],
        "notes": (texts[-1],),
        "headings": ("Langganan", "Artikel", "Biasanya"),
        "counts": (CountLine(texts[0], 1, 2), CountLine(texts[-1], None, None)),
        "stories": stories,
        "more": "",
        "articles": len(texts),
        "usual": 1,
        "story_count": len(texts),
    }
    return ReportContent(**fields | other)


def parts_of(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_any_text_is_shown_as_text_in_a_docx() -> None:
    made = write_docx(report("Banjir", *SCRIPTS, *MARKUP))
    paragraphs = {one.text for one in docx.Document(io.BytesIO(made)).paragraphs}
    assert {re.sub("[\ufffe\uffff]", "\ufffd", one) for one in (*SCRIPTS, *MARKUP)} <= paragraphs
    parts = parts_of(made)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # noqa: S314 (our own document)
    body = parts["word/document.xml"].decode()
    assert "w:fldSimple" not in body
    assert "w:instrText" not in body
    outside = re.findall(rb'Target="([^"]+)"[^>]*TargetMode="External"', b"".join(parts.values()))
    assert set(outside) == {b"https://kabar.example/a?x=1&amp;y=2"}


def test_any_text_makes_a_pdf() -> None:
    made = write_pdf(report("Banjir", *SCRIPTS, *MARKUP))
    assert made.startswith(b"%PDF-")
    assert set(re.findall(rb"/URI ?\(([^)]*)\)", made)) == {b"https://kabar.example/a?x=1&y=2"}
    assert b"/JavaScript" not in made
    assert b"/Launch" not in made


@pytest.mark.parametrize("text", ["", " ", "\u200b", "#", "\\", '"', "\x00\x1b[31m", "\U0010ffff"])
def test_no_text_breaks_a_document(text: str) -> None:
    assert write_pdf(report(text)).startswith(b"%PDF-")
    assert docx.Document(io.BytesIO(write_docx(report(text)))).paragraphs


def test_the_same_report_is_the_same_pdf() -> None:
    assert write_pdf(report("Banjir")) == write_pdf(report("Banjir"))


def test_an_article_without_an_address_has_no_link() -> None:
    assert b"/URI" not in write_pdf(report("Banjir", link=""))
    assert b"TargetMode" not in b"".join(parts_of(write_docx(report("Banjir", link=""))).values())


def test_a_long_address_is_a_whole_link_and_few_lines_of_print() -> None:
    address = f"https://kabar.example/{'/' * 1_900}"
    found = report("Banjir", link=address)
    story = replace(found.stories[0], articles=found.stories[0].articles * 30)
    made = write_pdf(replace(found, stories=(story,)))
    assert set(re.findall(rb"/URI ?\(([^)]*)\)", made)) == {address.encode()}
    assert len(re.findall(rb"/Type ?/Page\b", made)) <= 5


def calls_of(work: Callable[[], object]) -> int:
    """Return how many calls of Python functions something takes."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_the_work_for_a_docx_grows_with_its_articles() -> None:
    found = report("Banjir")
    (story,) = found.stories
    (line,) = story.articles

    def write(number: int) -> bytes:
        links = (f"https://kabar.example/{one}" for one in range(number))
        articles = tuple(replace(line, link=one) for one in links)
        return write_docx(replace(found, stories=(replace(story, articles=articles),)))

    write(1)  # what is loaded and cached at first
    assert calls_of(lambda: write(400)) < 4.2 * calls_of(lambda: write(100))
    targets = re.findall(rb'Target="(https:[^"]+)"', b"".join(parts_of(write(100)).values()))
    assert len(set(targets)) == len(targets) == 100


def test_paragraphs_have_the_styles_of_the_template() -> None:
    made = docx.Document(io.BytesIO(write_docx(report("Banjir"))))
    styles = {one.style.name for one in made.paragraphs if one.style is not None}
    assert {"Heading 1", "Heading 2", "List Bullet", "Quote"} <= styles


def test_an_empty_report_is_a_document() -> None:
    empty = report("Banjir", stories=(), counts=(), notes=(), more="3 cerita lain")
    assert write_pdf(empty).startswith(b"%PDF-")
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(write_docx(empty))).paragraphs)
    assert "3 cerita lain" in text


@pytest.mark.parametrize(("write", "module"), [(write_docx, "docx"), (write_pdf, "typst")])
def test_what_is_missing_is_named(
    write: Callable[[ReportContent], bytes], module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = util.find_spec
    for where in ("docx", "pdf"):
        monkeypatch.setattr(
            f"pantau.adapters.documents.{where}.find_spec",
            lambda name: None if name == module else found(name),
        )
    with pytest.raises(UsageError, match=r"pip install 'pantau\[reports\]'"):
        write(report("Banjir"))
