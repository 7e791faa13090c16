"""How many articles a feed may give today: pure arithmetic.

All that a feed has published counts, historical articles and revisions too: each costs the stages
the same. A registrable domain has a quota of its own for all its feeds, so that a site cannot
multiply its quota by being listed in many feeds. It never takes from a feed what an ordinary feed
needs: feeds that share a domain with a flooding one (blogs of one host, feeds of one bridge) go on.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pantau.problems import Problem, problem
from pantau.settings import PollSettings
from pantau_schemas.feed import FeedState

DOMAIN_FACTOR: Final = 4
"""Quotas of a feed that all feeds of a registrable domain have together."""
FLOOR_PART: Final = 10
"""The part of its quota that a feed has even where its domain has used up its own."""


def day_of(now: datetime) -> str:
    """Return the day that a moment counts for, in UTC."""
    return now.date().isoformat()


def given(state: FeedState, day: str) -> int:
    """Count the articles that a feed gave on a day, if that is its last one."""
    return state.day_articles if state.day == day else 0


def allowance(own: int, domain: int, settings: PollSettings) -> int:
    """Return how many articles more a feed may give, having given `own`.

    All feeds of its domain gave `domain`.
    """
    quota = settings.articles_per_day
    of_domain = max(quota * DOMAIN_FACTOR - domain, quota // FLOOR_PART - own)
    return max(0, min(quota - own, of_domain))


def given_by_all(states: Iterable[FeedState], day: str) -> int:
    """Count the articles that feeds gave on a day."""
    return sum(given(state, day) for state in states)


def limit_problem(waiting: int, own: int, settings: PollSettings) -> Problem:
    """Return that a feed is limited, having given `own` articles, and how to change that."""
    quota = settings.articles_per_day
    if own < quota:
        of_domain = quota * DOMAIN_FACTOR
        return problem("feeds.limited-domain", waiting=waiting, quota=of_domain)
    return problem("feeds.limited", waiting=waiting, quota=quota)
