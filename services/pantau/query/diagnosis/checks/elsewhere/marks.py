r"""Signs of other programs on words: `evil[.]com`, `rob[ti]`, `<<<note>>>`, `DOMAIN\user`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.checks.elsewhere.unquoted import unquoted
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import lower, masked

_COMMENT: Final = re.compile(r"<<<[^<>]{0,500}>>>\s*")
_DOT: Final = r"(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\})"
_LABEL: Final = r"[A-Za-z0-9_-]{1,63}"
_DEFANGED: Final = re.compile(
    rf"(?<![^\s(:+\-!])(?:(?P<scheme>(?:hxxp|http|hXXp)s?)(?:\[:\]//|://|\[://\]))?"
    rf"(?P<user>(?:[\w.+-]{{1,64}}+(?:@|\[at\]|\(at\)|\[@\]|\(@\)))?)"
    rf"(?P<host>{_LABEL}(?:(?:{_DOT}|\.){_LABEL}){{1,8}})(?P<rest>(?:/[^\s()\"]*)?)(?=[\s)]|$)"
)
_ANY_DOT: Final = re.compile(_DOT)
_AT: Final = re.compile(r"\[at\]|\(at\)|\[@\]|\(@\)")
_COLONS: Final = re.compile(
    r"(?<![^\s(+\-!])(?=[0-9A-Fa-f:]{0,39}[0-9])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?=[\s)]|$)"
)
"""An address of IPv6 or of a network card."""
_TAGS: Final = {
    **dict.fromkeys(("ti", "title"), "title:"),
    **dict.fromkeys(("ab", "abstract"), "text:"),
    **dict.fromkeys(("au", "author"), "author:"),
    **dict.fromkeys(("la", "lang", "language"), "lang:"),
    **dict.fromkeys(("tiab", "title/abstract", "tw", "text word", "all", "all fields"), ""),
}
_TAGGED: Final = re.compile(
    r"(?<![^\s(+\-!])(?P<value>\"\x1a+\"|[^\W_]+\*?)\s?\[(?P<tag>[A-Za-z/ ]{2,16})\](?=[\s)]|$)"
)
_ANYWHERE: Final = re.compile(
    r"(?<![^\s(+\-!])(?P<name>TS\s?=|TITLE-ABS(?:-KEY)?|noft|ti,?ab|ALL=)\s?(?=\()", re.IGNORECASE
)
_PATH: Final = re.compile(
    r"(?<![^\s(:+\-!])(?P<path>(?:[A-Za-z]:)?(?:\\{0,2}[\w.$-]{1,80}+)?(?:\\{1,2}[\w.$-]{1,80}+){1,20}\\{0,2})(?=[\s)]|$)"
)
_OPERATOR: Final = re.compile(r"\\(?:AND|OR|NOT|TO)|\\u[0-9a-fA-F]{4}")
_NEAR: Final = re.compile(r"(?P<name>o?near|adj|w|n|pre)\\(?P<n>\d{1,3})", re.IGNORECASE)
_ORDERED: Final = frozenset({"onear", "adj", "pre"})
_ESCAPED: Final = re.compile(r"\\[A-Za-z0-9]")


def comments(text: str, _language: str) -> Iterator[Finding]:
    """Find `<<<note>>>`, a remark in the queries of another service."""
    for found in _COMMENT.finditer(masked(text, regex=False)):
        written = text[found.start() : found.end()].strip()
        if written == text.strip():
            return  # nothing would be left
        yield Finding("markup", *found.span(), {"written": written}, (Edit(*found.span(), ""),))


def defanged(text: str, language: str) -> Iterator[Finding]:
    """Find `evil[.]com`, as security reports write addresses; articles may have either form."""
    either = " or " if language == "kql" else " OR "
    for found in _DEFANGED.finditer(unquoted(text)):
        scheme = lower(found["scheme"] or "")
        user = _AT.sub("@", found["user"])
        if not (
            _ANY_DOT.search(found["host"]) or scheme.startswith("hxxp") or user != found["user"]
        ):
            continue
        host = user + _ANY_DOT.sub(".", found["host"])
        armed = f"{scheme.replace('xx', 'tt')}://{host}" if scheme else host
        meant = f'("{armed}{found["rest"]}"{either}"{found[0]}")'
        params = {"written": found[0], "meant": meant}
        edits = (Edit(*found.span(), meant),)
        yield Finding("escaped_character", *found.span(), params, edits)


def colons(text: str, language: str) -> Iterator[Finding]:
    """Find `fe80::1`: its colons are signs of the language."""
    for found in _COLONS.finditer(masked(text, regex=language != "kql")):
        edits = (Edit(*found.span(), f'"{found[0]}"'),)
        yield Finding("bare_id", *found.span(), {"written": found[0]}, edits)


def tags(text: str, language: str) -> Iterator[Finding]:
    """Find `rob[ti]`, a word with its field behind it, and `TITLE-ABS-KEY(...)`, which is none."""
    hidden = masked(text, regex=language != "kql")
    for found in _TAGGED.finditer(hidden):
        field = _TAGS.get(lower(found["tag"]).strip())
        if field is None:
            continue
        value = text[found.start("value") : found.end("value")]
        params = {"written": f"[{found['tag']}]", "field": field.rstrip(":") or "title, text"}
        edits = (Edit(*found.span(), f"{field}{value}"),)
        yield Finding("foreign_field", *found.span(), params, edits)
    for found in _ANYWHERE.finditer(hidden):
        params = {"written": found["name"].rstrip(" ="), "field": "title, text"}
        yield Finding("foreign_field", *found.span(), params, (Edit(*found.span(), ""),))


def paths(text: str, language: str) -> Iterator[Finding]:
    r"""Find `DOMAIN\user` and `C:\Users`: a backslash takes the next sign as it is, and is gone."""
    if language == "kql":
        return
    bare = unquoted(text)
    for found in _PATH.finditer(bare):
        written = found["path"]
        near = _NEAR.fullmatch(written)
        if near is not None:
            meant = f"{'O' * (lower(near['name']) in _ORDERED)}NEAR/{int(near['n'])}"
            edits = (Edit(*found.span("path"), meant),)
            params = {"written": written, "meant": meant}
            place = found.span("path")
            yield Finding("foreign_proximity", *place, params, edits, language="pantau")
            continue
        if not _ESCAPED.search(written) or _OPERATOR.search(written):
            continue
        phrase = re.sub(r"\\+", r"\\\\", written)
        params = {"written": written, "meant": f'"{phrase}"'}
        edits = (Edit(*found.span("path"), f'"{phrase}"'),)
        yield Finding("escaped_character", *found.span("path"), params, edits)
