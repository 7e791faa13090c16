"""Values that no article has: codes in other letters, addresses as sources, names in lower case."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pantau.query import ast
from pantau.query.diagnosis.checks.known_values import (
    ACRONYMS,
    PARTICLES,
    PROVINCES,
    country_code,
    language_code,
)
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.writing import any_of
from pantau_schemas.links.canonical import site_of

_HOST: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


_ANY_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_ABOUT_HOST: Final = re.compile(
    r"\A(?:\*\.|//|feed:(?://)?(?=\w)|[\w.+-]*@)|(?<=[a-z]):\d{2,5}\Z|(?<=\w)\.\Z|#[\w-]*\Z"
)
"""Signs before or behind a host where it was copied."""


def _language(value: str) -> str | None:
    return language_code(value.rstrip(".,"))


def _source(value: str) -> str | None:
    """Return the host that articles name as their source; None where the value may be a name."""
    bare = _ABOUT_HOST.sub("", value.strip())
    if "://" not in bare and not re.match(r"www\.|[^/\s]+\.[A-Za-z]{2,}/", bare, re.IGNORECASE):
        if not bare.isascii() and _ANY_HOST.fullmatch(bare):
            return site_of(f"https://{bare}")  # articles name it in ASCII
        return bare.lower() if _HOST.fullmatch(bare) else None
    return site_of(bare if "://" in bare else f"https://{bare}")


def _country(value: str) -> str | None:
    return country_code(value)


_WORD: Final = re.compile(r"(?<![^\W\d_])(?<!')[^\W\d_]+")
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")
_SHOUTED: Final = re.compile(r"[A-Z]{6,}")
_SHORT: Final = re.compile(r"[a-z]{2,3}")
_NO_VOWELS: Final = re.compile(r"[A-Z]?[b-df-hj-np-tv-z]{2,5}")


def _name(value: str) -> str | None:
    """Return a name with capitals; None where it has them, or may be an abbreviation.

    A long word all in capitals is none, nor are several of them.
    """
    if value == value.upper() and (" " in value or _SHOUTED.fullmatch(value)):
        value = value.lower()
    if not _NAME.fullmatch(value) or not any(map(_is_small, _WORD.findall(value))):
        return None
    return _WORD.sub(lambda found: _capital(found[0], is_first=found.start() == 0), value)


_TITLE: Final = re.compile(
    r"(?:(?:dr|drs|dra|prof|ir|hj|kh|tgk|ust|drh|mr|mrs|ms)\.\s*|h\.\s+"
    r"|(?:dr|drs|dra|prof|ir|hj|kh|ustad[hz]?|pak|bapak|bu|ibu|sdr|sdri|mr|mrs)\s+)+",
    re.IGNORECASE,
)
_DEGREE: Final = r"(?:[SMD]\.\s?[A-Z][A-Za-z]{0,4}\.?|S[EHT]|M[HMT]|Ph\.?\s?D\.?|MBA)"
_DEGREES: Final = re.compile(rf",\s?{_DEGREE}(?:,?\s{_DEGREE}){{0,5}}\Z|\s[SM]\.[A-Z]\w*\.?\Z")
_LONGEST_NAME: Final = 120


def _person(value: str) -> str | None:
    """Return a name with capitals, without what stands before or behind it, such as `Dr.`.

    Articles name persons without titles, offices and degrees.
    """
    cut = _DEGREES.search(value) if len(value) <= _LONGEST_NAME else None
    bare = value[: cut.start()] if cut else value
    title = _TITLE.match(bare)
    if title is not None and bare[title.end() :][:1].isalpha():
        bare = bare[title.end() :]
    named = _name(bare)
    return named if named is not None or bare == value else bare


def _is_small(word: str) -> bool:
    """Return whether a word of a name lacks its capital; brands such as eBay have one elsewhere."""
    return word == word.lower() and word.isascii() and word not in PARTICLES


def _capital(word: str, *, is_first: bool) -> str:
    return word if word in PARTICLES and not is_first else word[0].upper() + word[1:]


def _organization(value: str) -> str | None:
    """Return a name with capitals, acronyms all in capitals: those known, short or unspeakable."""
    if _SHORT.fullmatch(value) or _NO_VOWELS.fullmatch(value):
        return value.upper()
    named = _name(value) if value != value.upper() else None
    return named and re.sub(
        r"[^\W\d_]+",
        lambda found: found[0].upper() if found[0].lower() in ACRONYMS else found[0],
        named,
    )


def _tag(value: str) -> str | None:
    """Return a tag without the sign that posts of social networks have before it."""
    return value[1:] if value.startswith("#") and value[1:].strip("#") else None


_OF_STATE: Final = re.compile(
    r"\.?(?P<ending>(?:go|ac|co|or|desa|sch|mil|net|web|my|ponpes)\.id|gov|edu|mil)"
)
"""Endings that hosts share, as in `site:go.id`."""
_MEANT: Final[dict[str, Callable[[str], str | None]]] = {
    "lang": _language,
    "source": _source,
    "place_codes": _country,
    "people": _person,
    "places": _name,
    "organizations": _organization,
    "tags": _tag,
}
_CODES: Final = {"lang": "id, en", "place_codes": "ID, MY"}
_NEARBY: Final = 40
"""How many characters before a value its field's name is searched in."""
_BARE: Final = re.compile(r"[\w.]+")
_WORDS: Final = frozenset({"and", "or", "not", "to"})


