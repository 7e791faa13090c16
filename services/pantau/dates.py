"""Dates as sources write them, in Indonesian and English."""

from datetime import datetime


def read_time(text: str) -> datetime | None:
    """Read a moment in any of the usual forms; None if it is none. Without a zone it is UTC."""
    raise NotImplementedError
