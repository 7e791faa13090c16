"""Roles, scopes and actions of the audit log in words: codes of the catalogue."""

from collections.abc import Mapping
from typing import Final

from pantau.usecases.accounts.audit import AuditVia
from pantau_schemas.events.people.account import Role, Scope

ROLES: Final[Mapping[Role, str]] = {
    "admin": "accounts.role-admin",
    "editor": "accounts.role-editor",
    "reader": "accounts.role-reader",
}
SCOPES: Final[Mapping[Scope, str]] = {
    "read": "accounts.scope-read",
    "write": "accounts.scope-write",
    "admin": "accounts.scope-admin",
}
VIAS: Final[Mapping[AuditVia, str]] = {
    "session": "audit.via-session",
    "token": "audit.via-token",
    "sign-in": "audit.via-sign-in",
    "command line": "audit.via-command-line",
}
_ACTIONS: Final = (
    "audit.accounts.added",
    "audit.accounts.changed",
    "audit.accounts.linked",
    "audit.accounts.password-set",
    "audit.accounts.removed",
    "audit.accounts.sessions-ended",
    "audit.accounts.unlocked",
    "audit.password.changed",
    "audit.password.refused",
    "audit.sign-in.accepted",
    "audit.sign-in.refused",
    "audit.tokens.added",
    "audit.tokens.revoked",
    "audit.subscriptions.added",
    "audit.subscriptions.changed",
    "audit.subscriptions.given",
    "audit.subscriptions.removed",
    "audit.subscription-state.added",
    "audit.subscription-state.changed",
    "audit.subscription-state.removed",
    "audit.report-schedules.added",
    "audit.report-schedules.changed",
    "audit.report-schedules.removed",
    "audit.channel-state.added",
    "audit.channel-state.changed",
    "audit.channel-state.removed",
    "audit.feeds.added",
    "audit.feeds.changed",
    "audit.feeds.removed",
    "audit.name-lists.added",
    "audit.name-lists.changed",
    "audit.name-lists.removed",
    "audit.dead-letters.added",
    "audit.dead-letters.changed",
    "audit.dead-letters.removed",
)
ACTIONS: Final[Mapping[str, str]] = {one.removeprefix("audit."): one for one in _ACTIONS}
"""Actions of the audit log; those of a newer version have no words here."""
