"""Words that the tokenizer cuts into several, and patterns that it leaves nothing of."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query import ast
from pantau.query.diagnosis.checks.pasted.line_lists import COMMAS
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.levels import is_keyword
from pantau.query.diagnosis.masked import masked
from pantau.query.parsing.lucene_scanner import Kind, scan
from pantau.query.text import tokenizer
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.fields import FIELDS, FieldKind


def cut_words(query: ast.Query, text: str, language: str) -> Iterator[Finding]:
    """Find words of which any part is enough: `covid-19`, `anak-anak`, `covid-1*`."""
    seen: set[tuple[int, int]] = set()
    for node in ast.walk(query):
        place = (node.start, node.end)
        if place in seen:
            continue
        if isinstance(node, ast.Boolean) and _is_one_value(node):
            seen.add(place)
            yield from _of_value(node, text, language)
        elif isinstance(node, ast.Term) and language == "kql" and _is_repeated(node, text):
            seen.add(place)
            yield _quoted("reduplication", text, *place)
        elif isinstance(node, ast.Prefix | ast.Wildcard | ast.Fuzzy):
            seen.add(place)
            yield from _of_pattern(node, text)


def _of_pattern(node: ast.Prefix | ast.Wildcard | ast.Fuzzy, text: str) -> Iterator[Finding]:
    """Find a pattern that holds a sign which never stands within a word of an article."""
    tail = re.compile(r"~[\d.]*").match(text, node.end)
    end = tail.end() if tail else node.end
    written = text[node.start : end]
    if FIELDS[node.fields[0]].kind is not FieldKind.TEXT or re.search(r'[\s"\\]', written):
        return
    value = written.partition("~")[0]
    # The comma of 1,5 joins digits alone, an apostrophe letters: try what `*` may stand for.
    tried = f"{node.text}*" if isinstance(node, ast.Prefix) else value
    if any(len(tokenizer.words(re.sub(r"[*?]", one, tried))) < 2 for one in "a1"):
        return
    fuzzy = isinstance(node, ast.Fuzzy)
    meant = f'"{value}"' if fuzzy else _near_words(re.findall(r"[\w*?']+", value))
    edits = () if meant is None else (Edit(node.start, end, meant),)
    own: QueryLanguage | None = "pantau" if edits and not fuzzy else None
    yield Finding("pattern_cut", node.start, end, {"written": written}, edits, language=own)


def _is_one_value(node: ast.Boolean) -> bool:
    """Return whether these are the parts of one value in text fields."""
    return (
        len(node.should) > 1
        and not node.must
        and not node.must_not
        and all(
            isinstance(one, ast.Term | ast.Prefix)
            and (one.start, one.end) == (node.should[0].start, node.should[0].end)
            and FIELDS[one.fields[0]].kind is FieldKind.TEXT
            for one in node.should
        )
    )


def _is_repeated(node: ast.Term, text: str) -> bool:
    return (
        len(tokenizer.words(text[node.start : node.end])) > 1
        and FIELDS[node.fields[0]].kind is FieldKind.TEXT
        and text[node.start : node.start + 1] != '"'
    )


def _of_value(node: ast.Boolean, text: str, language: str) -> Iterator[Finding]:
    first = node.should[0]
    written = text[first.start : first.end]
    if written[:1] == '"':
        return
    if isinstance(node.should[-1], ast.Prefix):
        if not re.search(r"\s", written):
            yield _cut_prefix(node, written)
    elif not re.search(r"\s", written):
        terms = {one.text for one in node.should if isinstance(one, ast.Term)}
        code = "reduplication" if len(terms) == 1 else "word_cut"
        place = (first.start, first.end)
        yield _of_alternatives(text, *place, language) or _quoted(code, text, *place)
    elif language == "kql":
        yield from _of_words(text, first.start, first.end)


_LIST: Final = re.compile(rf"[^\W\d_][{COMMAS}]\w|\w[{COMMAS}][^\W\d_]")


_DOUBLED: Final = re.compile(
    r"(?<![^\s()\":+\-!])(?P<stem>[A-Za-z][a-z]{2,})[2\u00b2](?P<tail>an|nya|ku|mu|lah|kah)?(?![^\s)])"
)
_OF_NUMBERS: Final = """
tahap jilid seri bagian kelas level versi version season episode part phase fase web type tipe model
liga divisi group grup tingkat gelombang putaran lantai jalur gate line blok zona zone covid sars
edisi volume bab pasal ayat nomor dosis unit ring kloter sesi babak batch semester kuartal test
formula chapter pemilu pilpres pilkada stage round team class top
"""
_NUMBERED: Final = frozenset(_OF_NUMBERS.split())
"""Nouns that a number follows: `tahap2` is phase 2."""
_WHOLE: Final = frozenset(["berita", "beras", "berkas", "berlian", "bersih", "berat", "berani"])
"""Words that begin with `ber` as it is part of their stem."""
_LEAST_STEM: Final = 3


def doubled(text: str, language: str) -> Iterator[Finding]:
    """Find `anak2`, which is short for `anak-anak` in Indonesian."""
    hidden = masked(text, regex=language != "kql")
    counted = {one["stem"].lower() for one in _COUNTED.finditer(hidden)}
    for found in _DOUBLED.finditer(hidden):
        name = _FIELD_BEFORE.search(hidden, max(0, found.start() - _NEARBY), found.start())
        stem = found["stem"].lower()
        if stem in _NUMBERED or stem in counted or not re.search("[aeiou]", stem):
            continue
        if name is not None and is_keyword(name["name"]):
            continue
        written = text[found.start() : found.end()]
        meant = f'"{_repeated(found["stem"], found["tail"] or "")}"'
        edits = (Edit(found.start(), found.end(), meant),)
        params = {"written": written, "meant": meant}
        yield Finding("doubled_word", found.start(), found.end(), params, edits)


_COUNTED: Final = re.compile(r"(?<![^\W\d_])(?P<stem>[^\W\d_]+)(?!2(?!\d))\d+(?!\w)")
"""A word with another number than 2: then 2 counts, too, as in `tim1 OR tim2`."""
_FIELD_BEFORE: Final = re.compile(r"(?P<name>\w+)\s*:\s*\Z")
_NEARBY: Final = 40
"""How many characters before a word its field's name is searched in."""


