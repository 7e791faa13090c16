"""Every code has both languages, the same parameters in both, and a place that uses it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.messages.catalogue import AREAS, AT_PAGES, NEAR, codes, render, texts
from pantau.messages.finished import recognition
from pantau.messages.help import texts as help_texts
from pantau.messages.languages import LANGS, Lang
from pantau.messages.text import placeholders
from pantau.problems import Problem, problem, suggesting

PACKAGE: Final = Path(__file__).parents[3] / "services" / "pantau"
CATALOGUE: Final = codes()
SPEAKERS: Final = {
    "pantau.problems": {"problem", "Problem"},
    "pantau.commands.cli.say": {"say", "print_text", "print_aside"},
}
"""Functions whose first argument is a code and whose named arguments are its parameters."""


def sources(pattern: str = "") -> Iterator[tuple[Path, ast.Module]]:
    """Yield the modules, or only those that have the pattern: to read them all takes a second."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if PACKAGE / "messages" not in path.parents:
            text = path.read_text(encoding="utf-8")
            if re.search(pattern, text):
                yield path, ast.parse(text)


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the codes that an argument can be; nothing of one that is computed elsewhere."""
    match node:
        case ast.Constant(value=str() as code):
            yield code
        case ast.IfExp(body=body, orelse=other):
            yield from literals(body)
            yield from literals(other)


_SPOKEN: Final = re.compile(r"\bt\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_CODE: Final = re.compile(r'"([a-z-]+\.[a-z0-9-]+)"')
_NAMED: Final = re.compile(r"\b([a-z_]+)=")


def template_calls() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield the same for the templates of pages, where `t` speaks."""
    for path in sorted(PACKAGE.rglob("templates/*.html")):
        for spoken in _SPOKEN.findall(path.read_text(encoding="utf-8")):
            for code in _CODE.findall(spoken):
                yield path.name, code, frozenset(_NAMED.findall(spoken))


