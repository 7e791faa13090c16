"""An XML document made safe and well-formed before parsing.

Document type declarations are removed; the entities they declare are expanded if they are plain and
short, and nothing external is ever fetched. A document that is not well-formed is repaired (see
`repair`), parts beyond the limits are dropped (see `trim`), both with a warning.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import Final
from xml.parsers import expat

from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.html.text import join_surrogates
from pantau.feeds.xml.cdata import may_be_unclosed
from pantau.feeds.xml.check import Fault, check, malformed
from pantau.feeds.xml.repair import repair
from pantau.feeds.xml.trim import trim
from pantau.problems import Problem

MAX_EXPANSION: Final = 1_000_000
"""Maximum number of characters that declared entities may add to a document."""
MAX_ENTITY: Final = 2_000
"""Maximum length of a declared entity in characters."""

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PROLOG: Final = re.compile(r"\s*(?:<\?|<!--|<!DOCTYPE\b|<(?P<root>[^\s<>/!?]+))", re.IGNORECASE)
_DOCTYPE_SIGNS: Final = re.compile(r"[\[\]>\"']|<!--")
_NETSCAPE: Final = re.compile("netscape", re.IGNORECASE)
_ENTITY: Final = re.compile(
    r"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s\"'<>%&;]{1,100})\s+"
    r"(?:(?P<outside>SYSTEM|PUBLIC)\b|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"&(?!#)[^\s;&<>]")
_ANY_REFERENCE: Final = re.compile(r"&([^\s\"'<>%&;#]{1,100});")
# With their attributes, so that a page's own elements do not match.
_LATE_ROOT: Final = re.compile(
    r"<(?P<root>rss|rdf:RDF|feed|opml)\s+(?:version|xmlns)\b", re.IGNORECASE
)
_MAX_JUNK: Final = 20_000  # characters
_MAX_PROLOG: Final = 10_000  # comments, instructions and stray characters before the root element
_XML_NAMES: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})
_NAMED: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9]{1,10});")
_LINK_BEHIND_ITS_ELEMENT: Final = re.compile(r"<link ?/>\s*+(https?://[^\s<>]{1,2000})")
"""An address that a parser of HTML moved out of `<link>`, which is empty there."""
MAX_DOCTYPE: Final = 200_000
"""Maximum length of a document type declaration in characters."""


@dataclass(frozen=True, slots=True)
class Source:
    """A well-formed document in UTF-8, its root's local name, and the repairs."""

    data: bytes
    root: str
    netscape: bool
    warnings: tuple[str, ...]


def prepare(text: str, *, roots: frozenset[str], refuse: Callable[[str], Problem]) -> Source:
    """Prepare a document for parsing: safe, well-formed, with one of some root elements.

    `roots` are local names in lower case. Raises UnreadableFeedError for invalid XML, and for
    another root, with the reason that `refuse` returns for it.
    """
    warnings: list[str] = []
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
        warnings.append("characters that XML forbids were left out")
    head, root = _prolog(text)
    if _local(root) not in roots:
        head = _root_after_junk(text, head, roots)
        if head < 0:
            raise UnreadableFeedError(refuse(_local(root)))
        root = _prolog(text[head:])[1]
        warnings.append("what stands before the feed was left out")
    body = text[head:]
    doctype = text[:head]
    entities = _declared(doctype, warnings)
    if entities:
        body = _expand(body, entities, warnings)
    body = join_surrogates(_NAMED.sub(_html_entity, body))
    if "<link/>" in body or "<link />" in body:
        body = _LINK_BEHIND_ITS_ELEMENT.sub(r"<link>\1</link>", body)
    data = _readable(body, warnings)
    return Source(data, _local(root), bool(_NETSCAPE.search(doctype)), tuple(warnings))


def _readable(body: str, warnings: list[str]) -> bytes:
    """Return a document that is well-formed and within the limits; what it took is said."""
    data = body.encode("utf-8")
    fault = check(data)
    if fault is not None and fault.excess:
        try:
            return _trimmed(data, warnings)
        except expat.ExpatError as error:  # further on than the limit
            fault = Fault(malformed(error))
    if fault is None and may_be_unclosed(body):
        fault = Fault("a CDATA section is not closed")
    if fault is None:
        return data
    warnings.append(f"not well-formed XML ({fault.text}); mended")
    for without_namespaces in (False, True):
        data = repair(body, without_namespaces=without_namespaces).encode("utf-8")
        left = check(data)
        if left is None:
            return data
        if left.excess:
            return _trimmed(data, warnings)
    raise UnreadableFeedError(f"not well-formed XML ({fault.text}), and it could not be mended")


