"""`pantau accounts`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from pantau.commands.accounts.opened import opened_accounts, read_password
from pantau.commands.accounts.tokens import tokens
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_aside, print_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pantau_schemas.events.people.account import Role

ROLES = ("admin", "editor", "reader")
EXAMPLES = """\b
Examples:
  pantau accounts add sari --role admin
  pantau accounts add budi --role editor --team bencana
  pantau accounts unlock budi
  pantau accounts give banjir --to team:bencana
  pantau accounts tokens add sari --name dashboard --scope read --days 90
  pantau accounts audit --limit 50
"""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def accounts() -> None:
    """Keep the accounts of people who sign in to the console, and their API tokens.

    They count where the setting console.accounts is true. An admin also sees what the command line
    made, an editor changes feeds and their own subscriptions, a reader changes nothing. Everybody
    sees what they own, and what their teams own.
    """


def password_file_option(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add `--password-file FILE` to a command."""
    return click.option(
        "--password-file",
        "file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Read the password from the first line of a file.  [default: ask for it]",
    )(command)


def generate_option(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add `--generate` to a command."""
    return click.option(
        "--generate",
        is_flag=True,
        help="Make a first password and print it once, in place of asking for one.",
    )(command)


@accounts.command(
    "add",
    epilog="\b\nExamples:\n  pantau accounts add sari --role admin\n"
    "  pantau accounts add budi --role editor --team bencana --generate\n"
    "  pantau accounts add dewi --password-file sandi.txt",
)
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="editor", show_default=True,
              help="What the account may do.")  # fmt: skip
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="A team; repeatable.")
@password_file_option
@generate_option
@data_option
def add_account(
    name: str, role: str, teams: tuple[str, ...], file: Path | None, data: Path, *, generate: bool
) -> None:
    """Add an account by which a person signs in as NAME."""
    _refuse_both(file, generate=generate)
    given = None if generate else read_password(name, file)
    secret = None
    with opened_accounts(data) as found:
        if given is None:
            made, secret = found.invite(name, cast("Role", role), teams)
        else:
            made = found.add(name, cast("Role", role), teams, given)
    print_text("accounts.added", name=made.name, role=made.role)
    _put_secret(name, secret)
    _note_setting(data)


@accounts.command(
    "list", epilog="\b\nExamples:\n  pantau accounts list\n  pantau accounts list --json"
)
@json_option
@data_option
def list_accounts(data: Path, *, as_json: bool) -> None:
    """List the accounts: roles, teams, the last sign-in, and who is kept out."""
    from pantau.commands.cli.texts.accounts import print_accounts
    from pantau.usecases.accounts.people.listing import people_of

    with opened_accounts(data, reads=True) as found:
        known = people_of(found.accounts)
    print_accounts(known, as_json=as_json)


@accounts.command(
    "edit",
    epilog="\b\nExamples:\n  pantau accounts edit budi --role reader\n"
    "  pantau accounts edit budi --team bencana --team ekonomi\n"
    "  pantau accounts edit budi --disable",
)
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="What the account may do.")
@click.option("--team", "teams", multiple=True, metavar="TEAM",
              help="A team, in place of all teams; repeatable.")  # fmt: skip
@click.option("--no-teams", is_flag=True, help="Leave all teams.")
@click.option("--disable/--enable", "disabled", default=None,
              help="Whether the person and their tokens are kept out.")  # fmt: skip
@data_option
def edit_account(
    name: str,
    role: str | None,
    teams: tuple[str, ...],
    data: Path,
    *,
    no_teams: bool,
    disabled: bool | None,
) -> None:
    """Change the role or the teams of an account, or keep it out for a while."""
    wanted = () if no_teams else teams or None
    with opened_accounts(data, changes=True) as found:
        found.edit(name, role=cast("Role | None", role), teams=wanted, disabled=disabled)
    print_text("accounts.changed", name=name)


@accounts.command(
    "password",
    epilog="\b\nExamples:\n  pantau accounts password budi\n"
    "  pantau accounts password budi --generate",
)
@click.argument("name")
@password_file_option
@generate_option
@data_option
def set_password(name: str, file: Path | None, data: Path, *, generate: bool) -> None:
    """Set a new password of an account; all its sessions end."""
    _refuse_both(file, generate=generate)
    secret = None
    with opened_accounts(data, changes=True) as found:
        found.accounts.directory.find(name)  # before anything is asked
        if generate:
            _, secret = found.reset_password(name)
        else:
            found.set_password(name, read_password(name, file))
    print_text("accounts.password-set", name=name)
    _put_secret(name, secret)


@accounts.command("unlock", epilog="\b\nExample:\n  pantau accounts unlock budi")
@click.argument("name")
@data_option
def unlock_account(name: str, data: Path) -> None:
    """Clear the wait of a person whose sign-ins failed too often."""
    with opened_accounts(data, changes=True) as found:
        found.unlock(name)
    print_text("people.unlocked", name=name)


@accounts.command("end-sessions", epilog="\b\nExample:\n  pantau accounts end-sessions budi")
@click.argument("name")
@data_option
def end_sessions(name: str, data: Path) -> None:
    """Close all sessions of a person; their password and tokens stay valid."""
    with opened_accounts(data, changes=True) as found:
        ended = found.end_sessions(name)
    print_text("people.sessions-ended", name=name, count=ended)


@accounts.command(
    "remove",
    epilog="\b\nExamples:\n  pantau accounts remove budi\n"
    "  pantau accounts remove budi --to team:bencana",
)
@click.argument("name")
@click.option("--to", "owner", metavar="OWNER",
              help="The account, or team:NAME, that gets its subscriptions.")  # fmt: skip
@data_option
def remove_account(name: str, owner: str | None, data: Path) -> None:
    """Remove an account; its sessions and tokens end."""
    with opened_accounts(data, changes=True) as found:
        given = found.remove(name, owner)
    print_text("accounts.removed", name=name)
    for one in given:
        print_text("accounts.given", subscription=one.name, owner=owner or "")


@accounts.command(
    "give",
    epilog="\b\nExamples:\n  pantau accounts give banjir --to sari\n"
    "  pantau accounts give banjir gempa --to team:bencana",
)
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@click.option("--to", "owner", metavar="OWNER", required=True,
              help="An account, or team:NAME.")  # fmt: skip
@data_option
def give_subscriptions(named: tuple[str, ...], owner: str, data: Path) -> None:
    """Change the owner of subscriptions, their alerts and channels, to an account or a team."""
    with opened_accounts(data, changes=True) as found:
        given = found.give(named, owner)
    for one in given:
        print_text("accounts.given", subscription=one.name, owner=owner)


@accounts.command(
    "audit",
    epilog="\b\nExamples:\n  pantau accounts audit\n  pantau accounts audit --by sari --json",
)
@click.option("--by", "actor", metavar="NAME", help="Only what this account did.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True,
              help="At most this many entries.")  # fmt: skip
@json_option
@data_option
def show_audit(actor: str | None, limit: int, data: Path, *, as_json: bool) -> None:
    """Show who signed in, who failed to, and what accounts changed, the newest first."""
    from pantau.commands.cli.texts.accounts import print_entries

    with opened_accounts(data, reads=True) as found:
        entries = found.accounts.audit.newest(limit, actor=actor)
    print_entries(entries, as_json=as_json)


accounts.add_command(tokens)


def _refuse_both(file: Path | None, *, generate: bool) -> None:
    """Raise UsageError for a password that is both in a file and to be made."""
    if file is not None and generate:
        from pantau.errors import UsageError
        from pantau.problems import problem

        raise UsageError(problem("people.two-passwords"))


def _put_secret(name: str, secret: str | None) -> None:
    """Print a password that was made; this is the only time that anybody sees it."""
    if secret is not None:
        print_text("people.first-password", name=name)
        put(f"  {secret}")


def _note_setting(data: Path) -> None:
    """Print it where accounts do not count yet."""
    from pantau.commands.cli.opened import read_settings
    from pantau.commands.cli.say import say

    if not read_settings(data, told=True).console.accounts:
        print_aside("cli.note", text=say("accounts.setting-off"))
