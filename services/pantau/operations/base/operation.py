"""The definition of an operation: its models, its effect, and the function that runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from pantau.messages.languages import Lang
from pantau.operations.base.parts import Parts
from pantau.usecases.accounts.audit import entry_by
from pantau.usecases.accounts.person import require
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.people.account import Scope

Effect = Literal["reads", "changes", "removes", "sends"]
"""The consequence of an operation: none, a change that can be undone, a removal, a message."""


class Input(BaseModel):
    """The input of an operation; unknown members are refused, so that no typing error is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """The output of an operation."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an operation: the parts of the program, and the language of sentences."""

    parts: Parts
    lang: Lang

    @property
    def feeds(self) -> FeedList:
        """The feeds."""
        return FeedList(self.parts.store.log, self.parts.clock)

    @property
    def subscriptions(self) -> SubscriptionRepository:
        """The subscriptions."""
        return SubscriptionRepository(self.parts.store.log, self.parts.clock)


@dataclass(frozen=True, slots=True)
class FaceOperation:
    """An operation by its name, such as `search_articles`.

    `run` raises PantauError, and ForbiddenError where the person of the call has not the `right`.
    Repeatable operations have the same effect when they are repeated.
    """

    name: str
    takes: type[Input]
    returns: type[BaseModel]
    run: Callable[[Call, Any], BaseModel]
    effect: Effect
    is_repeatable: bool
    right: Scope

    @property
    def summary(self) -> str:
        """The first sentence of its description."""
        return self.description.partition("\n")[0]

    @property
    def description(self) -> str:
        """Its description for people and for language models."""
        lines = (self.run.__doc__ or "").strip().splitlines()
        return "\n".join(line.strip() for line in lines)


In = TypeVar("In", bound=Input)
Out = TypeVar("Out", bound=BaseModel)


def define(
    run: Callable[[Call, In], Out],
    takes: type[In],
    returns: type[Out],
    *,
    effect: Effect = "reads",
    repeatable: bool | None = None,
    right: Scope | None = None,
) -> FaceOperation:
    """Return the operation of a function, which is called as the function is.

    Readings and removals are repeatable unless `repeatable` says otherwise. Where there are
    accounts, readings need the right to read, and others the one to write, or `right`.
    """
    again = effect in {"reads", "removes"} if repeatable is None else repeatable
    needs = right or ("read" if effect == "reads" else "write")

    @wraps(run)
    def guarded(call: Call, given: In) -> Out:
        # Here and not in a face, so that no face can forget it.
        parts = call.parts
        require(parts.person, needs)
        made = run(call, given)
        if effect == "sends" and parts.person is not None and parts.accounts is not None:
            # What is written the store itself audits.
            subject = str(getattr(given, "id", ""))
            parts.accounts.audit.write(
                entry_by(parts.person, parts.clock.now(), run.__name__, subject)
            )
        return made

    return FaceOperation(run.__name__, takes, returns, guarded, effect, again, needs)
