"""Which articles are of the past for a subscription, and alert only on request."""

from datetime import datetime, timedelta

import pytest

from pantau.alerter.decide import LATE, SKEW, wanted
from pantau.alerter.matched_query import MatchedQuery
from tests.support import START, enriched, subscription


def asks(
    first_seen: datetime,
    created: datetime,
    *,
    now: datetime = START,
    asked: bool = False,
    replayed: bool = False,
    historical: bool = False,
    include: bool = False,
) -> bool:
    article = enriched("a", historical=historical).model_copy(update={"first_seen": first_seen})
    one = subscription("s", "banjir", include_historical=include).model_copy(
        update={"created": created}
    )
    return wanted(article, MatchedQuery.of(one), asked=asked, replayed=replayed, now=now)


HOUR = timedelta(hours=1)
MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("seen", "created", "alerts"),
    [
        (START, START - HOUR, True),
        (START - HOUR, START, False),  # offsets were lost: the group reads from the beginning
        (START - SKEW, START, True),  # two machines, two clocks
        (START - SKEW - MOMENT, START, False),
        (START - LATE, START - 100 * LATE, True),  # the service was off for a week
        (START - LATE - MOMENT, START - 100 * LATE, False),  # offsets expired
    ],
)
def test_articles_of_the_past(seen: datetime, created: datetime, *, alerts: bool) -> None:
    assert asks(seen, created) is alerts
    assert asks(seen, created, asked=True)
    assert asks(seen, created, include=True)


def test_what_a_replay_brings_is_of_the_past() -> None:
    assert not asks(START, START - HOUR, replayed=True)
    assert asks(START, START - HOUR, replayed=True, asked=True)
    assert asks(START, START - HOUR, replayed=True, include=True)
    assert not asks(START, START - HOUR, historical=True)