def values(query: ast.Query, text: str, language: str) -> Iterator[Finding]:
    """Find values of keyword fields that no article has."""
    for node in ast.walk(query):
        if isinstance(node, ast.Regex) and len(node.fields) == 1:
            yield from _of_regex(node, text)
        if isinstance(node, ast.Prefix | ast.Wildcard) and len(node.fields) == 1:
            yield from _of_pattern(node, text)
        if not isinstance(node, ast.Term) or len(node.fields) != 1:
            continue
        name = node.fields[0]
        written = text[node.start : node.end]
        if re.search(r"\s", written) and written[:1] != '"' and language != "kql":
            several = _of_list(node, text, name) if name in _LISTED else None
            if several is not None:
                yield several
            continue  # words side by side, of which each may have to be quoted
        if name == "url":
            yield from _of_url(node, text, language)
        elif name in _MEANT:
            goes_on = name in _NAMES and _GOES_ON.match(text, node.end) is not None
            goes_on = goes_on and language != "kql"
            section = _excluded_section(node, text, language) if name == "source" else None
            yield from [section] if section else _of_value(node, text, name, goes_on=goes_on)


_NAMES: Final = frozenset({"people", "organizations", "places"})
_GOES_ON: Final = re.compile(
    r"[ \t]+(?!(?:and|or|not|dan|atau|bukan|tidak)\b)[^\W\d_]+(?![\w:*?~^])", re.IGNORECASE
)
"""A word after a value, of which only the writer knows if it is part of the name."""


def _of_value(node: ast.Term, text: str, name: str, *, goes_on: bool) -> Iterator[Finding]:
    """Find what is wrong with a value; where the name may go on behind it, without a repair."""
    several = _of_list(node, text, name)
    if several is not None:
        yield several
        return
    if name == "source" and (ending := _OF_STATE.fullmatch(node.text.lower())) is not None:
        pattern = f"*.{ending['ending']}"
        params = {"written": node.text, "field": name, "meant": pattern}
        yield Finding(
            "value_form", node.start, node.end, params, (Edit(node.start, node.end, pattern),)
        )
        return
    # In names of articles white space is a single space.
    spaced = " ".join(node.text.split())
    meant = _MEANT[name](spaced)
    if meant is None and spaced != node.text and name not in _CODES:
        meant = spaced
    if meant == node.text or (meant is None and name not in _CODES):
        return
    # Instead of a code people write the name of the place, which has one.
    place = _place(node, text) if meant is None and name == "place_codes" else None
    if place is not None:
        yield place
        return
    if meant is None and (name == "place_codes" or language_code(node.text) is None):
        params = {"written": node.text, "field": name, "known": _CODES[name]}
        yield Finding("unknown_value", node.start, node.end, params)
        return
    shown = shown_value(meant or "", quoted=text[node.start : node.end].startswith('"'))
    params = {"written": node.text, "field": name, "meant": meant or ""}
    edit = Edit(node.start, node.end, shown)
    yield Finding("value_form", node.start, node.end, params, () if goes_on else (edit,))


_PROVINCE: Final = re.compile(r"ID[-_](?P<code>[A-Z]{2})", re.IGNORECASE)
_LEAST_NAME: Final = 4
"""Letters of a place: what is shorter may be a code that is written wrongly."""


def _place(node: ast.Term, text: str) -> Finding | None:
    """Return what is found of a place or the code of a province among codes of countries."""
    province = _PROVINCE.fullmatch(node.text)
    named = PROVINCES.get(province["code"].upper()) if province else node.text
    if named is None or len(named) < _LEAST_NAME or not _NAME.fullmatch(named):
        return None
    field = _field_before(node, text, "place_codes")
    if field is None:
        return None
    meant = f'places:"{_name(named) or named}"'
    params = {"written": node.text, "field": "place_codes", "meant": meant}
    edits = (Edit(field, node.end, meant),)
    return Finding("value_form", node.start, node.end, params, edits)


def _field_before(node: ast.Term, text: str, name: str) -> int | None:
    """Return where the name of the field right before a value begins."""
    found = re.compile(rf"\b{name}\s*:\s*\Z").search(text, max(0, node.start - _NEARBY), node.start)
    return found.start() if found else None


def _of_pattern(node: ast.Prefix | ast.Wildcard, text: str) -> Iterator[Finding]:
    """Find patterns of other letters than those that all values of a field have."""
    name = node.fields[0]
    pattern = node.text if isinstance(node, ast.Prefix) else node.pattern
    meant = _pattern_meant(name, pattern)
    written = text[node.start : node.end]
    if meant == pattern or "\\" in written or not written.startswith(pattern):
        return
    params = {"written": written, "field": name, "meant": meant + written[len(pattern) :]}
    edits = (Edit(node.start, node.start + len(pattern), meant),)
    yield Finding("value_form", node.start, node.end, params, edits)


