"""Daily quota of a feed: pure arithmetic.

Everything that a feed has published counts, including historical articles and revisions: each costs
the stages the same. A registrable domain has a quota of its own for all its feeds, so that a site
cannot multiply its quota by being listed in many feeds. It never reduces a feed's quota below the
needs of an ordinary feed: feeds that share a domain with a flooding one (blogs of one host, feeds
of one bridge) continue.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pantau.problems import Problem, problem
from pantau.settings import PollSettings
from pantau_schemas.events.feed import FeedState

DOMAIN_FACTOR: Final = 4
"""Quota of all feeds of a registrable domain, as a multiple of a feed's."""
FLOOR_PART: Final = 10
"""The divisor for the part of its quota that a feed keeps when its domain's is used up."""


def day_of(now: datetime) -> str:
    """Return the day, in UTC, to which a time is counted."""
    return now.date().isoformat()


def published(state: FeedState, day: str) -> int:
    """Return the number of articles that a feed published on a day, if that is its last one."""
    return state.day_articles if state.day == day else 0


def allowance(own: int, domain: int, settings: PollSettings) -> int:
    """Return how many more articles a feed may publish on a day.

    It has published `own` that day, and all feeds of its domain together `domain`.
    """
    quota = settings.articles_per_day
    of_domain = max(quota * DOMAIN_FACTOR - domain, quota // FLOOR_PART - own)
    return max(0, min(quota - own, of_domain))


def left(state: FeedState, now: datetime, domain: int, settings: PollSettings) -> int:
    """Return how many more articles a feed may publish today.

    All feeds of its domain together have published `domain`.
    """
    return allowance(published(state, day_of(now)), domain, settings)


def published_by_all(states: Iterable[FeedState], day: str) -> int:
    """Return the number of articles that feeds published on a day."""
    return sum(published(state, day) for state in states)


def limit_problem(waiting: int, own: int, settings: PollSettings) -> Problem:
    """Return why a feed that published `own` articles today is limited, and how to change that."""
    quota = settings.articles_per_day
    if own < quota:
        of_domain = quota * DOMAIN_FACTOR
        return problem("feeds.limited-domain", waiting=waiting, quota=of_domain)
    return problem("feeds.limited", waiting=waiting, quota=quota)
