"""In which language a command answers: `--lang`, the setting `lang`, else that of the locale."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from pantau.messages.languages import Lang, from_environment, from_locale

if TYPE_CHECKING:
    import click

_chosen: Final[ContextVar[Lang | None]] = ContextVar("chosen", default=None)
"""The language that `--lang` names."""
_configured: Final[ContextVar[Lang | None]] = ContextVar("configured", default=None)
"""The language that the settings of the data folder name, once they are read."""


def current() -> Lang:
    """Return the language to answer in.

    `--lang` wins over PANTAU_LANG, that over `lang` in the settings file, that over the locale.
    """
    return (
        _chosen.get()
        or from_environment(os.environ)
        or _configured.get()
        or from_locale(os.environ)
    )


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
def one_call() -> Iterator[None]:
    """Reset the language at the end of a call of the command line."""
    chosen, configured = _chosen.set(None), _configured.set(None)
    try:
        yield
    finally:
        _chosen.reset(chosen)
        _configured.reset(configured)