def _repeated(stem: str, tail: str) -> str:
    """Return the word in full; affixes stand outside of what is repeated."""
    for affix, end in (("se", "nya"), ("ke", "an"), ("ber", "")):
        bare = stem.removeprefix(affix)
        fits = tail == end or (affix == "ber" and tail == "an")
        if bare != stem and len(bare) >= _LEAST_STEM and fits and stem not in _WHOLE:
            return f"{affix}{bare}-{bare}{tail}"
    return f"{stem}-{stem.lower()}{tail}"


def _of_alternatives(text: str, start: int, end: int, language: str) -> Finding | None:
    """Return what is found of `one|other`, `one&&other` and `one,other`, which are no phrases."""
    written = text[start:end]
    if _LIST.search(written):
        return Finding("word_cut", start, end, {"written": written})
    sign = "&&" if "&&" in written and "|" not in written else "|"
    parts = [part for part in written.split(sign) if part]
    if len(parts) < 2 or "\\" in written:
        return None
    meant = "OR" if sign == "|" else "AND"
    meant = meant.lower() if language == "kql" else meant
    edits = (Edit(start, end, "(" + f" {meant} ".join(parts) + ")"),)
    return Finding("foreign_operator", start, end, {"written": sign, "meant": meant}, edits)


def _quoted(code: str, text: str, start: int, end: int) -> Finding:
    written = text[start:end]
    return Finding(code, start, end, {"written": written}, (Edit(start, end, f'"{written}"'),))


def _of_words(text: str, start: int, end: int) -> Iterator[Finding]:
    """Find cut words in a value of several words in KQL, whose words become alternatives."""
    words = text[start:end].split()
    cut = [word for word in words if len(tokenizer.words(word)) > 1 and "\\" not in word]
    if not cut:
        return
    made = " or ".join(f'"{word}"' if word in cut else word for word in words)
    parts = tokenizer.words(cut[0])
    code = "reduplication" if len(set(parts)) == 1 else "word_cut"
    yield Finding(code, start, end, {"written": cut[0]}, (Edit(start, end, f"({made})"),))


