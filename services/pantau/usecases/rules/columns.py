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

_FIELDS: Final = {
    "timing": "timing",
    "when": "trigger",
    "articles": "articles",
    "min_sources": "sources",
    "quiet": "quiet",
    "mute": "mute",
    "expires": "expires",
    "message_language": "language",
}
"""Columns, and the fields of `Rules`."""
TIMINGS_COLUMN: Final = "channel_timing"
"""The column whose cells hold several lines: `email:desk@example.org=daily@07:00`."""
COLUMNS: Final = (*_FIELDS, TIMINGS_COLUMN)
_ARTICLES: Final = ("all", "first", "growth")
_LANGUAGES: Final = ("en", "id")
_GROWTH: Final = "until-growth"
_OPEN: Final = "on"


def rules_columns(one: Subscription) -> dict[str, Any]:
    """Return the columns of a subscription's rules; None for what is as by default."""
    rules, base = one.rules, NO_RULES
    return {
        "timing": None if rules.timing == base.timing else write_timing(rules.timing),
        "when": None if rules.trigger == base.trigger else write_trigger(rules.trigger),
        "articles": None if rules.articles == base.articles else rules.articles,
        "min_sources": None if rules.sources == base.sources else rules.sources,
        "quiet": None if rules.quiet is None else write_quiet(rules.quiet),
        "mute": None if rules.mute is None else _written_mute(rules.mute),
        "expires": None if rules.expires is None else format_time(rules.expires),
        "message_language": rules.language,
        TIMINGS_COLUMN: [
            f"{describe_channel(channel)}={write_timing(channel.timing)}"
            for channel in one.channels
            if channel.timing is not None
        ],
    }


def _written_mute(mute: Mute) -> str:
    if mute.until is not None:
        return format_time(mute.until)
    return _GROWTH if mute.until_growth else _OPEN


def rules_of_row(row: Mapping[str, Any], before: Rules, zone: tzinfo, now: datetime) -> Rules:
    """Return the rules of a row: what it names is read, all else stays as `before`.

    An empty cell is the default. Raises UsageError naming the column.
    """
    cells = {name: _cell(row[name]) for name in _FIELDS if name in row}
    cleared = [field for name, field in _FIELDS.items() if cells.get(name) == ""]
    # What is cleared is gone before the rest is read, which may depend on it.
    base = before.model_copy(update={field: getattr(NO_RULES, field) for field in cleared})
    sources = cells.get("min_sources") or ""
    if sources and not sources.isdecimal():
        raise _bad("min_sources", sources, "1, 2, 3, ...")
    given = GivenRules(
        timing=cells.get("timing") or None,
        when=cells.get("when") or None,
        articles=_one_of(cells, "articles", _ARTICLES),
        sources=int(sources[:9]) if sources else None,
        quiet=cells.get("quiet") or None,
        language=_one_of(cells, "message_language", _LANGUAGES),
    )
    fields: dict[str, Any] = {}
    if expires := cells.get("expires"):
        fields["expires"] = _moment(expires, "expires", zone, now, before.expires)
    if mute := cells.get("mute"):
        fields["mute"] = _mute_of(mute, before.mute, zone, now)
    return apply_rules(given, base, zone, now).model_copy(update=fields)


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()


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
    if TIMINGS_COLUMN not in row:
        return channels
    value = row[TIMINGS_COLUMN] or ()
    texts = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
    plain = tuple(one.model_copy(update={"timing": None}) for one in channels)
    return with_timings(plain, [one for one in texts if one.strip()])
