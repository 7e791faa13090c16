"""Writers of documents, by form."""

from collections.abc import Mapping
from typing import Final

from pantau.adapters.documents import docx, pdf
from pantau.usecases.reports.files import ReportWriter

REPORT_WRITERS: Final[Mapping[str, ReportWriter]] = {"docx": docx.write_docx, "pdf": pdf.write_pdf}
"""Those of reports; each raises UsageError where the extra `reports` is not installed."""


def installed_forms() -> frozenset[str]:
    """Return the forms of reports that this installation can write."""
    writers = {"docx": docx, "pdf": pdf}
    return frozenset(form for form, module in writers.items() if module.is_installed())
