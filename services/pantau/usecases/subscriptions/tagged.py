"""Subscriptions by their tags: which have them, and changes of all of these at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pantau.common.text.safe_text import one_line
from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import Problem, problem
from pantau.settings import Settings
from pantau.usecases.channels.reading import new_secret
from pantau.usecases.subscriptions.editing import (
    Edited,
    SubscriptionChanges,
    carry_out,
    plan_edit,
)
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import Confirm, read_tags, require_all
from pantau_schemas.events.subscription import Subscription, WebhookChannel, describe_channel

_NAMED: Final = 5
"""Subscriptions that a question names."""
_NAME_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class Selection:
    """Which subscriptions a command is about: those of these references, or of these tags."""

    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def has_tag(one: Subscription, tags: Sequence[str]) -> bool:
    """Return whether a subscription has one of the tags, in whatever letters; True for no tags.

    `air+darurat` asks for both, unless a tag itself is written so.
    """
    wanted = {tag.casefold() for tag in read_tags(tags)}
    own = {tag.casefold() for tag in one.tags}
    return not wanted or any(tag in own or _has_all(own, tag) for tag in wanted)


def _has_all(own: set[str], joined: str) -> bool:
    parts = [part.strip() for part in joined.split("+")]
    return len(parts) > 1 and own.issuperset(parts)


def chosen_references(
    wanted: Selection, repository: SubscriptionRepository, done: str, confirm: Confirm
) -> tuple[str, ...]:
    """Return the references of a selection; those of tags as ids, after a question.

    `done` is the code of what will become of them. Raises UsageError for references and tags at
    once or for neither, for tags that no subscription has, and if `confirm` returns False.
    """
    if bool(wanted.references) == bool(wanted.tags):
        raise UsageError(problem("subscriptions.name-or-tag"))
    if wanted.references:
        return wanted.references
    stored = repository.all()
    found = [one for one in stored if has_tag(one, wanted.tags)]
    tags = ", ".join(read_tags(wanted.tags))
    if not found:
        known = sorted({tag for one in stored for tag in one.tags}, key=str.casefold)
        there = ", ".join(known) or Problem("subscriptions.no-tag-yet")
        raise UsageError(problem("subscriptions.no-tag", tags=tags, known=there))
    names = ", ".join(one_line(one.name, _NAME_LIMIT) for one in found[:_NAMED])
    names += ", …" * (len(found) > _NAMED)
    question = problem(
        "subscriptions.tagged", count=len(found), tags=tags, names=names, done=Problem(done)
    )
    require_all((question,), confirm)
    return tuple(one.subscription_id for one in found)


def edit_tagged(
    ids: Iterable[str],
    changes: SubscriptionChanges,
    repository: SubscriptionRepository,
    settings: Settings,
    log: Log,
    confirm: Confirm,
) -> tuple[Edited, ...]:
    """Change subscriptions, all or, where one cannot be changed, none.

    Webhooks that are new get one secret; of channels that go each subscription loses those that it
    has. Raises UsageError as `editing.edit` does, and for a name or a query, which belongs to one.
    """
    if changes.name is not None or changes.query is not None:
        raise UsageError(problem("subscriptions.one-alone"))
    if not changes:
        raise UsageError(problem("subscriptions.no-change"))
    made = None if changes.secret is not None else new_secret()
    shared = replace(changes, secret=changes.secret or made)
    befores = [repository.find(one) for one in ids]
    gone = _gone(befores, changes)
    stored = repository.all()
    # All are planned before the first is saved, so that an error leaves everything as it was.
    planned = [
        plan_edit(
            before,
            replace(shared, removed=tuple(gone & _channels(before))),
            repository,
            settings,
            confirm,
            stored=stored,
        )
        for before in befores
    ]
    done = carry_out(planned, repository, log)
    return tuple(replace(one, new_secret=made if _has(one, made) else None) for one in done)


def _gone(befores: Sequence[Subscription], changes: SubscriptionChanges) -> frozenset[str]:
    """Return the channels that go. Raises UsageError for one that no subscription has."""
    known = frozenset().union(*map(_channels, befores))
    for one in changes.removed:
        if one not in known:
            raise UsageError(problem("subscriptions.no-such-channel", channel=one))
    return frozenset(changes.removed)


def _channels(one: Subscription) -> frozenset[str]:
    """Return by what each channel of a subscription can be named."""
    return frozenset(
        name for each in one.channels for name in (each.target, describe_channel(each))
    )


def _has(edited: Edited, secret: str | None) -> bool:
    return any(
        isinstance(one, WebhookChannel) and one.secret.get_secret_value() == secret
        for one in edited.subscription.channels
    )
