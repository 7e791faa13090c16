"""Wrong usage as click reports it, in the language of the answer.

English is click's own text. In other languages the text is built from what click's exceptions hold
as data, such as the option and its choices; what they hold as a finished sentence is recognised by
its template.
"""

from typing import Final

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import say

_NO_CHOICE: Final = " is not one of "
_EXTRA: Final = "Got unexpected extra argument"
"""Parts of click's English sentences, whose values it holds nowhere else."""
_ALIKE: Final = 0.6
"""How alike a value must be to a choice: of a few short words even a far one is clear."""


def show(error: click.ClickException) -> None:
    """Print an error of click on standard error, below how the command is used."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # its text is the help
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        put(context.get_usage(), err=True)
        option = context.help_option_names[0]
        told = say("cli.try-help", command=context.command_path, option=option)
        put(f"{told}\n", err=True)
    text = error.format_message() if current() == "en" else _text(error)
    near = _near_choice(error)
    if near is not None:
        text = say("cli.did-you-mean", text=text, near=near)
    if context is not None and _is_query_without_option(error, context):
        text = say("cli.query-by-option", text=text, command=context.command_path)
    put(say("cli.error", text=text), err=True)


def _near_choice(error: click.ClickException) -> str | None:
    """Return the choice of an option that a mistyped value most likely means."""
    kind = error.param.type if isinstance(error, click.BadParameter) and error.param else None
    if not isinstance(kind, click.Choice) or isinstance(error, click.MissingParameter):
        return None
    from pantau.common.text.nearest import nearest

    given = error.message.partition(_NO_CHOICE)[0].strip("'\"")
    return nearest(given, map(str, kind.choices), _ALIKE)


def _is_query_without_option(error: click.ClickException, context: click.Context) -> bool:
    """Return whether there is an argument too many for a command that has the option --query."""
    options = (name for one in context.command.params for name in one.opts)
    return error.message.startswith(_EXTRA) and "--query" in options


def _text(error: click.ClickException) -> str:
    match error:
        case click.MissingParameter():
            return _missing(error)
        case click.BadParameter():
            return say("cli.invalid", name=_name(error), text=_expected(error))
        case click.NoSuchOption():
            text = say("cli.no-option", name=error.option_name)
            near = ", ".join(sorted(error.possibilities or ()))
            return say("cli.did-you-mean", text=text, near=near) if near else text
        case click.FileError():
            return _of_click(error.format_message())
        case _:
            return _of_click(error.message)


def _of_click(text: str) -> str:
    from pantau.messages.finished.recognition import indonesian
    from pantau.messages.help.sentences import sentence

    return sentence(text) or indonesian(text)


def _name(error: click.BadParameter) -> str:
    if error.param_hint is not None:
        return error.param_hint if isinstance(error.param_hint, str) else error.param_hint[0]
    if error.param is None or error.ctx is None:
        return "?"
    from pantau.messages.help.texts import placeholders

    # click puts quotation marks around each name; ours stand in the catalogue.
    return placeholders(error.param.get_error_hint(error.ctx).strip("'"))


def _missing(error: click.MissingParameter) -> str:
    name = _name(error)
    kind = error.param.type if error.param is not None else None
    is_option = error.param is not None and error.param.param_type_name == "option"
    text = say("cli.missing-option" if is_option else "cli.missing-argument", name=name)
    if isinstance(kind, click.Choice):
        return f"{text} {say('cli.choices', choices=', '.join(map(str, kind.choices)))}"
    return text


def _expected(error: click.BadParameter) -> str:
    """Return what an option takes, where its type says so; else the finished text."""
    kind = error.param.type if error.param is not None else None
    match kind:
        case click.Choice():
            return say("cli.choices", choices=", ".join(map(str, kind.choices)))
        case click.IntRange(min=least, max=most) if least is not None and most is not None:
            return say("cli.number-between", least=f"{least:.0f}", most=f"{most:.0f}")
        case click.IntRange(min=least) | click.FloatRange(min=least) if least is not None:
            return say("cli.number-from", least=f"{least:.0f}")
        case _:
            return _of_click(error.message)
