"""Changes of accounts by operators and administrators; all of them are audited."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.usecases.accounts.audit import entry, entry_by
from pantau.usecases.accounts.passwords import new_password
from pantau.usecases.accounts.person import TEAM, ForbiddenError, Person
from pantau.usecases.accounts.signing_in import Accounts
from pantau.usecases.reports.schedules import ReportSchedules
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.people.account import Account, ApiToken, Role, Scope
from pantau_schemas.events.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Administration:
    """Changes of accounts by whoever may make them.

    `actor` is the user of the machine; `person` is there where an administrator asks through a
    face, who is then the one that is audited. `is_program`: a program asks, with a token or as a
    tool of a language model. `schedules` follow their owner where operators give or remove.
    """

    accounts: Accounts
    subscriptions: SubscriptionRepository
    actor: str
    person: Person | None = None
    is_program: bool = False
    schedules: ReportSchedules | None = None

    def add(self, name: str, role: Role, teams: Iterable[str], password: str) -> Account:
        """Add an account. Raises UsageError."""
        self._require_reach(role)
        made = self.accounts.directory.add(name, role, teams, password)
        self._note("accounts.added", f"{made.name} ({made.role})")
        return made

    def invite(self, name: str, role: Role, teams: Iterable[str]) -> tuple[Account, str]:
        """Add an account with a password that is made for it; return both.

        The person is asked to choose their own when they sign in. Raises UsageError.
        """
        password = new_password(name)
        made = self.add(name, role, teams, password)
        self.accounts.states.issued(made)
        return made, password

    def edit(
        self,
        name: str,
        *,
        role: Role | None = None,
        teams: Iterable[str] | None = None,
        disabled: bool | None = None,
    ) -> Account:
        """Change an account; None leaves a field as it is. Raises UsageError."""
        account = self.accounts.directory.find(name)
        self._require_reach(account.role, role)
        made = self.accounts.directory.change(account, role=role, teams=teams, disabled=disabled)
        state = " disabled" if made.disabled else ""
        teams_named = ", ".join(made.teams)
        self._note("accounts.changed", f"{made.name} ({made.role}) {teams_named}{state}")
        return made

    def set_password(self, name: str, password: str) -> Account:
        """Replace the password of an account; its sessions end. Raises UsageError."""
        account = self.accounts.directory.find(name)
        self._require_reach(account.role)
        made = self.accounts.directory.set_password(account, password)
        self.accounts.states.unlocked(made)
        self._note("accounts.password-set", name)
        return made

    def reset_password(self, name: str) -> tuple[Account, str]:
        """Replace the password of an account by one that is made for it; return both.

        Its sessions end, and the person is asked to choose their own. Raises UsageError.
        """
        password = new_password(name)
        made = self.set_password(name, password)
        self.accounts.states.issued(made)
        return made, password

    def end_sessions(self, name: str) -> int:
        """Close all sessions of an account; return how many there were. Raises UsageError."""
        account = self.accounts.directory.find(name)
        self._require_reach(account.role)
        ended = self.accounts.sessions.end_all(account.account_id)
        self._note("accounts.sessions-ended", f"{name} ({ended})")
        return ended

    def unlock(self, name: str) -> Account:
        """Clear the wait of an account whose sign-ins failed too often. Raises UsageError."""
        account = self.accounts.directory.find(name)
        self._require_reach(account.role)
        self.accounts.states.unlocked(account)
        self._note("accounts.unlocked", name)
        return account

    def remove(self, name: str, new_owner: str | None) -> tuple[Subscription, ...]:
        """Remove an account and its tokens; return the subscriptions that have a new owner.

        Its report schedules have the same one; without a new owner they end. Raises UsageError
        where it owns subscriptions and no new owner is named.
        """
        account = self.accounts.directory.find(name)
        owned = self.owned_by(account.account_id)
        if owned and new_owner is None:
            raise UsageError(problem("accounts.owns", name=name, count=len(owned)))
        heir = None if new_owner is None else self.owner_named(new_owner)
        if heir == account.account_id:
            raise UsageError(problem("accounts.unknown-owner", owner=name))
        self.accounts.directory.require_removable(account)
        # The account goes last: after a failure in between, the command can simply be given again.
        if heir is not None:
            self._hand_over(owned, heir, new_owner or "")
        if self.schedules is not None:
            self.schedules.hand_over(account.account_id, heir)
        for one in self.accounts.tokens.of(account.account_id):
            self.accounts.tokens.revoke(one.token_id)
        self.accounts.directory.remove(account)
        self.accounts.states.remove(account)
        self._note("accounts.removed", name)
        return tuple(owned)

    def give(self, references: Iterable[str], owner: str) -> tuple[Subscription, ...]:
        """Change the owner of subscriptions to an account or a team. Raises UsageError."""
        named = self.owner_named(owner)
        found = [self.subscriptions.find(one) for one in references]
        self._hand_over(found, named, owner)
        return tuple(found)

    def add_token(
        self, name: str, label: str, scopes: Collection[Scope], days: int | None
    ) -> tuple[ApiToken, str]:
        """Create a token for an account; return it and its secret. Raises UsageError."""
        account = self.accounts.directory.find(name)
        token, secret = self.accounts.tokens.add(account, label, scopes, days)
        self._note("tokens.added", f"{token.prefix} {name} {' '.join(token.scopes)}")
        return token, secret

    def revoke_token(self, reference: str) -> ApiToken:
        """Remove a token by its prefix or id. Raises UsageError."""
        gone = self.accounts.tokens.revoke(reference)
        self._note("tokens.revoked", gone.prefix)
        return gone

    def owned_by(self, owner: str) -> list[Subscription]:
        """Return the subscriptions of an owner."""
        return [one for one in self.subscriptions.all() if one.owner == owner]

    def owner_named(self, text: str) -> str:
        """Return the owner that a person names: an account, or `team:NAME`. Raises UsageError."""
        known = self.accounts.directory.all()
        if text.startswith(TEAM) and any(text.removeprefix(TEAM) in one.teams for one in known):
            return text
        found = next((one.account_id for one in known if one.name == text), None)
        if found is None:
            raise UsageError(problem("accounts.unknown-owner", owner=text[:100]))
        return found

    def _hand_over(self, given: Sequence[Subscription], owner: str, named: str) -> None:
        self.subscriptions.save(*(one.model_copy(update={"owner": owner}) for one in given))
        for one in given:
            if self.schedules is not None:
                self.schedules.hand_over(one.owner, owner, one.subscription_id)
            self._note("subscriptions.given", f"{one.name} -> {named}")

    def _note(self, action: str, subject: str) -> None:
        now = self.accounts.clock.now()
        if self.person is not None:
            made = entry_by(self.person, now, action, subject)
        else:
            made = entry(now, actor=self.actor, via="command line", action=action, subject=subject)
        self.accounts.audit.write(made)

    def _require_reach(self, *roles: Role | None) -> None:
        """Raise ForbiddenError for a program that would change or make an administrator.

        Else a token could outlast its revocation, or become an account with more rights: it could
        unlock an administrator after every few guesses of the password, or sign out whoever is
        about to revoke it.
        """
        if self.is_program and "admin" in roles:
            raise ForbiddenError(Problem("people.by-token"))
