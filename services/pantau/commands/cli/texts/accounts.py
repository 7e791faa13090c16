"""How accounts, tokens and entries of the audit log look: lines, or lines of JSON."""

from collections.abc import Mapping, Sequence

from pantau.commands.cli.say import print_text, say
from pantau.common.files.jsonlines import line_writer
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import zoned_text
from pantau.usecases.accounts.people.listing import PersonEntry
from pantau.usecases.accounts.words import ROLES
from pantau_schemas.base import format_time
from pantau_schemas.events.people.account import ApiToken, AuditEntry


def print_accounts(found: Sequence[PersonEntry], *, as_json: bool) -> None:
    """Print accounts, never their passwords."""
    if as_json:
        write = line_writer()
        for one in found:
            fields = one.account.model_dump(mode="json", exclude={"password", "schema_version"})
            write(
                {
                    **fields,
                    "last_sign_in": one.last_sign_in and format_time(one.last_sign_in),
                    "locked_until": one.locked_until and format_time(one.locked_until),
                    "sessions": one.sessions,
                    "has_first_password": one.has_first_password,
                }
            )
        return
    for one in found:
        account = one.account
        last, locked = one.last_sign_in, one.locked_until
        shown = (
            account.name,
            say(ROLES[account.role]),
            ", ".join(account.teams),
            say("accounts.disabled") if account.disabled else "",
            say("people.never-signed-in")
            if last is None
            else say("people.signed-in-at", time=zoned_text(last)),
            "" if locked is None else say("people.locked-until", time=zoned_text(locked)),
        )
        print_text("accounts.line", text="  ".join(part for part in shown if part))
    if not found:
        print_text("accounts.none")


def print_tokens(found: Sequence[ApiToken], names: Mapping[str, str], *, as_json: bool) -> None:
    """Print tokens by their beginnings; `names` are those of accounts, by id."""
    if as_json:
        write = line_writer()
        for one in found:
            fields = one.model_dump(mode="json", exclude={"schema_version"})
            write({**fields, "account": names.get(one.account_id)})
        return
    for one in found:
        expires = say("accounts.never") if one.expires is None else zoned_text(one.expires)
        shown = (
            f"{one.prefix}…",
            names.get(one.account_id, "?"),
            ", ".join(one.scopes),
            expires,
            one_line(one.name, 100),
        )
        print_text("accounts.line", text="  ".join(shown))
    if not found:
        print_text("accounts.no-tokens")


def print_entries(found: Sequence[AuditEntry], *, as_json: bool) -> None:
    """Print entries of the audit log."""
    if as_json:
        write = line_writer()
        for one in found:
            write(one.model_dump(mode="json", exclude={"schema_version"}, exclude_none=True))
        return
    for one in found:
        shown = (zoned_text(one.at), one.actor, one.action, one.subject, one.address)
        print_text("accounts.line", text="  ".join(part for part in shown if part))
    if not found:
        print_text("accounts.no-entries")
