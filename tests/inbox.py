"""Alerts of stories, for tests of the inbox."""

from datetime import datetime

from pantau.ports import Store
from pantau.stream.envelope import record_for
from pantau_schemas.events.alert import Alert
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ALERTS
from tests.unit.notifier.support import alert


def fire(
    store: Store,
    about: str,
    when: datetime,
    *,
    story: str | None = None,
    subscriber: str = "banjir",
) -> Alert:
    """Record the alert of an article of a story."""
    plain = alert(subscriber, about)
    summary = plain.article.model_copy(
        update={
            "story_id": None if story is None else digest_id(story),
            "source": f"{about}.example",
        }
    )
    made = plain.model_copy(update={"article": summary, "matched_at": when})
    store.log.append([record_for(made, ALERTS, source="test", time=when)])
    return made
