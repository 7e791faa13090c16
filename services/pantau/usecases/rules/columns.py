"""The rules of a subscription as columns of a file, in the words of the command line. Pure."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.rules.given import GivenRules, apply_rules, read_later, with_timings
from pantau.usecases.rules.timings import write_timing
from pantau.usecases.rules.triggers import NONE, write_quiet, write_trigger
from pantau_schemas.base import format_time
from pantau_schemas.events.rules import NO_RULES, Mute, Rules
from pantau_schemas.events.subscription import Channel, Subscription, describe_channel

LISTS: Final = ("channel_timing",)
"""Columns whose cells hold several lines."""
COLUMNS: Final = (
    "timing", "when", "articles", "min_sources", "quiet", "mute", "expires", "message_language",
    *LISTS,
)  # fmt: skip
_ARTICLES: Final = ("all", "first", "growth")
_LANGUAGES: Final = ("en", "id")
_GROWTH: Final = "until-growth"
_OPEN: Final = "on"


def rules_columns(one: Subscription) -> dict[str, Any]:
    """Return the columns of a subscription's rules; those of rules that it does not have are left
    out.
    """
    rules, base = one.rules, NO_RULES
    columns: dict[str, Any] = {}
    if rules.timing != base.timing:
        columns["timing"] = write_timing(rules.timing)
    if rules.trigger != base.trigger:
        columns["when"] = write_trigger(rules.trigger)
    if rules.articles != base.articles:
        columns["articles"] = rules.articles
    if rules.sources != base.sources:
        columns["min_sources"] = rules.sources
    if rules.quiet is not None:
        columns["quiet"] = write_quiet(rules.quiet)
    if rules.mute is not None:
        columns["mute"] = _written_mute(rules.mute)
    if rules.expires is not None:
        columns["expires"] = format_time(rules.expires)
    if rules.language is not None:
        columns["message_language"] = rules.language
    own = [
        f"{describe_channel(channel)}={write_timing(channel.timing)}"
        for channel in one.channels
        if channel.timing is not None
    ]
    return columns | ({"channel_timing": own} if own else {})


def _written_mute(mute: Mute) -> str:
    if mute.until is not None:
        return format_time(mute.until)
    return _GROWTH if mute.until_growth else _OPEN


def rules_of_row(row: Mapping[str, Any], before: Rules, zone: tzinfo, now: datetime) -> Rules:
    """Return the rules of a row: a column that is there decides, an empty cell is the default.

    Without any of the columns the rules are those of `before`. Raises UsageError naming the column.
    """
    cells = {name: str(row.get(name) or "").strip() for name in COLUMNS if name in row}
    if not cells.keys() - set(LISTS):
        return before
    sources = cells.get("min_sources", "")
    if sources and not sources.isdecimal():
        raise _bad("min_sources", sources, "1, 2, 3, ...")
    expires = cells.get("expires", "")
    given = GivenRules(
        timing=cells.get("timing") or None,
        when=cells.get("when") or None,
        articles=_one_of(cells, "articles", _ARTICLES),
        sources=int(sources) if sources else None,
        quiet=cells.get("quiet") or None,
        language=_one_of(cells, "message_language", _LANGUAGES),
    )
    fields: dict[str, Any] = {}
    if expires:  # may be over already, unlike one that a person types
        fields["expires"] = _moment(expires, "expires", zone, now, before.expires)
    fields["mute"] = _mute_of(cells.get("mute", ""), before.mute, zone, now)
    return apply_rules(given, NO_RULES, zone, now).model_copy(update=fields)


def _moment(
    text: str, name: str, zone: tzinfo, now: datetime, before: datetime | None
) -> datetime | None:
    """Return a time of a column; one that has not changed may be over."""
    if before is not None and text == format_time(before):
        return before
    return read_later(text, name, zone, now)


def _mute_of(text: str, before: Mute | None, zone: tzinfo, now: datetime) -> Mute | None:
    if before is not None and text == _written_mute(before):
        return before
    if not text or text.lower() in NONE:
        return None
    if text.lower() in {_GROWTH, _OPEN}:
        return Mute(since=now, until_growth=text.lower() == _GROWTH)
    return Mute(since=now, until=read_later(text, "mute", zone, now))


def _one_of(cells: Mapping[str, str], name: str, names: tuple[str, ...]) -> str | None:
    text = cells.get(name, "").lower()
    if text and text not in names:
        raise _bad(name, text, ", ".join(names))
    return text or None


def _bad(name: str, text: str, names: str) -> UsageError:
    return UsageError(problem("timing.bad-word", field=name, text=text[:40], names=names))


def timings_of_row(row: Mapping[str, Any], channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """Return channels with the timings of a row; as they are where it has no such column.

    Raises UsageError naming the text.
    """
    if "channel_timing" not in row:
        return channels
    value = row["channel_timing"] or ()
    texts = [str(one) for one in ([value] if isinstance(value, str) else value)]
    plain = tuple(one.model_copy(update={"timing": None}) for one in channels)
    return with_timings(plain, [one for one in texts if one.strip()])
