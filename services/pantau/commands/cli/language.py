"""In which language a command answers: `--lang`, the setting `lang`, else that of the locale.

Help and errors of usage are written before a command has read anything, so their language is looked
for in the arguments and in the settings file.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from pantau.messages.languages import (
    LANGS,
    Lang,
    from_environment,
    from_locale,
    unknown_language,
)

if TYPE_CHECKING:
    import click

_chosen: Final[ContextVar[Lang | None]] = ContextVar("chosen", default=None)
"""The language that `--lang` names."""
_configured: Final[ContextVar[Lang | None]] = ContextVar("configured", default=None)
"""The language that the settings of the data folder name, once they are read."""
_arguments: Final[ContextVar[Sequence[str] | None]] = ContextVar("arguments", default=None)
"""The arguments of the call; None outside one, where nothing is looked for."""
_from_file: Final[ContextVar[tuple[Lang | None] | None]] = ContextVar("from_file", default=None)
"""The language of the settings file as its file names it; None before it is read."""


def current() -> Lang:
    """Return the language to answer in.

    `--lang` wins over PANTAU_LANG, that over `lang` in the settings file, that over the locale.
    """
    return (
        _chosen.get()
        or _named()
        or from_environment(os.environ)
        or _configured.get()
        or _of_settings_file()
        or from_locale(os.environ)
    )


def unknown() -> str | None:
    """Return what PANTAU_LANG names where that is no language of Pantau and `--lang` is absent."""
    return None if _named() else unknown_language(os.environ)


def choose(lang: Lang | None) -> None:
    """Set the language that `--lang` names, if it names one."""
    if lang is not None:
        _chosen.set(lang)


def choose_option(ctx: "click.Context", param: "click.Parameter", value: Lang | None) -> None:
    """Set the language of an option, as a callback of click."""
    del ctx, param
    choose(value)


def configure(lang: Lang | None) -> None:
    """Remember the language of the settings file, if it names one."""
    _configured.set(lang)


@contextmanager
def one_call(arguments: Sequence[str] = ()) -> Iterator[None]:
    """Reset the language at the end of a call of the command line."""
    chosen, configured = _chosen.set(None), _configured.set(None)
    given, from_file = _arguments.set(arguments), _from_file.set(None)
    try:
        yield
    finally:
        _chosen.reset(chosen)
        _configured.reset(configured)
        _arguments.reset(given)
        _from_file.reset(from_file)


def _named() -> Lang | None:
    """Return the language of the last `--lang` among the arguments, wherever it stands."""
    named = _value("--lang", _arguments.get() or ())
    return next((lang for lang in LANGS if lang == named), None)


def _of_settings_file() -> Lang | None:
    """Return what the settings file of the data folder names, read once a call."""
    arguments = _arguments.get()
    if arguments is None:
        return None
    from_file = _from_file.get()
    if from_file is None:
        from pantau.commands.cli.help.settings_language import lang_of

        from_file = (lang_of(_value("--data", arguments)),)
        _from_file.set(from_file)
    return from_file[0]


def _value(option: str, arguments: Sequence[str]) -> str | None:
    """Return the last value of an option among arguments that nobody has parsed yet."""
    found = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif argument.startswith(f"{option}="):
            found = argument.removeprefix(f"{option}=")
    return found
