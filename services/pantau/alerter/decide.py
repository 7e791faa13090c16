"""The content of an alert. Pure.

An alert has at most `ALERT_BYTES`, whatever the article, the query and the subscription: an article
may repeat a word 100,000 times and match 100,000 subscriptions. Every part of it has a bound of its
own, in bytes of JSON.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from pantau.alerter import details
from pantau.alerter.matched_query import MatchedQuery
from pantau.query.explain.brief import BriefMatch, brief_match
from pantau.query.explain.snippets import Excerpts
from pantau.query.meaning.evaluate import Marks, Match, span_members
from pantau.query.text.document import Document
from pantau.query.text.sizes import clipped, fits
from pantau_schemas.base import to_millis
from pantau_schemas.events.alert import Alert, ArticleSummary
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import SubscriptionState
from pantau_schemas.ids import alert_id, suspension_id

ALERT_BYTES: Final = 18 * 1024
"""Maximum size of an alert; typical ones have 2 to 3 KB."""
MATCHES: Final = 50
"""Maximum number of match positions in an alert; the others are counted."""
LOOKED_AT: Final = 1_000
"""Number of leading matches of a field among which the snippets are chosen."""
TITLE_BYTES: Final = 600
URL_BYTES: Final = 1_500
"""A longer address is omitted, since a truncated one leads nowhere."""
SOURCE_BYTES: Final = 100


SKEW: Final = timedelta(minutes=1)
"""How far the clocks of the poller and of whoever subscribes may differ.

An article first seen within this time before the subscription still alerts: a second alert too many
is better than one too few.
"""
LATE: Final = timedelta(days=7)
"""An article handled this long after it was first seen is of the past.

As long as Kafka keeps each revision for an alerter that is away (`UNREAD_SECONDS`), so that an
outage of that length loses no alert. What is older came through offsets that were lost or expired.
"""


def wanted(
    article: EnrichedArticle,
    subscription: MatchedQuery,
    *,
    asked: bool,
    replayed: bool,
    now: datetime,
) -> bool:
    """Return whether a match may alert.

    An article of the past alerts only when the replay or the subscription asks for it. It is of the
    past if the poller said so, if a replay brought it, or if it was first seen before the
    subscription was made or more than `LATE` ago: a consumer group whose offsets were lost or
    expired reads its topic from the beginning, and must not alert on a year of news.
    """
    if asked or subscription.include_historical:
        return True
    if article.historical or replayed:
        return False
    return article.first_seen >= max(subscription.created - SKEW, now - LATE)


class Composer:
    """Composes the alerts of one article, all with one timestamp."""

    __slots__ = ("_article_id", "_document", "_excerpts", "_now", "_reporter", "_summary")

    def __init__(
        self, article: EnrichedArticle, now: datetime, document: Document | None = None
    ) -> None:
        self._now = to_millis(now)  # as each alert would compute it
        self._article_id = article.article_id
        self._excerpts = Excerpts(article)
        self._document = document or Document.from_article(article)
        self._reporter = details.ClauseReporter(article, self._document)
        entities = details.named(article)
        url = article.url
        self._summary = ArticleSummary.model_validate(
            {
                "article_id": article.article_id,
                "revision": article.revision,
                "feed_id": article.feed_id,
                "title": clipped(article.title, TITLE_BYTES),
                "url": url if url is not None and fits(url, URL_BYTES) else None,
                "source": article.source and clipped(article.source, SOURCE_BYTES),
                "lang": article.lang,
                "published": article.published,
                "first_seen": article.first_seen,
                "historical": article.historical,
                "story_id": article.story_id,
                "story": details.covered(article.story),
                "excerpt": details.excerpt(article.text),
                "entities": entities,
                "more_entities": len(article.entities) - len(entities),
            },
            extra="ignore",  # there is none: see `compose`
        )

    def compose(self, subscription: MatchedQuery, match: Match) -> Alert:
        """Compose the alert of a match."""
        brief = (
            BriefMatch(match.marks, {})
            if match.query is None
            else brief_match(match.query, self._document)
        )
        marks = brief.marks
        total = sum(map(len, marks.values()))
        few = (
            marks
            if total <= LOOKED_AT
            else {name: those[:LOOKED_AT] for name, those in marks.items()}
        )
        shown = self._excerpts.around(few, match.query)
        matches = span_members(marks if total <= MATCHES else _chosen(marks, shown.marks()))
        clauses, more_clauses = self._reporter.clauses(brief, subscription.query)
        # An alert and all that it holds are built in one call: several are half as fast again. With
        # nothing to keep of unknown members, its ten models get no mapping for them.
        return Alert.model_validate(
            {
                **self._about(subscription),
                "clauses": clauses,
                "more_clauses": more_clauses,
                "matches": matches,
                "more_matches": total - len(matches),
                "snippets": shown.members(),
            },
            extra="ignore",
        )

    def outline(self, subscription: MatchedQuery) -> Alert:
        """Compose an alert without what matched, for those who only count and group."""
        return Alert.model_validate(self._about(subscription))

    def suspended(self, subscription: MatchedQuery, state: SubscriptionState) -> Alert:
        """Compose the alert that notifies the owner of a suspended subscription."""
        return Alert.model_validate(
            {
                **self._about(subscription),
                "alert_id": suspension_id(state.subscription_id, state.query_digest, state.times),
                "kind": "suspended",
                "problem": state.problem,
            }
        )

    def _about(self, subscription: MatchedQuery) -> dict[str, Any]:
        """Return the members that every alert of a subscription has."""
        return {
            "alert_id": alert_id(subscription.subscription_id, self._article_id),
            "subscription_id": subscription.subscription_id,
            "subscription_name": subscription.name,
            "subscription_tags": subscription.tags,
            "query": subscription.shown_query,
            "language": subscription.language,
            "time_zone": subscription.time_zone,
            "article": self._summary,
            "matched_at": self._now,
        }


def _chosen(marks: Marks, shown: Marks) -> Marks:
    """Return the matches to include when there are too many.

    Those of the title, then those in snippets, then the first ones.
    """
    chosen: dict[str, set[tuple[int, int]]] = {name: set() for name in marks}
    left = MATCHES
    for name, places in _in_turn(marks, shown):
        new = [one for one in places if one not in chosen[name]][:left]
        chosen[name].update(new)
        left -= len(new)
    return {name: sorted(places) for name, places in chosen.items() if places}


def _in_turn(marks: Marks, shown: Marks) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    if "title" in marks:
        yield "title", marks["title"][:MATCHES]
    for name, places in shown.items():
        if name in marks:
            known = set(marks[name])  # snippets may contain mentions of names that are no matches
            yield name, [one for one in places if one in known]
    for name, places in marks.items():
        yield name, places[: 2 * MATCHES]
