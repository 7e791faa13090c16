"""HTML to plain text, in one pass that is linear in the length whatever the markup.

Text needs no tree, and building one by the rules of HTML costs time quadratic in the nesting depth:
100,000 open `<div>` keep a good HTML parser busy for 18 s. Here they take 30 ms.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Final

from pantau.feeds.html.hidden import MOST_FAILED, end_of_hidden, is_hidden

_BREAKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
"""Elements that begin and end a line."""
_GAPS: Final = frozenset(
    ["td", "th", "img", "iframe", "object", "embed", "button", "select", "input"]
)
"""Elements that separate words without a line break."""
_SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "template",
        "iframe",
        "noembed",
        "noframes",
        "head",
        "object",
        "canvas",
        "math",
        "svg",
        "select",
        "textarea",
    ]
)
"""Elements whose content is not text."""
_TO_THE_END: Final = frozenset(["script", "style", "template", "noembed", "noframes"])
"""Those that extend to the end of the document if they have no end tag.

Of the others only the start tag is skipped.
"""
_SPECIAL: Final = _GAPS | _SKIPPED | {"pre"}
"""Elements that do more than begin a line."""

_OPENING: Final = re.compile(
    r"<(?:(?P<close>/)?(?P<name>[A-Za-z][^\s/>]{0,63})|(?P<other>!--|!\[CDATA\[|[!?/]))"
)
_TAG_SIGNS: Final = re.compile("[>\"']")
_SPACES: Final = re.compile(r"\s+")
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n")
_REFERENCE: Final = re.compile(
    r"&(?:(?:#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,10})|[A-Za-z][A-Za-z0-9]{1,31});|#[0-9]{4,5}(?![0-9]))"
)
_SURROGATES: Final = re.compile(
    r"&#(?:[xX](?P<high_hex>[dD][89abAB][0-9a-fA-F]{2})|(?P<high>5[56][0-9]{3}));"
    r"&#(?:[xX](?P<low_hex>[dD][c-fC-F][0-9a-fA-F]{2})|(?P<low>5[67][0-9]{3}));"
)
_ESCAPED_MARKUP: Final = re.compile(r"&(?:lt|gt|#60|#62|#x3c|#x3e);", re.IGNORECASE)
_LOOKS_LIKE_MARKUP: Final = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|table|blockquote|font|u|code|pre)\s*>|<br\s*/?>|<(?:p|img|hr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PAIR: Final = re.compile(
    r"<(p|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|table|blockquote|font|u)(?:\s[^<>]{0,2000})?>[^<]*</\1\s*>"
    r"|<br\s*/?>|<img\s[^<>]*\bsrc\s*=",
    re.IGNORECASE,
)
_IS_A_BLOCK: Final = re.compile(
    r"\s*<(p|div|table|ul|ol|h[1-6]|blockquote|section|article)(?:\s[^<>]*)?>", re.IGNORECASE
)
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\ufeff\ud800-\udfff\ufffe\uffff]"
)


def html_to_text(html: str) -> str:
    """Return the text of HTML.

    No markup, no entities, each paragraph on a line of its own, whitespace collapsed. Scripts,
    styles, comments, embedded frames and short hidden elements are omitted. Double-escaped HTML is
    decoded too.
    """
    if not _OPENING.search(html):
        return _unmarked(html)
    return _HtmlReader(html).read()


def _unmarked(html: str) -> str:
    """Return the text of HTML without any tag: blank lines separate paragraphs.

    It may be double-escaped HTML.
    """
    text = clean(decode_entities(html))
    if "<" in text and looks_like_markup(text):
        return _HtmlReader(text).read()
    paragraphs = (
        " ".join(one.split()) for one in _BLANK_LINES.split(clean(decode_leftovers(text)))
    )
    return "\n".join(one for one in paragraphs if one)


def clean(text: str) -> str:
    """Remove control characters, except line breaks and tabs, and surrogates.

    Byte order marks and soft hyphens are removed too: they are invisible, and a word with one would
    not be found.
    """
    if text.isprintable():  # so there is nothing to remove
        return text
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str) -> str:
    """Remove control characters and whitespace around plain text and at the ends of lines."""
    lines = [line.rstrip() for line in clean(text).split("\n")]
    return "\n".join(lines).strip()


def one_line(text: str) -> str:
    """Return text on one line, without control characters."""
    return " ".join(clean(text).split())


def without_section(text: str) -> str:
    """Return a text without the CDATA section that encloses all of it, which was escaped."""
    if "<![" not in text[:100]:
        return text
    inner = text.strip()
    whole = inner[:9].upper() == "<![CDATA[" and inner.endswith("]]>")
    return inner[9:-3].strip() if whole and "<![" not in inner[9:] else text


def join_surrogates(text: str) -> str:
    """Return a text with one reference for each character that was written as two halves.

    Programs that count in UTF-16 write `&#55357;&#56832;` for an emoji.
    """
    return _SURROGATES.sub(_joined, text) if "&#" in text else text


def _joined(match: re.Match[str]) -> str:
    high = int(match["high_hex"] or "0", 16) or int(match["high"])
    low = int(match["low_hex"] or "0", 16) or int(match["low"])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return match.group()
    return f"&#{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)};"


def decode_entities(text: str) -> str:
    """Replace character references of HTML: names with their semicolon, large numbers without, too.

    HTML also knows some names without one; in feeds `&copy` is part of an address far more often
    than a character. Quotation marks and dashes have numbers of four digits.
    """
    if "&" not in text:
        return text
    return _REFERENCE.sub(_character, join_surrogates(text))


def _character(match: re.Match[str]) -> str:
    return _unescaped(match.group())


_unescaped: Final = lru_cache(maxsize=4_096)(unescape)


def decode_leftovers(text: str) -> str:
    """Replace references left in plain text that was double-escaped.

    Not if the text is about markup: there `&lt;`, and `&amp;` with it, may be intended.
    """
    if "&" not in text:
        return text
    return text if _ESCAPED_MARKUP.search(text) else decode_entities(text)


def looks_like_markup(text: str) -> bool:
    """Return whether supposedly plain text is HTML, by tags that occur only in markup."""
    return _LOOKS_LIKE_MARKUP.search(text) is not None


def has_paired_markup(text: str) -> bool:
    """Return whether text that is declared plain is HTML nevertheless.

    It has an element with its end, or a line break.
    """
    return _PAIR.search(text) is not None


def is_block_markup(text: str) -> bool:
    """Return whether text is HTML from its first to its last character: a stricter test."""
    opening = _IS_A_BLOCK.match(text)
    return (
        opening is not None
        and text.rstrip().endswith(">")
        and f"</{opening[1].lower()}>" in text.lower()
    )


class _HtmlReader:
    """One pass over HTML."""

    def __init__(self, html: str, *, hides: bool = True) -> None:
        self._html = html
        self._hides = hides
        self._hid = False
        self._failed = 0  # searches for the end of what is hidden
        self._out: list[str] = []
        self._pre = 0
        self._absent: set[str] = set()  # search strings that do not occur any more
        self._cdata = False

    def read(self) -> str:
        html, out, find = self._html, self._out, _OPENING.search
        position = 0
        while position < len(html):
            match = find(html, position)
            if match is None:
                break
            start, end = match.span()
            if start > position:
                self._text(html[position:start])
            _, name, other = match.groups()
            if other is None and (name := name.lower()) not in _SPECIAL:
                # As most do, it ends at once, having no attributes.
                position = end + 1 if html.startswith(">", end) else self._plain_tag(name, end)
                if name in _BREAKS:
                    out.append("\n")
            else:
                position = self._other(match) if other else self._tag(match)
        if position < len(html):
            self._text(html[position:])
        text = clean(decode_leftovers("".join(out)))
        lines = (" ".join(line.split()) for line in text.split("\n"))
        shown = "\n".join(line for line in lines if line)
        if not shown and self._hid:  # then it is no hiding from readers
            return _HtmlReader(self._html, hides=False).read()
        return shown

    def _plain_tag(self, name: str, start: int) -> int:
        """Skip a tag with attributes, and a short element that it hides; return the end."""
        end = self._tag_end(start)
        if not self._hides or self._html.startswith("/", start - len(name) - 1):
            return end
        if not is_hidden(self._html[start:end]):
            return end
        after = end_of_hidden(self._html, name, end)
        if after is None:
            self._failed += 1
            self._hides = self._failed < MOST_FAILED
        elif not is_hidden(self._html[start:end], self._html[end:after]):
            return end
        self._hid = self._hid or after is not None
        return after or end

    def _text(self, raw: str) -> None:
        if self._cdata:
            raw = raw.replace("]]>", "")
        text = decode_entities(raw)
        if not self._pre and ("  " in text or not text.isprintable()):
            text = _SPACES.sub(" ", text)
        self._out.append(text)

    def _find(self, what: str, start: int) -> int:
        """Find `what`; a failure is remembered, so that all searches together stay linear."""
        if what in self._absent:
            return -1
        found = self._html.find(what, start)
        if found < 0:
            self._absent.add(what)
        return found

    def _other(self, match: re.Match[str]) -> int:
        """Skip a comment, a declaration, an instruction; return its end."""
        other = match["other"]
        if other == "![CDATA[":
            self._cdata = True
            return match.end()
        if other == "!--":
            end = self._find("-->", match.end())
            if end >= 0:
                return end + 3
        end = self._find(">", match.end())
        return end + 1 if end >= 0 else len(self._html)

    def _tag(self, match: re.Match[str]) -> int:
        """Handle a tag; return its end, or that of the element if its content is skipped."""
        name = match["name"].lower()
        end = self._tag_end(match.end())
        if name in _BREAKS:
            self._out.append("\n")
        elif name in _GAPS:
            self._out.append(" ")
        if name == "pre":
            self._pre = max(0, self._pre + (-1 if match["close"] else 1))
        if name in _SKIPPED and not match["close"] and self._html[end - 2 : end] != "/>":
            return self._skip(name, end)
        return end

    def _tag_end(self, position: int) -> int:
        """Return the position after the tag's `>`, which may also occur in quoted values."""
        html = self._html
        while True:
            sign = _TAG_SIGNS.search(html, position)
            if sign is None:
                return len(html)
            if sign.group() == ">":
                return sign.end()
            position = sign.end()
            before = sign.start() - 1
            while html[before].isspace():
                before -= 1
            if html[before] == "=":
                closing = self._find(sign.group(), position)
                if closing >= 0:
                    position = closing + 1

    def _skip(self, name: str, start: int) -> int:
        """Return the start of the end tag of a skipped element.

        Without one, only its start tag is skipped.
        """
        marker = f"</{name}"
        if marker in self._absent:
            return start
        found = _end_tag_of(name)(self._html, start)
        if found is None:
            self._absent.add(marker)
            return len(self._html) if name in _TO_THE_END else start
        return found.start()


_END_TAGS: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _SKIPPED}


def _end_tag_of(name: str) -> Callable[[str, int], re.Match[str] | None]:
    return _END_TAGS[name].search
