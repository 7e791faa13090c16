"""`--lang` on commands that write sentences about queries; it means what `pantau --lang` does."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pantau.commands.cli.language import choose, choose_option, current
from pantau.messages.languages import LANGS, Lang

F = TypeVar("F", bound=Callable[..., Any])


def lang_option(command: F) -> F:
    """Add `--lang id|en` to a command, passed as `tongue`."""
    return click.option(
        "--lang",
        "tongue",
        type=click.Choice(LANGS),
        callback=_chosen,
        help="Language of the answer, as in `pantau --lang`.",
    )(command)


def answer_lang_option(command: F) -> F:
    """Add `--lang id|en` to a command that passes the language on by itself."""
    return click.option(
        "--lang",
        type=click.Choice(LANGS),
        is_eager=True,
        expose_value=False,
        callback=choose_option,
        help="Language of the answer, as in `pantau --lang`; --article-lang is that of articles.",
    )(command)


def _chosen(ctx: click.Context, param: click.Parameter, value: Lang | None) -> Lang:
    del ctx, param
    choose(value)
    return current()
