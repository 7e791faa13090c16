"""Decoding of bytes to characters.

The encoding that servers and documents declare is often wrong. A byte order mark takes precedence,
then UTF-8 if the bytes are valid UTF-8 (text of other encodings rarely is), then the header, then
the XML declaration. Then statistics may detect the encoding of a text that is not in Latin script;
the rest is read as UTF-8 with each stray byte as Windows-1252, which is typical of mixed documents.
Labels have the meaning that browsers give them (WHATWG Encoding).
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from pantau.feeds.encoding.charset_guess import guess_charset

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PATTERNS: Final = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
    (b"\x00{\x00", "utf-16-be"),
    (b"\x00[\x00", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
    (b"[\x00", "utf-16-le"),
)
"""First bytes of XML and JSON without a byte order mark (XML 1.0, appendix F; RFC 4627, 3)."""

_BETTER: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030",
    "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs",
}  # fmt: skip
"""Python's name of an encoding to its superset that documents with that label actually use."""
_ALIASES: Final = {
    "x-sjis": "cp932", "ms_kanji": "cp932", "windows-31j": "cp932", "ks_c_5601": "cp949",
    "windows-949": "cp949", "windows-874": "cp874", "dos-874": "cp874", "windows-936": "gb18030",
    "x-gbk": "gb18030", "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "x-euc-jp": "euc_jp", "x-big5": "big5", "unicode": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8", "ansi": "cp1252",
}  # fmt: skip
"""Labels unknown to Python."""
_WINDOWS: Final = re.compile(r"(?:x-)?(?:windows|win|cp|ms)?[-_ ]?(?:cp)?(125[0-8])", re.IGNORECASE)
_NO_TEXT: Final = frozenset(
    {
        "idna",
        "punycode",
        "raw-unicode-escape",
        "unicode-escape",
        "undefined",
        "utf-7",
        "mbcs",
        "oem",
        "palmos",
    }
)
_DECLARATION: Final = re.compile(
    rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})\s*[\"']"
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]{1,40})", re.IGNORECASE)
_UNICODE: Final = re.compile(r"utf-?_?(?:16|32)|ucs|iso-10646", re.IGNORECASE)
_MULTI_BYTE: Final = ("gb", "big5", "euc", "shift", "cp932", "cp949", "iso2022", "hz", "johab")
_BETWEEN_TAGS: Final = re.compile(rb"(?<=>)[^<>]{4,2000}")
_MOST_STRAY: Final = 100_000  # bytes
_SAMPLE: Final = 10_000  # bytes that suffice for a guess
_LEAST_SHARE: Final = 0.3  # fraction of bytes beyond ASCII among the letters of a piece
_ASCII: Final = bytes(range(128))
_NO_LETTERS: Final = bytes(one for one in range(128) if not chr(one).isalpha())


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's characters. `warning` is set if the declared encoding was wrong."""

    text: str
    encoding: str
    warning: str | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a document. Never raises: invalid bytes become U+FFFD."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _with_mark(body[len(mark) :], encoding)
    for start, encoding in _PATTERNS:
        if body.startswith(start):
            return Decoded(body.decode(encoding, "replace"), encoding)
    header = _CHARSET.search(content_type or "")
    declared = _DECLARATION.match(body)
    labels = [header[1]] if header else []
    labels += [declared[1].decode("ascii")] if declared else []
    return _by_labels(body, labels)