def _cut_prefix(node: ast.Boolean, written: str) -> Finding:
    first = node.should[0]
    *head, tail = (one.text for one in node.should if isinstance(one, ast.Term | ast.Prefix))
    before = head[0] if len(head) == 1 else '"' + " ".join(head) + '"'
    edits = (Edit(first.start, first.end, f"({before} ONEAR/0 {tail}*)"),)
    params = {"written": written, "head": head[0], "tail": tail}
    return Finding("prefix_cut", first.start, first.end, params, edits, language="pantau")


_WILD: Final = re.compile(r"(?<=\w)\*|\*(?=\w)|(?<=\w)\?(?=\w)")
_LONE: Final = re.compile(r"\w\s+\*\s+\w")
_GAP: Final = 3
"""Words that a `*` between two words of a phrase stands for, at most: Google's is one or a few."""
_WILD_ONLY: Final = re.compile(r"\s*\*\s*")


def quoted_wildcards(text: str, language: str) -> Iterator[Finding]:
    """Find `*` and `?` in quotes, where they are no wildcards."""
    for start, end, name in _quotes(text, language):
        inner = text[start + 1 : end - 1]
        if (
            "\\" in inner
            or "://" in inner
            or (name == "source" and inner.startswith("*."))  # `values` knows the host
            or not (
                _WILD.search(inner)
                or _LONE.search(inner)
                or (name and _WILD_ONLY.fullmatch(inner))
                or ("*" in inner and is_keyword(name))
            )
        ):
            continue
        edits: tuple[Edit, ...] = ()
        own: QueryLanguage | None = None
        meant = _unquoted(inner, keyword=is_keyword(name), language=language)
        if meant is not None:
            edits = (Edit(start, end, meant),)
            own = "pantau" if "ONEAR/" in meant else None
        params = {"written": text[start:end]}
        yield Finding("quoted_wildcard", start, end, params, edits, language=own)


_KQL_QUOTED: Final = re.compile(
    r'(?:(?<![\w.])(?P<name>[\w.]+)\s*:\s*)?(?P<quoted>"(?:\\.|[^"\\])*+")', re.DOTALL
)


def _quotes(text: str, language: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield where quotes stand, and the name of the field before them."""
    if language == "kql":
        for found in _KQL_QUOTED.finditer(text):
            yield found.start("quoted"), found.end(), found["name"]
        return
    lexemes = scan(text, own=language == "pantau")
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.QUOTED:
            named = place > 1 and lexemes[place - 1].kind is Kind.COLON
            yield lexeme.start, lexeme.end, lexemes[place - 2].text if named else None


def _unquoted(inner: str, *, keyword: bool, language: str) -> str | None:
    """Return the quotes' contents with wildcards that work; None where no language has that."""
    words = inner.split()
    if keyword or len(words) == 1:
        if re.search(r'["\\/()\[\]{}:^~<>]', inner) or (language == "kql" and "?" in inner):
            return None
        joiner = " " if language == "kql" else "\\ "
        return joiner.join(words)
    return None if language == "kql" else _near_words(words)


def _near_words(words: list[str]) -> str | None:
    if words.count("*") == 1 and all(word == "*" or word.isalnum() for word in words):
        place = words.index("*")
        either = [" ".join(side) for side in (words[:place], words[place + 1 :])]
        if not all(either):
            return None
        first, last = (f'"{one}"' if " " in one else one for one in either)
        return f"({first} ONEAR/{_GAP} {last})"
    wild = [place for place, word in enumerate(words) if _WILD.search(word)]
    if len(wild) != 1 or wild[0] not in {0, len(words) - 1}:
        return None
    prefix = words.pop(wild[0])
    if not re.fullmatch(r"\w+\*", prefix):
        return None
    rest = words[0] if len(words) == 1 else '"' + " ".join(words) + '"'
    if len(words) == 1 and not words[0].isalnum():
        rest = f'"{words[0]}"'
    return f"({prefix} ONEAR/0 {rest})" if wild[0] == 0 else f"({rest} ONEAR/0 {prefix})"
