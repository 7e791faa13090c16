"""A subscription as the fields of a form, and what a form that was sent changes. Pure.

A field that holds what the stored subscription would put there changes nothing: so a date of the
past stays as it is, and an empty field means the default.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pantau.common.time.zones import known_zone, local_time
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.settings import Settings
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.reading import new_secret, read_channels
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.rules.columns import rules_columns
from pantau.usecases.rules.given import AS_RULES, GivenRules
from pantau.usecases.rules.timings import read_timing, write_timing
from pantau.usecases.search.checking import LANGUAGES
from pantau.usecases.subscriptions.editing import SubscriptionChanges
from pantau.usecases.subscriptions.subscribing import read_tags
from pantau_schemas.events.subscription import (
    PayloadVersion,
    QueryLanguage,
    Subscription,
    WebhookChannel,
    WebhookFormat,
    describe_channel,
)

OWN: Final = "own."
"""Beginning of the name of the field with the delivery of one channel; its id follows."""
DROP: Final = "drop."
"""Beginning of the name of the box that takes a channel off."""
LABELS: Final[Mapping[str, str]] = {
    "q": "pages.query",
    "l": "pages.language",
    "name": "desk.name",
    "tags": "edit.tags",
    "historical": "desk.historical",
    "timing": "desk.timing",
    "when": "desk.trigger",
    "articles": "edit.articles",
    "sources": "edit.least-sources",
    "quiet": "desk.quiet",
    "expires": "edit.expires",
    "written": "edit.written",
    "zone": "edit.zone",
}
"""The fields of a form, and what people call them."""
FORMATS: Final[tuple[WebhookFormat, ...]] = ("pantau", "cloudevents", "slack", "teams")
VERSIONS: Final[Mapping[str, PayloadVersion]] = {"1": 1, "2": 2}
_DEFAULTS: Final = {
    "timing": "at once", "when": "every match", "quiet": "none", "expires": "never",
    "articles": "all", "written": "article", "sources": "1",
}  # fmt: skip
"""The meaning of empty fields where a subscription is changed."""
_LINE: Final = re.compile(r"(?P<channel>\w+[ \t]*:[ \t]*\S+|\w+)[ \t]+(?P<timing>\S.*)")


@dataclass(frozen=True, slots=True)
class ChannelField:
    """A channel of a stored subscription in its form: its id, its name for people, its delivery."""

    channel_id: str
    name: str
    timing: str
    is_webhook: bool


@dataclass(frozen=True, slots=True)
class GivenChannels:
    """Channels as a form has them: `targets`, and those with a delivery of their own."""

    targets: tuple[str, ...] = ()
    timings: tuple[str, ...] = ()


def form_values(one: Subscription) -> dict[str, str]:
    """Return the fields of a stored subscription, without those of its channels."""
    columns = rules_columns(one)
    expires = one.rules.expires
    return {
        "q": one.query,
        "l": one.language,
        "name": one.name,
        "tags": ", ".join(one.tags),
        "historical": "1" if one.include_historical else "",
        "timing": columns["timing"] or "",
        "when": columns["when"] or "",
        "articles": columns["articles"] or "",
        "sources": str(columns["min_sources"] or ""),
        "quiet": columns["quiet"] or "",
        "expires": ""
        if expires is None
        else local_time(expires, known_zone(one.time_zone)).isoformat(" ", "minutes")[:16],
        "written": columns["message_language"] or "",
        "zone": one.time_zone,
    }


def channel_fields(one: Subscription) -> list[ChannelField]:
    """Return the fields of the channels that are stored, without addresses that are keys."""
    return [
        ChannelField(
            id_of(each),
            shown_channel(describe_channel(each)),
            "" if each.timing is None else write_timing(each.timing),
            isinstance(each, WebhookChannel),
        )
        for each in one.channels
    ]


def sent_values(form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form that was sent, with line breaks as stored texts have them."""
    found = {name: value.replace("\r\n", "\n") for name, value in form.items()}
    return {**found, "historical": form.get("historical", "")}  # a box that is not ticked


