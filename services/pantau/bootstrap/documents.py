"""Writers of documents, by form."""

from collections.abc import Mapping
from typing import Final

from pantau.adapters.documents.docx import write_docx
from pantau.adapters.documents.pdf import write_pdf
from pantau.usecases.reports.files import ReportWriter

REPORT_WRITERS: Final[Mapping[str, ReportWriter]] = {"docx": write_docx, "pdf": write_pdf}
"""Those of reports; each raises UsageError where the extra `reports` is not installed."""
