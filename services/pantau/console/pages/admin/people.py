"""The people who sign in: listed, added, changed, locked out and let in, for administrators.

Every change goes through `Administration`, which audits it and keeps the last administrator.
"""

import re
from typing import Any, Final

from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, Moved, PageAnswer
from pantau.console.show.links import own_item
from pantau.errors import UsageError
from pantau.operations.accounts.people import administration
from pantau.operations.base.operation import Call
from pantau.problems import problem
from pantau.usecases.accounts.administration import Administration
from pantau.usecases.accounts.people.listing import PersonEntry, people_of, person_named
from pantau.usecases.accounts.person import ForbiddenError
from pantau.usecases.accounts.signing_in import Accounts
from pantau.usecases.accounts.words import ROLES
from pantau_schemas.base import format_time
from pantau_schemas.events.people.account import Role

PEOPLE: Final = "/admin/accounts"
COLUMNS: Final = (
    "name", "role", "teams", "disabled", "created", "last_sign_in", "locked_until", "sessions",
    "has_first_password",
)  # fmt: skip
_BETWEEN: Final = re.compile(r"[,;\s]+")


def show_all(asked: Asked) -> Answer:
    """Return all accounts, and the form of a new one."""
    return _listed(asked)


def add(asked: Asked) -> Answer:
    """Add a person; the answer shows their first password this once."""
    form = asked.form
    try:
        made, password = _changes(asked).invite(
            form.get("name", "").strip(), _role(form.get("role", "editor")), _teams(asked)
        )
    except ForbiddenError:
        raise
    except UsageError as error:
        return _listed(asked, error.text(asked.lang))
    return _first_password(made.name, password)


def show_one(asked: Asked) -> Answer:
    """Return the page of one person. Raises UsageError where there is none."""
    found = person_named(_accounts(asked), asked.named["name"])
    return PageAnswer("person.html", {"one": found, "roles": ROLES})


def change(asked: Asked) -> Answer:
    """Change the role and the teams of a person."""
    name = asked.named["name"]
    _changes(asked).edit(name, role=_role(asked.form.get("role", "")), teams=_teams(asked))
    return _back(name, "people.changed")


def disable(asked: Asked) -> Answer:
    """Keep a person and their tokens out."""
    _changes(asked).edit(asked.named["name"], disabled=True)
    return _back(asked.named["name"], "people.now-disabled")


def enable(asked: Asked) -> Answer:
    """Admit a person again who was kept out."""
    _changes(asked).edit(asked.named["name"], disabled=False)
    return _back(asked.named["name"], "people.now-enabled")


def end_sessions(asked: Asked) -> Answer:
    """Close all sessions of a person."""
    _changes(asked).end_sessions(asked.named["name"])
    return _back(asked.named["name"], "people.signed-out")


def unlock(asked: Asked) -> Answer:
    """Clear the wait of a person whose sign-ins failed too often."""
    _changes(asked).unlock(asked.named["name"])
    return _back(asked.named["name"], "people.now-unlocked")


def reset_password(asked: Asked) -> Answer:
    """Create a new password for a person; the answer shows it this once."""
    made, password = _changes(asked).reset_password(asked.named["name"])
    return _first_password(made.name, password)


def _accounts(asked: Asked) -> Accounts:
    if asked.parts.accounts is None:
        raise UsageError(problem("console.no-page"))
    return asked.parts.accounts


def _changes(asked: Asked) -> Administration:
    return administration(Call(asked.parts, asked.lang))


def _listed(asked: Asked, fault: str = "") -> Answer:
    found = people_of(_accounts(asked))
    values = {"found": found, "roles": ROLES, "fault": fault, "given": asked.form}
    shown = PageAnswer("people.html", values, 400 if fault else 200)
    return ListAnswer(shown, [*map(_fields, found)], COLUMNS)


def _first_password(name: str, password: str) -> Answer:
    # No address leads to it: the page is the answer to the form, and nobody may keep it.
    values = {"name": name, "password": password}
    return PageAnswer("first-password.html", values, is_secret=True)


def _back(name: str, done: str) -> Answer:
    return Moved(own_item(PEOPLE, name), done)


def _role(text: str) -> Role:
    found = next((one for one in ROLES if one == text), None)
    if found is None:
        raise UsageError(problem("people.no-role", role=text[:40]))
    return found


def _teams(asked: Asked) -> tuple[str, ...]:
    given = asked.form.get("teams", "")
    return tuple(one for one in _BETWEEN.split(given) if one)


def _fields(one: PersonEntry) -> dict[str, Any]:
    account = one.account
    return {
        "name": account.name,
        "role": account.role,
        "teams": list(account.teams),
        "disabled": account.disabled,
        "created": format_time(account.created),
        "last_sign_in": one.last_sign_in and format_time(one.last_sign_in),
        "locked_until": one.locked_until and format_time(one.locked_until),
        "sessions": one.sessions,
        "has_first_password": one.has_first_password,
    }
