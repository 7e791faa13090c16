"""One's own account: its tokens, its password; and for administrators the audit log."""

from typing import Any, Final

from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, Moved, PageAnswer, first_rows
from pantau.console.signing.forms import require_session
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.accounts.audit import entry_by
from pantau.usecases.accounts.person import Person, require
from pantau.usecases.accounts.signing_in import Accounts
from pantau.usecases.accounts.tokens import has_expired
from pantau.usecases.accounts.words import ACTIONS, ROLES, SCOPES, VIAS
from pantau_schemas.base import format_time
from pantau_schemas.events.people.account import AuditEntry, Scope

COLUMNS: Final = ("at", "actor", "via", "action", "subject", "address")


def show(asked: Asked) -> Answer:
    """Return the page of one's own account."""
    accounts, person = _own(asked)
    tokens = [(one, has_expired(one, asked.now)) for one in accounts.tokens.of(person.account_id)]
    values = {
        "person": person,
        "role": asked.text(ROLES[person.role]),
        "has_password": accounts.has_password(person),
        "is_to_choose": accounts.has_first_password(person),
        "tokens": tokens,
        "scopes": SCOPES,
        "offered": [(one, asked.text(SCOPES[one])) for one in SCOPES if person.may(one)],
    }
    return PageAnswer("account.html", values)


def add_token(asked: Asked) -> Answer:
    """Create a token; the answer shows it this once."""
    accounts, person = _own(asked)
    account = accounts.directory.get(person.account_id)
    if account is None:
        raise UsageError(problem("accounts.missing", name=person.name))
    scope: Scope = next((one for one in SCOPES if one == asked.form.get("scope")), "read")
    days = asked.form.get("days", "").strip()
    if days and not (days.isascii() and days.isdecimal() and len(days) < 6):
        raise UsageError(problem("console.no-number", name="days", most=3_650))
    token, secret = accounts.tokens.add(
        account, asked.form.get("name", ""), [scope], int(days) if days else None
    )
    accounts.audit.write(entry_by(person, asked.now, "tokens.added", f"{token.prefix} {scope}"))
    return PageAnswer("token.html", {"token": token, "secret": secret})


def revoke_token(asked: Asked) -> Answer:
    """Remove one of one's own tokens."""
    accounts, person = _own(asked)
    gone = accounts.tokens.revoke(asked.named["id"], person.account_id)
    accounts.audit.write(entry_by(person, asked.now, "tokens.revoked", gone.prefix))
    return Moved("/account", "accounts.token-revoked")


def audit(asked: Asked) -> Answer:
    """Return the newest entries of the audit log, for administrators."""
    accounts, _ = _admin(asked)
    actor = asked.values.get("name", "").strip()
    newest = accounts.audit.newest(asked.rows + 1, actor=actor or None)
    found, more = first_rows(newest, asked.rows)
    values = {"entries": found, "actor": actor, "actions": ACTIONS, "vias": VIAS}
    return ListAnswer(PageAnswer("audit.html", values), [*map(_fields, found)], COLUMNS, more)


def _accounts(asked: Asked) -> Accounts:
    if asked.parts.accounts is None:
        raise UsageError(problem("console.no-page"))
    return asked.parts.accounts


def _own(asked: Asked) -> tuple[Accounts, Person]:
    return _accounts(asked), require_session(asked.parts.person)


def _admin(asked: Asked) -> tuple[Accounts, Person | None]:
    accounts = _accounts(asked)
    require(asked.parts.person, "admin")
    return accounts, asked.parts.person


def _fields(one: AuditEntry) -> dict[str, Any]:
    return {name: getattr(one, name) for name in COLUMNS} | {"at": format_time(one.at)}
