"""`pantau completion`: names and options that a shell completes."""

from pathlib import Path

import click

from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.printing import put_data
from pantau.commands.cli.say import print_text

SHELLS = ("bash", "zsh", "fish")
EXAMPLES = """\b
Examples:
  pantau completion install
  pantau completion show zsh > ~/.zfunc/_pantau
"""


def script_of(shell: str) -> str:
    """Return the script of a shell: click's, which calls `pantau` for what to offer."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 (each of SHELLS has one)
    root = click.get_current_context().find_root().command
    return found(root, {}, "pantau", "_PANTAU_COMPLETE").source() + "\n"


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def completion() -> None:
    """Complete commands, options, and names of what is stored, in bash, zsh and fish.

    The Tab key then offers subscriptions and feeds by id and by name, and channels.
    """


@completion.command("show", epilog="\b\nExample:\n  pantau completion show bash")
@click.argument("shell", type=click.Choice(SHELLS))
def show(shell: str) -> None:
    """Print the script of a shell."""
    put_data(script_of(shell))


@completion.command("install", epilog="\b\nExample:\n  pantau completion install fish")
@click.argument("shell", type=click.Choice(SHELLS), required=False)
def install(shell: str | None) -> None:
    """Write the script where SHELL looks for it, by default the shell of this user.

    Nothing else is changed; zsh needs two lines in ~/.zshrc, which are shown.
    """
    import os

    from pantau.usecases.completion import install as write
    from pantau.usecases.completion import shell_of

    chosen = shell or shell_of(os.environ)
    done = write(chosen, script_of(chosen), Path.home(), os.environ)
    print_text("completion.installed", shell=done.shell, file=str(done.file))
    if done.shell == "zsh":
        print_text("completion.zsh", folder=str(done.file.parent))
    else:
        print_text("completion.new-shell")
