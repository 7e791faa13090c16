"""A strict reader of Atom: every rule of RFC 4287 that a document of ours could break."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
FEED = {"id", "title", "updated", "author", "generator", "link", "entry"}
ENTRY = {"id", "title", "updated", "published", "author", "link", "content"}


def read_atom(content: bytes) -> ET.Element:
    """Return a document that breaks no rule. Raises AssertionError naming the one it breaks."""
    assert content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    root = ET.fromstring(content.decode("utf-8"))  # noqa: S314 (our own document)
    assert root.tag == f"{ATOM}feed"
    _check(root, FEED, one=("id", "title", "updated", "author", "generator"))
    links = [one.attrib["rel"] for one in root.findall(f"{ATOM}link")]
    assert Counter(links) == {"self": 1, "alternate": 1}
    entries = root.findall(f"{ATOM}entry")
    for one in entries:
        _check(one, ENTRY, one=("id", "title", "updated", "content"))
        assert len(one.findall(f"{ATOM}link")) <= 1
        content_of = one.find(f"{ATOM}content")
        assert content_of is not None
        assert content_of.attrib == {"type": "text"}
    ids = [text(one, "id") for one in (root, *entries)]
    assert len(set(ids)) == len(ids), "ids are not unique"
    newest = max((text(one, "updated") for one in entries), default=None)
    assert newest is None or text(root, "updated") == newest
    return root


def entries_of(root: ET.Element) -> list[ET.Element]:
    """Return the entries of a document."""
    return root.findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    """Return the text of an element's only child of a name."""
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, f"{name}: {len(found)} times"
    return found[0].text or ""


def link(element: ET.Element, rel: str) -> str:
    """Return the address of a link."""
    (found,) = (one for one in element.findall(f"{ATOM}link") if one.attrib["rel"] == rel)
    return found.attrib["href"]


def _check(element: ET.Element, allowed: set[str], one: tuple[str, ...]) -> None:
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert set(names) <= allowed, set(names) - allowed
    for name in one:
        assert names.count(name) == 1, f"{name}: {names.count(name)} times"
    assert names.count("published") <= 1
    assert not (element.text or "").strip()
    for name in ("updated", "published"):
        for child in element.findall(f"{ATOM}{name}"):
            assert DATE.fullmatch(child.text or ""), child.text
    assert URI.fullmatch(text(element, "id"))
    assert re.fullmatch("[a-z]{2,3}|", element.attrib.get(LANG, ""))
    for child in _persons(element):
        assert [each.tag for each in child] == [f"{ATOM}name"]
        assert child[0].text
    for child in element.findall(f"{ATOM}link"):
        assert URI.fullmatch(child.attrib["href"]), child.attrib["href"]
        assert urlsplit(child.attrib["href"]).scheme in {"http", "https"}


def _persons(element: ET.Element) -> Iterator[ET.Element]:
    yield from element.findall(f"{ATOM}author")
