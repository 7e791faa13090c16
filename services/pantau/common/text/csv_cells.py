"""Cells of CSV files that spreadsheet programs do not run as formulas.

A cell that begins with one of `=+-@`, a tab or a carriage return is a formula to Excel and others,
whatever it quotes (CWE-1236; OWASP, CSV Injection). An apostrophe before it makes it a text.
"""

from typing import Final

_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r")
_MARK: Final = "'"


def safe_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet program runs."""
    begins = text.startswith(_BEGINNINGS) or (text.startswith(_MARK) and _is_marked(text))
    return f"{_MARK}{text}" if begins else text


def plain_cell(cell: str) -> str:
    """Return the text that `safe_cell` made a cell of."""
    return cell[1:] if _is_marked(cell) else cell


def _is_marked(cell: str) -> bool:
    return cell.startswith(_MARK) and cell.lstrip(_MARK).startswith(_BEGINNINGS)