def _with_mark(body: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8":
            return Decoded(
                _mixed(body), encoding, "some bytes are no UTF-8 and were read as Windows-1252"
            )
        return Decoded(
            body.decode(encoding, "replace"), encoding, f"some bytes are no {encoding} and are lost"
        )


def _by_labels(body: bytes, labels: list[str]) -> Decoded:
    said = " and ".join(dict.fromkeys(labels))
    known = [name for name in map(_codec, labels) if name is not None]
    if body.isascii() and not any(
        name.startswith(("iso2022", "hz", "utf-16", "utf-32")) for name in known
    ):
        return Decoded(
            body.decode("ascii"), known[0] if known else "utf-8", _unknown(labels, known)
        )
    # Multi-byte encodings go before UTF-8: their text is hardly ever valid in another encoding,
    # while a declared single-byte encoding accepts any bytes, UTF-8 included.
    multi = [name for name in known if name.startswith(_MULTI_BYTE)]
    for name in [*multi, "utf-8", *known]:
        if name not in multi and name != "utf-8" and _is_mostly_utf8(body):
            break
        try:
            text = body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        agrees = not known or name == known[0]
        warning = None if agrees else f"declared as {said}, but read as {name}"
        return Decoded(text, name, warning or _unknown(labels, known))
    guessed = _guessed(body)
    if guessed is not None:
        claim = f"declared as {said}" if labels else "its encoding is not declared"
        return Decoded(guessed[0], guessed[1], f"{claim}; it looks like {guessed[1]}")
    claim = f"declared as {said}, but it is not" if labels else "its encoding is not declared"
    return Decoded(
        _mixed(body), "windows-1252", f"{claim}; what is no UTF-8 was read as Windows-1252"
    )


def _unknown(labels: list[str], known: list[str]) -> str | None:
    if not labels or known:
        return None
    if _UNICODE.match(labels[0]):
        return f"declared as {labels[0]}, but read as utf-8"
    return f"no encoding has the name {labels[0]!r}"


def _codec(label: str) -> str | None:
    """Return Python's name of the encoding of a label.

    None if it is not a text encoding.
    """
    windows = _WINDOWS.fullmatch(label)
    label = f"cp{windows[1]}" if windows else _ALIASES.get(label.lower(), label)
    try:
        info = codecs.lookup(label)
        if (
            info.name in _NO_TEXT
            or info.name.startswith("utf-16")
            or info.name.startswith("utf-32")
        ):
            return None  # UTF-16 and UTF-32 were already detected by their first bytes
        "x".encode(info.name)  # rejects codecs that are not for text
    except (LookupError, UnicodeError, ValueError):
        return None
    return _BETTER.get(info.name, info.name)


def _is_mostly_utf8(body: bytes) -> bool:
    """Return whether slightly invalid bytes, such as truncated ones, are meant to be UTF-8.

    Text of a single-byte encoding hardly ever forms UTF-8 sequences, so a few suffice.
    """
    text = body.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    ascii_only = len(body) - len(body.translate(None, _ASCII))
    return len(text) - ascii_only - lost > 4 * lost


def _guessed(body: bytes) -> tuple[str, str] | None:
    """Return the characters and the encoding of a document in another script.

    None if Latin script is more likely. Only text between tags is read, in pieces with many bytes
    beyond ASCII: accents and quotation marks are few.
    """
    sample = b""
    for match in _BETWEEN_TAGS.finditer(body):
        # Pieces of plain ASCII would drown the few that show the encoding.
        piece = match.group()
        beyond = len(piece.translate(None, _ASCII))
        if beyond > 4 and beyond > _LEAST_SHARE * len(piece.translate(None, _NO_LETTERS)):
            sample += piece + b"\n"
            if len(sample) > _SAMPLE:
                break
    name = guess_charset(sample) if sample and not _is_mostly_utf8(body) else None
    name = _BETTER.get(name, name) if name else None
    try:
        return (body.decode(name), name) if name else None
    except UnicodeDecodeError:
        return None


def _mixed(body: bytes) -> str:
    """Decode UTF-8, and each stray byte as Windows-1252.

    Everything as Windows-1252 if there are very many (1 µs each).
    """
    if body.decode("utf-8", "replace").count("\ufffd") > _MOST_STRAY:
        return body.decode("cp1252", "replace")
    return body.decode("utf-8", "pantau-mixed")


def _as_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("pantau-mixed", _as_1252)
