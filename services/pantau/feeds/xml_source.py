"""An XML document made safe and well-formed before a feed is read from it.

Declarations of a document type are taken away; the entities they declare are put in place if they
are plain and short, and nothing outside is ever fetched. Depth and number of elements are bounded.
What is not well-formed is mended (see `mend`) with a warning.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import Final
from xml.parsers import expat

from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.xml_repair import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, mend

MAX_EXPANSION: Final = 1_000_000
"""Characters that declared entities may add to a document."""
MAX_ENTITY: Final = 2_000
"""Longest value of a declared entity, in characters."""

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
_LATE_ROOT: Final = re.compile(
    r"<(?P<root>rss|rdf:RDF|feed|opml)\s+(?:version|xmlns)\b", re.IGNORECASE
)  # with the attributes that these have, so that a page's own elements are not taken for them
_NO_MEMORY: Final[int] = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_MAX_JUNK: Final = 20_000  # characters
_MAX_PROLOG: Final = 10_000  # comments, instructions and stray signs before the root element
_XML_NAMES: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})
_NAMED: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9]{1,10});")
MAX_DOCTYPE: Final = 200_000
"""Longest document type declaration, in characters."""
MAX_PREFIXES: Final = 100
"""Most prefixes of namespaces; the reader looks at all of them for each element."""
MAX_DECLARATIONS: Final = 100_000
"""Most declarations of namespaces; each may change what every name means."""
MAX_NAMESPACE: Final = 256
"""Longest address of a namespace, in characters; expat writes it out for each element."""


@dataclass(frozen=True, slots=True)
class Source:
    """A well-formed document in UTF-8, its root's local name, and what had to be done to it."""

    data: bytes
    root: str
    netscape: bool
    warnings: tuple[str, ...]


def prepare(text: str, *, roots: frozenset[str], refuse: Callable[[str], str]) -> Source:
    """Make a document safe and well-formed whose root element has one of the local names `roots`, in lower case.

    Raises UnreadableFeedError for what is no XML, for another root, with the reason that `refuse`
    gives for it, and for what only harm would send.
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
        body = _expand(body, entities)
    body = _NAMED.sub(_html_entity, body)
    data = body.encode("utf-8")
    problem = check(data)
    if problem is not None:
        data = mend(body).encode("utf-8")
        if check(data) is not None:
            data = mend(body, without_namespaces=True).encode("utf-8")
        if check(data) is not None:
            raise UnreadableFeedError(
                f"not well-formed XML ({problem}), and it could not be mended"
            )
        warnings.append(f"not well-formed XML ({problem}); mended")
    return Source(data, _local(root), bool(_NETSCAPE.search(doctype)), tuple(warnings))


def _prolog(text: str) -> tuple[int, str]:
    """Return where the root element begins, and its name."""
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
    """Return where the root begins when a server's own messages, or an envelope, stand before it.

    -1 if nowhere.
    """
    for match in _LATE_ROOT.finditer(text, start, start + _MAX_JUNK):
        if _local(match["root"]) in roots:
            return match.start()
    return -1


def _skip(text: str, match: re.Match[str]) -> int:
    """Return where a comment, an instruction or a document type declaration ends."""
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
    """Return where a declaration ends: at a `>` that is neither quoted nor in brackets."""
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

    Raises UnreadableFeedError for entities built of other entities: that is how a few bytes become
    gigabytes.
    """
    entities: dict[str, str] = {}
    for match in _ENTITY.finditer(doctype):
        if match["outside"] or match["parameter"]:
            message = "declares entities outside the document; they were not fetched"
            if message not in warnings:
                warnings.append(message)
            continue
        value = match["double"] if match["double"] is not None else match["single"]
        if _REFERENCE.search(value):
            raise UnreadableFeedError(
                "refused: its document type declares entities that are made of other entities"
            )
        if len(value) > MAX_ENTITY or "<" in value:
            raise UnreadableFeedError(
                "refused: its document type declares entities that are long or hold markup"
            )
        entities.setdefault(match["name"], value)
    return entities


def _expand(body: str, entities: dict[str, str]) -> str:
    """Put declared entities in place of their references."""
    added = 0

    def value_of(match: re.Match[str]) -> str:
        nonlocal added
        value = entities.get(match[1])
        if value is None or match[1] in _XML_NAMES:
            return match.group()
        added += len(value)
        if added > MAX_EXPANSION:
            raise UnreadableFeedError(
                "refused: the entities that it declares would make it many times as large"
            )
        return value

    return _ANY_REFERENCE.sub(value_of, body)


def _html_entity(match: re.Match[str]) -> str:
    """Return a named character of HTML as a number, which XML knows without a declaration."""
    name = match[1]
    return f"&#{name2codepoint[name]};" if name in name2codepoint else match.group()


def check(data: bytes) -> str | None:
    """Read the document once without keeping anything; give what is not well-formed, or None.

    Raises UnreadableFeedError when it has more elements, or deeper ones, than a feed can need.
    """
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    depth = elements = 0
    declarations = 0
    prefixes: set[str | None] = set()

    def start(_name: str, attributes: list[str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH:
            raise UnreadableFeedError(
                f"refused: its elements are nested more than {MAX_DEPTH} deep"
            )
        if elements > MAX_ELEMENTS:
            raise UnreadableFeedError(f"refused: it has more than {MAX_ELEMENTS:,} elements")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise UnreadableFeedError(
                f"refused: an element has more than {MAX_ATTRIBUTES} attributes"
            )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declare(prefix: str | None, uri: str | None) -> None:
        nonlocal declarations
        prefixes.add(prefix)
        declarations += 1
        if declarations > MAX_DECLARATIONS:
            raise UnreadableFeedError(
                f"refused: it declares namespaces more than {MAX_DECLARATIONS:,} times"
            )
        if uri and len(uri) > MAX_NAMESPACE:
            raise UnreadableFeedError(
                f"refused: a namespace in it has more than {MAX_NAMESPACE:,} characters"
            )
        if len(prefixes) > MAX_PREFIXES:
            raise UnreadableFeedError(f"refused: it declares more than {MAX_PREFIXES} namespaces")

    parser.StartNamespaceDeclHandler = declare
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)  # noqa: FBT003 (expat takes it by position: this is the last piece)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from None  # the document is not to blame for its form
        return f"{expat.ErrorString(error.code)} in line {error.lineno}, column {error.offset + 1}"
    return None