_PLAIN_REGEX: Final = re.compile(r"/[\w|()\[\].*+?-]*/")


def _of_regex(node: ast.Regex, text: str) -> Iterator[Finding]:
    """Find regular expressions for a code in other letters than those of all codes."""
    name, written = node.fields[0], text[node.start : node.end]
    if name not in {"lang", "place_codes", "source"} or not _PLAIN_REGEX.fullmatch(written):
        return
    meant = written.upper() if name == "place_codes" else written.lower()
    if meant != written:
        params = {"written": written, "field": name, "meant": meant}
        edits = (Edit(node.start, node.end, meant),)
        yield Finding("value_form", node.start, node.end, params, edits)


def _pattern_meant(name: str, pattern: str) -> str:
    if name == "lang":
        return pattern.lower()
    if name == "place_codes":
        return pattern.upper()
    if name == "source":
        return re.sub(r"\A(?:https?://)?(?:www\.)?(?=\w)", "", pattern.lower())
    # Within a name any letter may follow: `*wati` is Megawati, too.
    small = re.match(r"[a-z]{3,}(?=[*? ]|\Z)", pattern) if name in _NAMES else None
    if small is None or (name == "organizations" and small[0] in ACRONYMS):
        return pattern.upper() if small else pattern
    return pattern[0].upper() + pattern[1:]


_LISTED: Final = frozenset({"lang", "source", "place_codes"})


def _of_list(node: ast.Term, text: str, name: str) -> Finding | None:
    """Return what is found of codes or hosts with commas between them; None of anything else."""
    if name not in _LISTED or not re.search(r"[,;|/+&]|[A-Za-z]\s+[A-Za-z]", node.text):
        return None
    signs = r"[,;|]" if re.search(r"[,;|]", node.text) else r"\s+"
    if name in _CODES and re.search(r"[/+&]", node.text):
        signs = r"[,;|/+&]"
    parts = [part.strip() for part in re.split(signs, node.text) if part.strip()]
    if signs == r"\s+" and not all(map(_is_code if name in _CODES else _HOST.fullmatch, parts)):
        return None
    meant = [_MEANT[name](part) for part in parts]
    known = [one for one in meant if one is not None]
    if len(known) < 2 or len(known) < len(meant):
        return None
    shown = any_of((shown_value(one, quoted=False) for one in known), "lucene")
    if not (text[: node.start].endswith("(") and text.startswith(")", node.end)):
        shown = f"({shown})"
    params = {"written": node.text, "field": name, "meant": shown}
    return Finding("value_form", node.start, node.end, params, (Edit(node.start, node.end, shown),))


def _is_code(part: str) -> bool:
    return len(part) == 2


def shown_value(value: str, *, quoted: bool) -> str:
    """Return a value as a query has it: in quotes where it needs them, or where it had them."""
    bare = _BARE.fullmatch(value) is not None and value.lower() not in _WORDS
    return value if bare and not (quoted and " " in value) else f'"{value}"'


def _of_url(node: ast.Term, text: str, language: str) -> Iterator[Finding]:
    """Find addresses without a scheme: a host is a source, a path how addresses begin."""
    bare = node.text.strip("/")
    if re.match(r"https?://", node.text) or not re.fullmatch(
        r"[\w.-]+\.[a-z]{2,}(?:/[\w./-]*)?", bare
    ):
        return
    field = _field_before(node, text, "url")
    if field is None:
        return
    host = bare.removeprefix("www.")
    meant = _beginning(host, language) if "/" in host else f"source:{host}"
    edits = (Edit(field, node.end, meant),)
    params = {"written": node.text, "field": "url", "meant": meant}
    yield Finding("value_form", node.start, node.end, params, edits)


def _beginning(place: str, language: str) -> str:
    """Return a query for the addresses that begin with a host and a path."""
    sign = re.compile(":" if language == "kql" else "[:/]")
    starts = (sign.sub(r"\\\g<0>", f"https://{www}{place}") for www in ("", "www."))
    return f"url:({any_of((f'{one}*' for one in starts), language)})"


_EXCLUDED: Final = re.compile(r"(?:[-!]|\bNOT\s+)source\s*:\s*\Z", re.IGNORECASE)
_WITH_PATH: Final = re.compile(
    r"(?:https?:)?(?://)?(?:www\.)?(?P<place>[\w.-]+\.[a-z]{2,}/[\w-][\w./-]*?)/?", re.IGNORECASE
)


def _excluded_section(node: ast.Term, text: str, language: str) -> Finding | None:
    """Return what is found of a section of a site that is excluded as if it were a source.

    Its repair excludes the section: without its path, the whole source would go.
    """
    found = _WITH_PATH.fullmatch(node.text)
    if found is None or not _EXCLUDED.search(text, max(0, node.start - _NEARBY), node.start):
        return None
    field = _field_before(node, text, "source")
    if field is None:
        return None
    meant = _beginning(found["place"], language)
    params = {"written": node.text, "field": "source", "meant": meant}
    return Finding("value_form", node.start, node.end, params, (Edit(field, node.end, meant),))
