r"""Regular expressions as other programs write them: `.*banjir.*`, `\bKPK\b`, `/rob/i`, `(a|b)an`.

Here they stand between slashes and are compared with one word, which is in small letters.
"""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.checks.elsewhere.unquoted import unquoted
from pantau.query.diagnosis.checks.names import known_name
from pantau.query.diagnosis.diagnosis import Edit, Finding

_EDGE: Final = r"(?<![^\s(:+\-!])"
_END: Final = r"(?=[\s)]|$)"
_WORD: Final = r"[^\W_]{1,60}+(?:[-'][^\W_]{1,60}+){0,4}"  # bounded: it is looked for at each -
_FLAG: Final = re.compile(r"(?:^|(?<=[\s(:]))\(\?[imsx]{1,4}\)")
_FLAGS: Final = re.compile(
    rf"{_EDGE}/(?P<body>(?:\\.|[^/\\\n]){{1,200}}+)/(?P<flags>i|gi|ig|im|mi|g){_END}"
)
_ANCHORED: Final = re.compile(
    rf"{_EDGE}(?:(?:\\b|\^)(?P<one>{_WORD})(?:\\b|\$)?|(?P<other>{_WORD})\\b){_END}"
)
_DOT_STAR: Final = re.compile(
    rf"{_EDGE}\.\*(?P<inner>{_WORD}(?:\.\*{_WORD})*)(?P<tail>(?:\.\*)?){_END}"
)
_SPACED: Final = re.compile(rf"{_EDGE}{_WORD}(?:\\s[+*]{_WORD}){{1,8}}{_END}")
_CHOICE: Final = r"\([^\W_]+(?:\|[^\W_]+)*\)\??"
_ALTERNATIVES: Final = re.compile(
    rf"{_EDGE}(?:{_CHOICE})?(?P<head>[^\W_]*)(?:{_CHOICE}[^\W_]*){{1,8}}{_END}"
)
_CLASS: Final = re.compile(rf"{_EDGE}[^\W_]+\[[^\W_][\w-]{{0,12}}\][^\W_]+{_END}")
_OPERATORS: Final = frozenset(
    {
        *("and", "or", "not", "near", "any", "all", "none", "atleast", "adj", "xor", "but"),
        *("dan", "atau", "bukan", "tanpa", "kecuali", "tapi", "tetapi"),
    }
)
_PLAIN: Final = re.compile(rf"{_WORD}(?: {_WORD})*")
_OF_CHARACTERS: Final = re.compile(r"\\[A-Z]")
"""Classes such as `\\S`, which small letters would turn into their opposite."""


def regexes(text: str, language: str) -> Iterator[Finding]:
    """Find regular expressions that are not written as queries have them."""
    bare = unquoted(text)
    for found in _FLAG.finditer(bare):
        yield _found(text, found, "")
    for found in _DOT_STAR.finditer(bare):
        tail = "*" if found["tail"] else ""
        yield _found(text, found, f"*{found['inner'].replace('.*', '*')}{tail}")
    for found in _ANCHORED.finditer(bare):
        yield _found(text, found, found["one"] or found["other"])
    for found in _SPACED.finditer(bare):
        yield _found(text, found, '"' + re.sub(r"\\s[+*]", " ", found[0]) + '"')
    if language == "kql":
        return  # which has no regular expressions
    for found in _FLAGS.finditer(bare):
        body = found["body"]
        if _PLAIN.fullmatch(body) and " " in body:
            yield _found(text, found, f'"{body}"')
        elif not re.search(r"\s", body):
            small = body if _OF_CHARACTERS.search(body) else body.lower()
            yield _found(text, found, f"/{small}/")
    for found in _ALTERNATIVES.finditer(bare):
        if "|" in found[0] and _is_glued(found):
            yield _found(text, found, f"/{found[0].lower()}/")
    for found in _CLASS.finditer(bare):
        yield _found(text, found, f"/{found[0].lower()}/")


def _is_glued(found: re.Match[str]) -> bool:
    """Return whether letters stand right beside a choice, which are no field and no operator."""
    if re.fullmatch(r"\(.*\)", found[0]) and ")" not in found[0][:-1]:
        return False
    first = re.match(r"[^\W_]*", found[0])
    head = first[0].lower() if first else ""
    return head not in _OPERATORS and known_name(head) is None


def _found(text: str, found: re.Match[str], meant: str) -> Finding:
    start, end = found.span()
    params = {"written": text[start:end], "meant": meant or "the same for all"}
    return Finding("bare_regex", start, end, params, (Edit(start, end, meant),))
