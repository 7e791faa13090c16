"""All subscriptions with a tag: changed, paused, resumed and muted at once, or none of them.

An empty field leaves a rule of each as it is. The form carries the versions that it was made of.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.pages.editing.acting import mute_for
from pantau.console.pages.subscriptions import muted
from pantau.console.show.doubts import confirming, fault_text
from pantau.console.show.subscription_form import (
    DROP,
    channel_fields,
    channels_given,
    rules_given,
    sent_values,
)
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.settings import Settings
from pantau.usecases.channels.health import id_of
from pantau.usecases.rules.muting import unmute
from pantau.usecases.subscriptions.backtest.past_counts import save_counts
from pantau.usecases.subscriptions.editing import SubscriptionChanges
from pantau.usecases.subscriptions.repository import (
    CurrentSubscription,
    set_paused,
    version_of,
)
from pantau.usecases.subscriptions.tagged import edit_tagged, has_tag
from pantau_schemas.events.subscription import describe_channel
from pantau_schemas.ids import digest_id

_DONE: Final = {
    "pause": "edit.paused-all",
    "resume": "edit.resumed-all",
    "mute": "edit.muted-all",
    "unmute": "edit.unmuted-all",
}
"""The actions of buttons, and what the next page says."""


def show(asked: Asked) -> Answer:
    """Return the form for the subscriptions with a tag. Raises UsageError where none has it."""
    tag = asked.values.get("tag", "").strip()
    return _form(asked, tag, _found(asked, tag), {})


def change(asked: Asked) -> Answer:
    """Change all of them, or none. A form of former versions is answered with 409."""
    given, parts = sent_values(asked.form), asked.parts
    tag, do = given.get("tag", "").strip(), given.get("do", "")
    doubts: list[Problem] = []
    with parts.changing:
        found = _found(asked, tag)
        if given.get("version") != _version(found):
            fault = asked.text("edit.tagged-meanwhile")
            return _form(asked, tag, found, given, fault=fault, status=409)
        ids = [one.subscription.subscription_id for one in found]
        try:
            if do in _DONE:
                _act(asked, do, ids, given.get("until", ""))
                return Moved("/subscriptions", _DONE[do], values={"tag": tag})
            changes = _changes(found, given, parts.settings)
            if not changes:
                return _form(asked, tag, found, given, fault=asked.text("edit.nothing-given"))
            confirm = confirming(doubts, is_sure=given.get("sure") == "1")
            repository, log = asked.repository, parts.store.log
            done = edit_tagged(ids, changes, repository, parts.settings, log, confirm)
        except UsageError as error:
            fault = fault_text(doubts, error, asked.lang)
            return _form(asked, tag, found, given, fault=fault, is_doubt=bool(doubts))
    for one in done:
        save_counts(one.subscription, parts.store, parts.clock)
    secret = next((one.new_secret for one in done if one.new_secret is not None), None)
    warnings = tuple(dict.fromkeys(each for one in done for each in one.warnings))
    moved = sum(one.moved for one in done)
    if secret is None and not warnings and not moved:
        return Moved("/subscriptions", "edit.saved-all", values={"tag": tag})
    values = {"made": done[0].subscription, "secret": secret, "warnings": warnings, "moved": moved}
    return PageAnswer("secret.html", {**values, "outcome": "edit.saved-all"})


def _act(asked: Asked, do: str, ids: Sequence[str], until: str) -> None:
    """Do to all what a button says. Raises UsageError."""
    repository = asked.repository
    if do in {"pause", "resume"}:
        set_paused(repository, ids, paused=do == "pause")
    elif do == "mute":
        mute_for(repository, ids, until)
    else:
        unmute(repository, ids)


def _found(asked: Asked, tag: str) -> Sequence[CurrentSubscription]:
    found = [one for one in asked.repository.listed() if has_tag(one.subscription, (tag,))]
    if not tag or not found:
        raise UsageError(problem("edit.no-such-tag", tag=tag[:80]))
    return found


def _version(found: Sequence[CurrentSubscription]) -> str:
    return digest_id("versions", *map(version_of, found))


def _changes(
    found: Sequence[CurrentSubscription], given: Mapping[str, str], settings: Settings
) -> SubscriptionChanges:
    """Return what a form changes of each. Raises UsageError for what cannot be read."""
    added = channels_given(given.get("to", ""), settings)
    known = {id_of(each): each for one in found for each in one.subscription.channels}
    historical = given.get("old", "")
    return SubscriptionChanges(
        include_historical=historical == "yes" if historical in {"yes", "no"} else None,
        added=added.targets,
        removed=tuple(
            describe_channel(each) for name, each in known.items() if given.get(DROP + name) == "1"
        ),
        added_tags=_words(given.get("add-tags", "")),
        removed_tags=_words(given.get("remove-tags", "")),
        rules=rules_given(given, added.timings),
    )


def _words(text: str) -> tuple[str, ...]:
    return (text,) if text.strip() else ()


def _form(
    asked: Asked,
    tag: str,
    found: Sequence[CurrentSubscription],
    given: Mapping[str, str],
    *,
    fault: str = "",
    is_doubt: bool = False,
    status: int = 400,
) -> Answer:
    fields = {each.channel_id: each for one in found for each in channel_fields(one.subscription)}
    values: dict[str, Any] = {
        "tag": tag,
        "found": found,
        "muted": muted(asked, found),
        "version": _version(found),
        "channels": [*fields.values()],
        "given": given,
        "fault": fault,
        "is_doubt": is_doubt,
    }
    return PageAnswer("subscriptions-tagged.html", values, status if fault else 200)