def calls() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Yield place, code and names of parameters (None where they are unpacked) of each call."""
    for path, tree in sources("|".join(map(re.escape, SPEAKERS)) + r"|\bdef say\b"):
        speakers = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name in SPEAKERS.get(node.module or "", ())
        } | (SPEAKERS["pantau.commands.cli.say"] if path.name == "say.py" else set())
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else None
            if name not in speakers:
                continue
            unpacked = name == "Problem" or any(one.arg is None for one in node.keywords)
            names = frozenset(one.arg for one in node.keywords if one.arg is not None)
            for code in literals(node.args[0]):
                where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield where, code, None if unpacked else names


def test_areas_are_the_modules() -> None:
    folder = PACKAGE / "messages" / "texts"
    modules = {
        ".".join(one.relative_to(folder).with_suffix("").parts) for one in folder.rglob("*.py")
    }
    assert {one for one in modules if not one.endswith("__init__")} == set(AREAS.values())
    for area in AREAS:
        assert all(code.startswith(f"{area}.") for code in texts(area))


@pytest.mark.parametrize("code", CATALOGUE)
def test_languages_agree_on_parameters(code: str) -> None:
    text = CATALOGUE[code]
    assert text.en.strip()
    assert text.id.strip()
    assert placeholders(text.en) == placeholders(text.id)


@given(number=st.integers(-(10**9), 10**9), word=st.text(min_size=1, max_size=20), data=st.data())
def test_every_text_can_be_filled_in(number: int, word: str, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(CATALOGUE)))
    names = placeholders(CATALOGUE[code].en)
    for lang in LANGS:
        for value in (number, word):
            shown = render(code, dict.fromkeys(names, value), lang)
            assert shown
            for name in names:  # what the value itself holds may look like anything
                assert f"{{{name}" not in shown.replace(str(value) or "\0", "")


def test_every_code_that_is_named_exists_with_its_parameters() -> None:
    wrong = [
        (where, code, sorted(names or ()))
        for where, code, names in (*calls(), *template_calls())
        if code not in CATALOGUE
        or (names is not None and names != placeholders(CATALOGUE[code].en))
    ]
    assert not wrong


def test_alerts_and_warnings_have_a_word_each_in_indonesian() -> None:
    mixed = [
        code
        for code, text in CATALOGUE.items()
        if "peringatan" in text.id.lower() and "warning" not in text.en.lower()
    ]
    assert not mixed


POLL: Final = re.compile(r"\bpoll(?:s|ed|ing)?\b", re.IGNORECASE)
READ: Final = re.compile(r"(?:mem|di)baca\b|\bbaca\b|pembacaan", re.IGNORECASE)


def test_a_poll_has_one_word_in_indonesian() -> None:
    pairs = [(text.en, text.id) for text in CATALOGUE.values()]
    pairs += [*help_texts.catalogue().items(), *recognition.catalogue().items()]
    mixed = [
        english
        for english, indonesian in pairs
        if POLL.search(english) and READ.search(indonesian) and "read" not in english
    ]
    assert not mixed
    assert READ.search("Pembacaan terakhir")


def test_a_story_has_one_word_in_indonesian() -> None:
    said = [text.id for text in CATALOGUE.values()]
    said += [*help_texts.catalogue().values(), *recognition.catalogue().values()]
    assert not [one for one in said if "kisah" in one.lower()]
    assert [one for one in said if "cerita" in one.lower()]


def test_every_code_is_used() -> None:
    named = {
        node.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named |= {
        code
        for path in PACKAGE.rglob("templates/*.html")
        for code in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    stand_in = {code for code in CATALOGUE if code.removesuffix(NEAR) in named}
    assert not {code.removesuffix(AT_PAGES) for code in CATALOGUE} - named - stand_in


def test_texts_for_pages_stand_in_for_others_and_take_nothing_more() -> None:
    own = {code for code in CATALOGUE if code.endswith(AT_PAGES)}
    assert own
    for code in own:
        usual = CATALOGUE[code.removesuffix(AT_PAGES)]
        assert placeholders(CATALOGUE[code].en) <= placeholders(usual.en), code


def test_texts_that_name_the_nearest_take_that_and_nothing_more() -> None:
    own = {code for code in CATALOGUE if code.endswith(NEAR)}
    assert own
    for code in own:
        usual = CATALOGUE.get(code.removesuffix(NEAR))
        if usual is not None:
            assert placeholders(CATALOGUE[code].en) <= placeholders(usual.en) | {"near"}, code
    missing = problem("subscriptions.missing", reference="Banjr")
    assert suggesting(missing, None) is missing
    assert suggesting(missing, "Banjir").code == missing.code
    assert suggesting(missing, "Banjir").text() != missing.text()


@pytest.mark.parametrize(
    ("lang", "count", "shown"),
    [
        ("en", 1, "1 feed"), ("en", 1_200, "1,200 feeds"),
        ("id", 1, "1 feed"), ("id", 1_200, "1.200 feed"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_does(lang: Lang, count: int, shown: str) -> None:
    from pantau.messages.text import Text, fill  # noqa: PLC0415 (the one test of templates)

    text = Text(en="{n:n feed|feeds}", id="{n:n feed}")
    assert fill(text.of(lang), {"n": count}, lang) == shown


def test_a_problem_within_a_problem_is_in_the_same_language() -> None:
    inner = problem("cli.no-option", name="--x")
    outer = problem("cli.error", text=inner)
    assert outer.text("id") == f"Kesalahan: {inner.text('id')}"
    assert str(outer) == outer.text("en") == f"Error: {inner}"


def test_values_are_never_templates() -> None:
    assert problem("cli.no-option", name="{name.__class__}").text() == (
        "No such option: {name.__class__}"
    )


def test_what_another_version_wrote_stays_readable() -> None:
    assert Problem("later.code", {"host": "a.example"}).text("id") == "later.code (host=a.example)"
    assert Problem("cli.no-option").text() == "No such option: {name}"


def sentences() -> Iterator[str]:
    """Yield the places where an error of usage is raised with a sentence, not with a problem."""
    for path, tree in sources("UsageError|BadParameter"):
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            values = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                    "UsageError",
                    "click.UsageError",
                    "click.BadParameter",
                }:
                    given = node.args[0]
                    given = values.get(given.id, given) if isinstance(given, ast.Name) else given
                    if isinstance(given, ast.Constant | ast.JoinedStr | ast.BinOp):
                        yield f"{path.relative_to(PACKAGE)}:{node.lineno}"


def test_what_people_did_wrong_is_always_told_in_both_languages() -> None:
    assert not [*sentences()]


def first_name(node: ast.expr) -> str:
    """Return the name that an expression begins with, without writing it out."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=inner) | ast.Call(func=inner) | ast.Subscript(value=inner):
                node = inner
            case _:
                return ""
    return node.id


def test_logs_are_in_english() -> None:
    """A log is for whoever runs the program and for programs that read it: one language."""
    translated = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in sources(r"log(?:ging)?\s*\.")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and first_name(node.func) in {"self", "log", "_log", "logging", "_logging"}
        and re.match(r"(?:self\.)?_?log(?:ging)?\.", ast.unparse(node.func))
        and re.search(r"\b(?:say|text_of|error_text)\(|\.text\(", ast.unparse(node))
    ]
    assert not translated
