"""The options that say when messages come: `--collect`, `--digest`, `--quiet` and others."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_NAMES: Final = {
    "at_once": "at_once",
    "collect": "collect",
    "every": "every",
    "digest": "digest",
    "quiet": "quiet",
    "articles": "articles",
    "min_sources": "sources",
    "when": "when",
    "expires": "expires",
    "message_language": "language",
    "to_timing": "channel_timings",
}
"""Options, and the fields of `GivenRules`."""
_OPTIONS: Final = (
    click.option("--at-once", is_flag=True, help="Each alert is a message at once.  [default]"),
    click.option(
        "--collect", metavar="TIME", help="What comes within a time is one message, such as 30s."
    ),
    click.option(
        "--every",
        metavar="TIME",
        help="At most one message in a time, such as 1h; what comes meanwhile is in it.",
    ),
    click.option(
        "--digest",
        metavar="WHEN",
        help="One message at a fixed time: hourly, daily@07:00, weekly:mon@07:00, "
        "monthly:31@07:00.",
    ),
    click.option(
        "--quiet",
        metavar="TIMES",
        help='No messages in a time of day, such as 22:00-05:30 or "22:00-05:30 except spike, '
        '5 sources"; none ends it.',
    ),
    click.option(
        "--articles",
        type=click.Choice(["all", "first", "growth"]),
        help="All articles, the first of each story, or also when the story grows.",
    ),
    click.option(
        "--min-sources",
        type=click.IntRange(1, 1000),
        metavar="N",
        help="Only stories that at least this many sources have.",
    ),
    click.option(
        "--when",
        metavar="TRIGGER",
        help='Only when "5 in 1h" came, at a spike (spike, spike:low, spike:high), or after '
        "silence:2d.",
    ),
    click.option(
        "--expires", metavar="DATE", help="No messages from a date on, or after a time; or never."
    ),
    click.option(
        "--message-language",
        type=click.Choice(["id", "en", "article"]),
        help="Language of the messages; article: that of the article.",
    ),
    click.option(
        "--to-timing",
        multiple=True,
        metavar="CHANNEL=WHEN",
        help="One channel at its own time, such as email:desk@example.org=daily@07:00 or "
        '"terminal=at once"; =rules ends that; repeatable.',
    ),
)


def rule_options(command: F) -> F:
    """Add the options to a command, which gets them as `rules`, a `GivenRules`."""

    @wraps(command)
    def collected(**options: Any) -> Any:
        from pantau.usecases.rules.given import GivenRules

        fields = {field: options.pop(name) for name, field in _NAMES.items()}
        return command(**options, rules=GivenRules(**fields))

    decorated: Any = collected
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    result: F = decorated
    return result
