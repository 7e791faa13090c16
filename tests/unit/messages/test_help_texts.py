"""Every help text and every sentence of click has an Indonesian one, made from the same English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.cli import pantau as root
from pantau.commands.cli import language
from pantau.messages.help import texts
from pantau.messages.help.indonesian.click_words import EXTRAS, KINDS, METAVARS, SENTENCES
from pantau.messages.help.sentences import sentence

CLICK: Final = Path(click.__file__).parent
NEVER_SHOWN: Final = {
    # Pantau has no deprecated command and starts no editor or pager.
    "(DEPRECATED: {target})", "(DEPRECATED)", "DEPRECATED: {target}", "DEPRECATED",
    "{text} {deprecated_message}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "{editor}: Editing failed", "{editor}: Editing failed: {e}", "Press any key to continue...",
    # `pantau.commands.cli.asking` asks instead.
    "Repeat for confirmation", "Error: The two entered values do not match.",
    "Error: invalid input", "Error: The value you entered was invalid.", "Error: {e.message}",
    # Built from the data of the exception, or by `pantau.commands.cli`.
    "Usage:", "Try '{command} {option}' for help.", "Error: {message}",
    "Invalid value: {message}", "Invalid value for {param_hint}: {message}",
    "Missing argument", "Missing option", "Missing parameter", "Missing {param_type}",
    "Missing parameter: {param_name}", "No such option: {name}", "Choose from:\n\t{choices}",
    "Did you mean {possibility}?", "(Possible options: {possibilities})",
    "%(prog)s, version %(version)s",
    # Shell completion reports a bash that is too old in a shell that cannot be asked.
    "Shell completion is not supported for Bash versions older than 4.4.",
    "Couldn't detect Bash version, shell completion is not supported.",
}  # fmt: skip
"""Sentences of click that this command line does not say."""


def commands(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            inner = command.context_class(command, info_name=name, parent=context)
            yield from commands(inner)


ALL: Final = [*commands(root.context_class(root, info_name="pantau"))]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    """Return what is looked up while a page is written, and what was found."""
    found: dict[str, str | None] = {}
    real = texts.lookup

    def lookup(text: str) -> str | None:
        found[text] = real(text)
        return found[text]

    monkeypatch.setattr(texts, "lookup", lookup)
    monkeypatch.setenv("PANTAU_LANG", "id")
    return found


def is_text(unit: str) -> bool:
    """Return whether a unit says something; an option's brackets are looked up apart from it."""
    return re.search(r"[A-Za-z]{2}", unit) is not None and "  [" not in unit


def test_every_command_and_option_has_a_translation_and_none_is_left_over(
    asked: dict[str, str | None],
) -> None:
    for context in ALL:
        context.get_help()
    assert not {one for one, found in asked.items() if found is None and is_text(one)}
    assert not texts.catalogue().keys() - asked.keys()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("context", ALL, ids=[one.command_path for one in ALL])
def test_a_page_has_the_same_options_examples_and_commands(context: click.Context) -> None:
    shown = context.get_help()
    assert shown.startswith("Pemakaian: ")
    with language.one_call(["--lang", "en"]):
        english = context.get_help()
    for parameter in context.command.get_params(context):
        if getattr(parameter, "hidden", False):  # a former name
            continue
        assert all(name in shown for name in parameter.opts if name.startswith("-"))
    examples = re.findall(r"^    (pantau .*?)(?:  +#.*)?$", english, re.MULTILINE)
    assert all(one in shown for one in examples)
    for word in (
        "Usage",
        "Options:",
        "Commands:",
        "Examples",
        "default:",
        "[default",
        "[required",
        "Show ",
    ):
        assert word not in shown


def test_translations_keep_commands_and_options_as_they_are() -> None:
    name = re.compile(r"`(?:pantau[^`]*|resume|import)`|(?<![\w-])--[a-z-]+|@\w+\b(?<!@name)")
    for english, indonesian in texts.catalogue().items():
        assert sorted(set(name.findall(english))) == sorted(
            one for one in set(name.findall(indonesian)) if one != "@nama"
        ), english


def test_translations_name_placeholders_as_the_usage_line_does() -> None:
    english = {word for word, shown in METAVARS.items() if shown != word}
    for indonesian in texts.catalogue().values():
        assert not english & set(re.findall(r"(?<![\w-])[A-Z]{2,}(?![\w-])", indonesian)), (
            indonesian
        )


def test_no_unit_is_translated_twice() -> None:
    seen: list[str] = []
    folder = Path(texts.__file__).parent / "indonesian"
    for area in texts.AREAS:
        tree = ast.parse((folder / f"{area}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                seen += [ast.literal_eval(key) for key in node.keys if key is not None]
    assert sorted(seen) == sorted(set(seen))


def test_every_placeholder_is_translated_or_the_name_of_a_standard() -> None:
    standards = {"URL", "CIDR", "CSS", "ID", "BOOLEAN"}
    used = {
        word
        for context in ALL
        for one in context.command.get_params(context)
        for word in re.findall(r"(?<![\w-])[A-Z]{2,}(?![\w-])", one.make_metavar(context))
    }
    assert used <= METAVARS.keys() | standards


def said_by_click() -> Iterator[str]:
    """Yield every sentence that click marks as to be translated."""
    for path in sorted(CLICK.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
                for given in node.args[:count]:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        yield given.value


def test_every_sentence_of_click_is_known() -> None:
    known = {*SENTENCES, *EXTRAS, *KINDS, *NEVER_SHOWN, *texts.catalogue()}
    assert not set(said_by_click()) - known


@pytest.mark.parametrize(
    ("said", "indonesian"),
    [
        ("Missing command.", "Perintah belum diberikan."),
        ("Got unexpected extra argument (x y)", "Argumen berlebih: x y"),
        ("'a' is not a valid integer.", "'a' bukan bilangan bulat yang sah."),
        ("'a' is not a valid float range.", "'a' bukan bilangan yang sah."),
        ("File '/x' does not exist.", "berkas '/x' tidak ada."),
        ("Option '--to' requires an argument.", "Opsi '--to' memerlukan nilai."),
        ("'{x}' is not a valid integer.", "'{x}' bukan bilangan bulat yang sah."),
        ("anything else", None),
    ],
)
def test_a_finished_sentence_is_recognised(said: str, indonesian: str | None) -> None:
    assert sentence(said) == indonesian


@given(text=st.text())
def test_any_text_can_be_asked_for(text: str) -> None:
    assert sentence(text) is None or isinstance(sentence(text), str)
    assert isinstance(texts.page(text), str)
    assert isinstance(texts.option(text), str)
    assert isinstance(texts.placeholders(text), str)
