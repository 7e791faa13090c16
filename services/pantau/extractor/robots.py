"""robots.txt: which addresses may be fetched, and what a site declares about use.

By RFC 9309 (Robots Exclusion Protocol). Two further lines are read and passed on as written:
`License:` of Really Simple Licensing 1.0 and `Content-Usage:` of the IETF's AI Preferences.

Patterns are matched by plain search, piece by piece between their `*`: the usual way, a regular
expression, takes exponential time for a pattern such as `/*a*a*a*a*b`, which anybody may write.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from pantau.common.text.safe_text import one_line

MOST_BYTES: Final = 500 * 1024
"""How much of a robots.txt counts (RFC 9309, 2.5)."""
MOST_RULES: Final = 10_000
MOST_DECLARED: Final = 20
_LONGEST: Final = 2_000
"""Characters of a value that count."""
_LONGEST_DELAY: Final = 30.0
"""Most seconds that `Crawl-delay` is obeyed for; more would keep pages waiting for good."""
_TOKEN: Final = re.compile(r"[A-Za-z_-]+")
_SAFE: Final = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Rule:
    """An allowed or disallowed pattern of paths."""

    pattern: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a robots.txt for one crawler."""

    rules: tuple[Rule, ...] = ()
    delay_seconds: float = 0.0
    licenses: tuple[str, ...] = ()
    content_usage: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Return whether an address may be fetched.

        The longest pattern that matches decides; of two equally long ones, `Allow` (RFC 9309,
        2.2.2).
        """
        parts = urlsplit(url)
        path = _encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        path = path[:_LONGEST]
        best: tuple[int, bool] = (-1, True)
        for rule in self.rules:
            rank = (len(rule.pattern), rule.allows)
            if rank > best and _matches(rule.pattern, path):
                best = rank
        return best[1]


ALLOWS_ALL: Final = Robots()


def read_robots(document: bytes, agent: str) -> Robots:
    """Parse a robots.txt for the crawler that calls itself `agent`.

    Groups that name it count together; without any, those for `*`. Never raises.
    """
    own, others = _RuleGroup(), _RuleGroup()
    licenses: list[str] = []
    named = own_named = others_named = grouped = False
    text = document[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    for line in text.splitlines():
        name, value = _field(line)
        if name == "user-agent":
            if grouped:  # a rule came in between, so this line begins another group
                own_named = others_named = grouped = False
            found = _TOKEN.match(value)
            mine = found is not None and found.group().casefold() == agent.casefold()
            own_named, others_named = own_named or mine, others_named or value == "*"
            named = named or mine
        elif name == "license":
            if len(licenses) < MOST_DECLARED and value:
                licenses.append(one_line(value, 500))
        elif name:
            grouped = True
            for group, chosen in ((own, own_named), (others, others_named)):
                if chosen:
                    group.add(name, value)
    group = own if named else others
    return Robots(
        tuple(group.rules), group.delay, tuple(dict.fromkeys(licenses)), tuple(group.usage)
    )


class _RuleGroup:
    """The lines that apply to one crawler."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.delay = 0.0
        self.usage: list[str] = []

    def add(self, name: str, value: str) -> None:
        if name in {"allow", "disallow"}:
            if value and len(self.rules) < MOST_RULES:  # an empty rule matches nothing
                self.rules.append(Rule(_encoded(value[:_LONGEST]), name == "allow"))
        elif name == "crawl-delay":
            self.delay = max(self.delay, _seconds(value))
        elif name == "content-usage" and len(self.usage) < MOST_DECLARED and value:
            told = one_line(value, 500)
            if told not in self.usage:
                self.usage.append(told)


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition("#")[0].partition(":")
    return (name.strip().lower(), value.strip()) if colon else ("", "")


def _seconds(value: str) -> float:
    try:
        seconds = float(value[:10])
    except ValueError:
        return 0.0
    return min(seconds, _LONGEST_DELAY) if seconds > 0 else 0.0


def _encoded(text: str) -> str:
    """Return a path or pattern with what is no ASCII percent-encoded, so that both compare."""
    return quote(text, safe=_SAFE, errors="replace")


def _matches(pattern: str, path: str) -> bool:
    """Return whether a pattern with `*` and a final `$` matches the beginning of a path."""
    whole = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if whole else pattern).split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not pieces:
        return not whole or place == len(path)
    last = pieces.pop() if whole else ""
    for piece in pieces:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return not whole or (len(path) - len(last) >= place and path.endswith(last))
