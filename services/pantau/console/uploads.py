"""Files in forms: bodies of `multipart/form-data` (RFC 7578). Pure."""

import re
from typing import Final

from pantau.errors import UsageError
from pantau.problems import problem

MEDIA_TYPE: Final = "multipart/form-data"
PARTS_LIMIT: Final = 10
"""Fields that such a form may have."""
_BOUNDARY: Final = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?\s*(?:;|$)')
HEAD_LIMIT: Final = 2_000
"""Bytes of the header of a field that are looked at; browsers write the name before the file's."""
_LINE: Final = b"content-disposition:"
_NAME: Final = re.compile(rb'(?i)[;\s]name="([^"\r\n]{1,100})"')


def read_upload(content_type: str, body: bytes) -> dict[str, bytes]:
    """Return the fields of a form with files, each with its bytes; of a repeated name the last.

    Raises UsageError for a body that is no such form, or has more fields than a page has. Takes
    time in proportion to the body.
    """
    kind, _, rest = content_type.partition(";")
    found = _BOUNDARY.search(rest)
    if kind.strip().lower() != MEDIA_TYPE or found is None:
        raise UsageError(problem("console.no-upload"))
    line = b"\r\n--" + found[1].rstrip().encode("ascii")
    # Splits once more than allowed, so that more fields are seen but not read.
    _, *parts = (b"\r\n" + body).split(line, PARTS_LIMIT + 2)
    if not parts or len(parts) > PARTS_LIMIT + 1:
        raise UsageError(problem("console.no-upload"))
    fields: dict[str, bytes] = {}
    for part in parts[:-1]:
        head, gap, content = part.partition(b"\r\n\r\n")
        name = _name_in(head)
        if not gap or name is None:
            raise UsageError(problem("console.no-upload"))
        fields[name] = content
    if not parts[-1].startswith(b"--"):  # cut off
        raise UsageError(problem("console.no-upload"))
    return fields


def _name_in(head: bytes) -> str | None:
    """Return the name of a field, which the header of its part holds; None where it holds none."""
    for line in head[:HEAD_LIMIT].split(b"\r\n"):
        if line[: len(_LINE)].lower() == _LINE:
            found = _NAME.search(line, len(_LINE))
            return None if found is None else found[1].decode("utf-8", "replace")
    return None
