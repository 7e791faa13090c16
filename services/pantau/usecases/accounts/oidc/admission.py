"""Which account a person has whom the provider knows: found, linked or created."""

from dataclasses import dataclass
from typing import Final

from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.settings import OidcSettings
from pantau.usecases.accounts.audit import entry
from pantau.usecases.accounts.oidc.claims import Claimed, numbered
from pantau.usecases.accounts.signing_in import Accounts
from pantau_schemas.events.people.account import Account, Role

_TRIES: Final = 100
"""Numbers that are tried behind a name that is taken."""


class NotAdmittedError(UsageError):
    """A person whom the provider knows, and who may not sign in here all the same."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits people by the settings; all that it changes is audited."""

    accounts: Accounts
    settings: OidcSettings

    def account_of(self, claimed: Claimed, address: str) -> Account:
        """Return the account of a person, with the role that they have now.

        Raises NotAdmittedError for a person without a role, without an account where none is
        created, or whose account is disabled.
        """
        if claimed.role is None:
            raise NotAdmittedError(problem("oidc.no-role", setting="oidc.role_claim"))
        found = self.accounts.directory.by_identity(claimed.identity)
        if found is None:
            found = self._new(claimed, claimed.role, address)
        if found.disabled:
            raise NotAdmittedError(Problem("oidc.disabled"))
        if claimed.says_role and found.role != claimed.role:
            found = self._with_role(found, claimed.role, address)
        return found

    def _new(self, claimed: Claimed, role: Role, address: str) -> Account:
        same = self.accounts.directory.by_name(claimed.name)
        if same is not None and self.settings.match_accounts and claimed.is_exact:
            if same.identity is not None:
                raise NotAdmittedError(problem("oidc.linked", name=same.name))
            if same.disabled:
                raise NotAdmittedError(Problem("oidc.disabled"))
            linked = self.accounts.directory.link(same, claimed.identity)
            self._note("accounts.linked", linked.name, linked, address)
            return linked
        if not self.settings.create_accounts:
            raise NotAdmittedError(problem("oidc.no-account", name=claimed.name))
        made = self._created(claimed, role)
        self._note("accounts.added", f"{made.name} ({made.role})", made, address)
        return made

    def _created(self, claimed: Claimed, role: Role) -> Account:
        """Return a new account, with a number behind a name that is taken."""
        names = {one.name for one in self.accounts.directory.all()}
        tried = (claimed.name, *(numbered(claimed.name, place) for place in range(2, _TRIES)))
        free = next((one for one in tried if one not in names), None)
        if free is None:
            raise NotAdmittedError(problem("accounts.taken", name=claimed.name))
        return self.accounts.directory.add_known(free, role, claimed.identity)

    def _with_role(self, account: Account, role: Role, address: str) -> Account:
        """Return an account with another role; the last administrator stays one."""
        try:
            changed = self.accounts.directory.change(account, role=role)
        except UsageError as error:
            if error.problem is None or error.problem.code != "accounts.last-admin":
                raise
            return account
        self._note("accounts.changed", f"{changed.name} ({changed.role})", changed, address)
        return changed

    def _note(self, action: str, subject: str, account: Account, address: str) -> None:
        self.accounts.audit.write(
            entry(
                self.accounts.clock.now(),
                actor=account.name,
                via="sign-in",
                action=action,
                subject=f"{subject} <- {self.settings.host}",
                account_id=account.account_id,
                address=address,
            )
        )
