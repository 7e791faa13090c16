"""The operations on accounts, with their place in every face."""

from typing import Final

from pantau.operations.base.faces import LATER, Missing, row

OPERATOR: Final = Missing("its subscriptions need a new owner; `accounts remove` names one")
NO_TOKEN: Final = Missing("a token could widen its own rights, or outlast them")
OWN: Final = Missing("it concerns the session of a browser")
_PEOPLE: Final = "accounts.administration.Administration"
_LISTING: Final = "accounts.people.listing"
_ACCOUNTS: Final = "accounts.signing_in.Accounts"
ACCOUNT_ROWS: Final = (
    row(
        "add an account",
        f"{_PEOPLE}.invite",
        "accounts add",
        "add_account",
        "/admin/accounts",
    ),
    row(
        "accounts",
        f"{_LISTING}.people_of",
        "accounts list",
        "list_accounts",
        "/admin/accounts",
    ),
    row(
        "account",
        f"{_LISTING}.person_named",
        "accounts list",
        "read_account",
        "/admin/accounts/{name}",
    ),
    row(
        "change an account",
        f"{_PEOPLE}.edit",
        "accounts edit",
        "change_account",
        "/admin/accounts/{name}, /admin/accounts/{name}/disable, /admin/accounts/{name}/enable",
    ),
    row(
        "set a password",
        f"{_PEOPLE}.reset_password",
        "accounts password",
        "reset_password",
        "/admin/accounts/{name}/password",
    ),
    row(
        "end sessions",
        f"{_PEOPLE}.end_sessions",
        "accounts end-sessions",
        "end_sessions",
        "/admin/accounts/{name}/end-sessions",
    ),
    row(
        "unlock an account",
        f"{_PEOPLE}.unlock",
        "accounts unlock",
        "unlock_account",
        "/admin/accounts/{name}/unlock",
    ),
    row("remove an account", f"{_PEOPLE}.remove", "accounts remove", OPERATOR, OPERATOR),
    row("owner of a subscription", f"{_PEOPLE}.give", "accounts give", LATER, LATER),
    row("audit log", "accounts.audit.AuditLog.newest", "accounts audit", LATER, "/admin/audit"),
    row(
        "tokens",
        "accounts.tokens.TokenRepository.of",
        "accounts tokens list",
        NO_TOKEN,
        "/account",
    ),
    row(
        "make a token",
        "accounts.tokens.TokenRepository.add",
        "accounts tokens add",
        NO_TOKEN,
        "/account/tokens",
    ),
    row(
        "revoke a token",
        "accounts.tokens.TokenRepository.revoke",
        "accounts tokens revoke",
        NO_TOKEN,
        "/account/tokens/{id}/revoke",
    ),
    row(
        "sign in",
        f"{_ACCOUNTS}.sign_in",
        Missing("the command line belongs to whoever has the machine"),
        Missing("programs send a token"),
        "/sign-in, /sign-in/done",
    ),
    row("sign out", f"{_ACCOUNTS}.sign_out", OWN, OWN, "/sign-out"),
    row(
        "change one's password",
        f"{_ACCOUNTS}.change_password",
        Missing("operators set a password, by `accounts password`"),
        NO_TOKEN,
        "/account/password",
    ),
)
"""Rows of `faces.ROWS`."""