def differing(before: Subscription, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the label of each field that differs from what is stored, and what is stored."""
    for name, stored in form_values(before).items():
        if given.get(name, stored).strip() != stored.strip():
            yield LABELS[name], stored


def changes_of(
    before: Subscription, given: Mapping[str, str], settings: Settings
) -> SubscriptionChanges:
    """Return what a form that was sent changes of a subscription.

    Raises UsageError for a channel, a delivery or a number that cannot be read.
    """
    stored = form_values(before)

    def changed(name: str) -> str | None:
        # What the form did not send is as it was.
        text = given.get(name, stored[name]).strip()
        return None if text == stored[name].strip() else text

    added = channels_given(given.get("to", ""), settings)
    historical, tags, language = changed("historical"), changed("tags"), changed("l")
    return SubscriptionChanges(
        query=changed("q"),
        language=None if language is None else query_language(language),
        time_zone=changed("zone"),
        name=changed("name"),
        include_historical=None if historical is None else historical == "1",
        added=added.targets,
        removed=tuple(
            describe_channel(one) for one in before.channels if given.get(DROP + id_of(one)) == "1"
        ),
        tags=None if tags is None else read_tags((tags,)),
        payload=VERSIONS.get(given.get("payload", "")),
        format=next((one for one in FORMATS if one == given.get("format")), None),
        rules=_rules(changed, (*_own_timings(before, given), *added.timings)),
    )


def rules_given(values: Mapping[str, str], timings: tuple[str, ...] = ()) -> GivenRules:
    """Return the rules that the form of something new has; an empty field leaves the default.

    Raises UsageError for a number that cannot be read.
    """
    return _rules(lambda name: values.get(name, "").strip() or None, timings)


def channels_given(text: str, settings: Settings) -> GivenChannels:
    """Return channels, one a line, with their own delivery behind some of them.

    Raises UsageError for a channel or a delivery that cannot be read, and for a file.
    """
    targets, timings = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        target = line if found is None else found["channel"]
        refuse_file(target)
        targets.append(target)
        if found is not None:
            (read,) = read_channels((target,), new_secret(), settings)
            timings.append(_timing_of(describe_channel(read), found["timing"]))
    return GivenChannels(tuple(targets), tuple(timings))


def refuse_file(target: str) -> None:
    """Raise UsageError for a channel that writes to a file: a page must not name files."""
    if target.casefold().startswith("file"):
        raise UsageError(problem("console.no-file-channel", channel=target[:200]))


def query_language(text: str) -> QueryLanguage:
    """Return a query language; Lucene for any other text."""
    return next((one for one in LANGUAGES if one == text), "lucene")


def _rules(changed: Callable[[str], str | None], timings: tuple[str, ...]) -> GivenRules:
    """Return rules of texts: None leaves a rule as it is, an empty one is the default."""
    given = {}
    for name, default in _DEFAULTS.items():
        text = changed(name)
        given[name] = None if text is None else text or default
    return GivenRules(
        timing=given["timing"],
        when=given["when"],
        quiet=given["quiet"],
        expires=given["expires"],
        articles=given["articles"],
        language=given["written"],
        sources=_number(given["sources"]),
        channel_timings=timings,
    )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= 1000):
        raise UsageError(
            problem("timing.bad-word", field="sources", text=text[:40], names="1, 2, 3, ... 1000")
        )
    return int(text)


def _own_timings(before: Subscription, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the deliveries of channels that are changed. Raises UsageError."""
    for one, stored in zip(before.channels, channel_fields(before), strict=True):
        text = given.get(OWN + stored.channel_id, stored.timing).strip()
        if text != stored.timing and given.get(DROP + stored.channel_id) != "1":
            yield _timing_of(describe_channel(one), text)


def _timing_of(channel: str, text: str) -> str:
    """Return a channel with its own delivery, as the rules are given. Raises UsageError."""
    if not text or text.lower() in AS_RULES:
        return f"{channel}=rules"
    read_timing(text, "timing")  # also refuses what would be read as a part of the channel
    return f"{channel}={text}"