def _trimmed(data: bytes, warnings: list[str]) -> bytes:
    """Return a document within the limits. Raises ExpatError if it is not well-formed."""
    trimmed, said = trim(data)
    left = check(trimmed)
    if left is not None:
        raise UnreadableFeedError(f"refused: {left.text}")
    warnings += said
    return trimmed


def _prolog(text: str) -> tuple[int, str]:
    """Return the start of the root element, and its name."""
    position = max(text.find("<"), 0)
    for _ in range(_MAX_PROLOG):
        match = _PROLOG.match(text, position)
        if match is None:
            following = text.find("<", position + 1)
            if following < 0:
                raise UnreadableFeedError("no feed: there is no element in it")
            position = following
        elif match["root"] is not None:
            return match.start("root") - 1, match["root"]
        else:
            position = _skip(text, match)
    raise UnreadableFeedError("no feed: there is no element in it")


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _root_after_junk(text: str, start: int, roots: frozenset[str]) -> int:
    """Return the start of the root after a server's own messages, or inside an envelope.

    -1 if there is none.
    """
    for match in _LATE_ROOT.finditer(text, start, start + _MAX_JUNK):
        if _local(match["root"]) in roots:
            return match.start()
    return -1


def _skip(text: str, match: re.Match[str]) -> int:
    """Return the end of a comment, an instruction or a document type declaration."""
    opening = match.group().lstrip()
    if opening == "<?":
        end, length = text.find("?>", match.end()), 2
    elif opening == "<!--":
        end, length = text.find("-->", match.end()), 3
    else:
        end, length = _doctype_end(text, match.end()), 0
    if end < 0:
        raise UnreadableFeedError("no feed: there is no element in it")
    return end + length


def _doctype_end(text: str, position: int) -> int:
    """Return the end of a declaration: a `>` that is neither quoted nor in brackets."""
    inside, limit = 0, position + MAX_DOCTYPE
    while match := _DOCTYPE_SIGNS.search(text, position):
        sign, position = match.group(), match.end()
        if position > limit:
            raise UnreadableFeedError(
                f"refused: its document type has more than {MAX_DOCTYPE:,} characters"
            )
        if sign == "[":
            inside += 1
        elif sign == "]":
            inside -= 1
        elif sign == ">" and inside <= 0:
            return position
        # A comment may contain quotes and brackets, so it is skipped as a whole.
        elif sign == "<!--":
            position = text.find("-->", position) + 3
            if position < 3:
                return -1
        elif sign in "\"'":
            closing = text.find(sign, position)
            if closing < 0:
                return -1
            position = closing + 1
    return -1


def _declared(doctype: str, warnings: list[str]) -> dict[str, str]:
    """Return the plain entities that a document type declares.

    Entities built of other entities are none of them: that is how a few bytes become gigabytes.
    References to what is left out stay as they are written.
    """
    entities: dict[str, str] = {}
    said: dict[str, None] = {}
    for match in _ENTITY.finditer(doctype):
        if match["outside"] or match["parameter"]:
            said["declares entities outside the document; they were not fetched"] = None
            continue
        value = match["double"] if match["double"] is not None else match["single"]
        if _REFERENCE.search(value):
            said["declares entities that are made of other entities; they were left out"] = None
        elif len(value) > MAX_ENTITY or "<" in value:
            said["declares entities that are long or hold markup; they were left out"] = None
        else:
            # As XML has it: of two declarations the first one counts.
            entities.setdefault(match["name"], value)
    warnings += said
    return entities


def _expand(body: str, entities: dict[str, str], warnings: list[str]) -> str:
    """Put declared entities in place of their references, up to `MAX_EXPANSION` characters."""
    added = 0

    def value_of(match: re.Match[str]) -> str:
        nonlocal added
        value = entities.get(match[1])
        if value is None or match[1] in _XML_NAMES:
            return match.group()
        added += len(value)
        return value if added <= MAX_EXPANSION else match.group()

    expanded = _ANY_REFERENCE.sub(value_of, body)
    if added > MAX_EXPANSION:
        warnings.append("the entities that it declares add too much text; some were left out")
    return expanded


def _html_entity(match: re.Match[str]) -> str:
    """Return a named character of HTML as a number, which XML knows without a declaration."""
    name = match[1]
    return f"&#{name2codepoint[name]};" if name in name2codepoint else match.group()
