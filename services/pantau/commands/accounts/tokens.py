"""`pantau accounts tokens`."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pantau.commands.accounts.opened import opened_accounts
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text

if TYPE_CHECKING:
    from pantau_schemas.events.people.account import Scope

SCOPES = ("read", "write", "admin")
EXAMPLES = """\b
Examples:
  pantau accounts tokens add sari --name dashboard --scope read --days 90
  pantau accounts tokens list
  pantau accounts tokens revoke pantau_Xk3v
"""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def tokens() -> None:
    """Keep API tokens, by which programs act for an account.

    A program sends one in the header Authorization: Bearer TOKEN.
    """


@tokens.command(
    "add",
    epilog="\b\nExample:\n"
    "  pantau accounts tokens add sari --name dashboard --scope read --days 90",
)
@click.argument("account")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--scope", type=click.Choice(SCOPES), default="read", show_default=True,
              help="What it may do: write includes read, admin includes both.")  # fmt: skip
@click.option("--days", type=click.IntRange(1, 3_650), default=90, show_default=True,
              help="Days until it expires.")  # fmt: skip
@click.option("--never-expires", is_flag=True, help="It is valid until it is revoked.")
@data_option
def add_token(
    account: str, name: str, scope: str, days: int, data: Path, *, never_expires: bool
) -> None:
    """Create a token for ACCOUNT; it is printed this once."""
    with opened_accounts(data, changes=True) as found:
        _, secret = found.add_token(
            account, name, [cast("Scope", scope)], None if never_expires else days
        )
    print_text("accounts.token-added", name=account)
    put(f"  {secret}")


@tokens.command(
    "list",
    epilog="\b\nExamples:\n  pantau accounts tokens list\n"
    "  pantau accounts tokens list --account sari --json",
)
@click.option("--account", metavar="NAME", help="Only of this account.")
@json_option
@data_option
def list_tokens(account: str | None, data: Path, *, as_json: bool) -> None:
    """List the tokens by their beginnings: whose they are, what for, and until when."""
    from pantau.commands.cli.texts.accounts import print_tokens

    with opened_accounts(data, reads=True) as found:
        directory = found.accounts.directory
        chosen = None if account is None else directory.find(account).account_id
        names = {one.account_id: one.name for one in directory.all()}
        known = found.accounts.tokens.of(chosen)
    print_tokens(known, names, as_json=as_json)


@tokens.command("revoke", epilog="\b\nExample:\n  pantau accounts tokens revoke pantau_Xk3v")
@click.argument("token")
@data_option
def revoke_token(token: str, data: Path) -> None:
    """Remove a token, named by its beginning as lists show it, or by its id."""
    with opened_accounts(data, changes=True) as found:
        gone = found.revoke_token(token)
    print_text("accounts.token-gone", prefix=gone.prefix, name=gone.name)
