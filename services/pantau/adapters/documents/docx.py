"""A report as DOCX, for Word, LibreOffice and Google Docs (python-docx).

Texts are runs and never fields or formulas. Addresses are links that a reader has to click: nothing
in the document is loaded from elsewhere.
"""

import io
import re
from datetime import UTC
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pantau.common.channels.report_content import ArticleLine, ReportContent, StorySection
from pantau.errors import UsageError
from pantau.problems import problem

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot have (2.2)."""
_FAINT: Final = (0x59, 0x60, 0x6A)
_LINK: Final = "0A6870"
_BULLET, _QUOTE = "ListBullet", "Quote"
"""Ids of styles in the library's template. By their names it would search them all each time."""


def is_installed() -> bool:
    """Return whether the extra `reports` is there, as far as DOCX needs it."""
    return find_spec("docx") is not None


def write_docx(content: ReportContent) -> bytes:
    """Return a report as a DOCX document.

    Raises UsageError where the extra `reports` is not installed.
    """
    if not is_installed():
        raise UsageError(problem("reports.needs-extra", form="DOCX"))
    import docx  # noqa: PLC0415 (the extra)
    from docx.shared import Mm  # noqa: PLC0415 (as above)

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    facts = document.core_properties
    facts.author, facts.title, facts.comments = "Pantau", _clean(content.title), ""
    facts.language = content.lang
    facts.created = facts.modified = content.until.astimezone(UTC).replace(tzinfo=None)
    document.add_heading(_clean(content.title), level=1)
    document.add_paragraph(_clean(content.summary))
    for note in content.notes:
        _faint(document.add_paragraph(), note)
    _counts(document, content)
    for story in content.stories:
        _story(document, story)
    if content.more:
        _faint(document.add_paragraph(), content.more)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _counts(document: "Document", content: ReportContent) -> None:
    if not content.counts:
        return
    table = document.add_table(rows=1, cols=3)
    for cell, heading in zip(table.rows[0].cells, content.headings, strict=True):
        cell.paragraphs[0].add_run(_clean(heading)).bold = True
    for one in content.counts:
        for cell, text in zip(table.add_row().cells, one.cells, strict=True):
            cell.text = _clean(text)


def _story(document: "Document", story: StorySection) -> None:
    document.add_heading(_clean(story.title), level=2)
    counts = document.add_paragraph()
    _faint(counts, story.counts)
    counts.paragraph_format.keep_with_next = True
    for one in story.articles:
        _article(_styled(document.add_paragraph(), _BULLET), one)
    if story.more:
        _faint(document.add_paragraph(), story.more)
    for speaker in story.speakers:
        name = document.add_paragraph()
        name.add_run(_clean(speaker.name)).bold = True
        name.paragraph_format.keep_with_next = True
        for words in speaker.words:
            said = _styled(document.add_paragraph(_clean(words.shown)), _QUOTE)
            _faint(said, f" — {words.source}")


def _article(paragraph: "Paragraph", one: ArticleLine) -> None:
    if one.link:
        _link(paragraph, one.title, one.link)
    else:
        paragraph.add_run(_clean(one.title))
    paragraph.add_run().add_break()
    _faint(paragraph, f"{one.source}, {one.when}")


def _link(paragraph: "Paragraph", text: str, address: str) -> None:
    """Add a link, for which the library has no call: a relation of the part, and its element.

    The library's way to add a relation compares it with all others, and a report may have
    thousands of links.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 (the extra)
    from docx.oxml import OxmlElement  # noqa: PLC0415 (as above)
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)
    from docx.shared import RGBColor  # noqa: PLC0415 (as above)

    relations = paragraph.part.rels
    name = f"link{len(relations)}"
    relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, _clean(address), name, is_external=True)
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), name)
    run = paragraph.add_run(_clean(text))
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(_LINK)
    link.append(run._r)  # noqa: SLF001 (as the library's own documentation does)
    paragraph._p.append(link)  # noqa: SLF001 (as above)


def _styled(paragraph: "Paragraph", style: str) -> "Paragraph":
    paragraph._p.style = style  # noqa: SLF001 (the public property searches the styles by name)
    return paragraph


def _faint(paragraph: "Paragraph", text: str) -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 (the extra)

    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor(*_FAINT)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
