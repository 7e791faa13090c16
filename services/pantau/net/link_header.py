"""The `Link` header (RFC 8288), in which some sites name their feeds."""

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 16_384
"""Characters of the header that are read."""
_LINK: Final = re.compile(
    r"<([^<>]{0,2000})>((?:\s*;\s*[^\s;,=<>]{1,100}(?:\s*=\s*(?:\"(?:[^\"\\]|\\.){0,500}\"|[^\s;,\"<>]{0,500}))?){0,20})"
)
_PARAMETER: Final = re.compile(
    r";\s*([^\s;,=]+)(?:\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]*)))?"
)
_ESCAPED: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """One link: its target as written, its relations, the type and title of what it leads to."""

    target: str
    relations: frozenset[str]
    type: str = ""
    title: str | None = None


def read_link_header(value: str) -> list[HeaderLink]:
    """Parse the header, without invalid links. Of a repeated parameter the first counts."""
    found = []
    for target, rest in _LINK.findall(value[:_LONGEST]):
        given: dict[str, str] = {}
        for name, quoted, plain in _PARAMETER.findall(rest):
            given.setdefault(name.lower(), _ESCAPED.sub(r"\1", quoted) or plain.strip("'"))
        relations = frozenset(given.get("rel", "").lower().split())
        kind = given.get("type", "").partition(";")[0].strip().lower()
        found.append(HeaderLink(target.strip(), relations, kind, given.get("title") or None))
    return found
