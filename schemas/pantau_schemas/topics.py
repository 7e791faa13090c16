"""The topic table: every stream, its producers, its consumers and its event.

The map of the data flow. A test forbids orphans: each topic has a producer, an event, a generated
JSON Schema and golden examples.
"""

from dataclasses import dataclass
from typing import Final, Literal

from pantau_schemas.base import Event
from pantau_schemas.events.alert import Alert, Alerted, Delivery, TriageMark
from pantau_schemas.events.article import Article, EnrichedArticle, FullArticle
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.name_list import NameList
from pantau_schemas.events.people.account import (
    Account,
    ApiToken,
    AuditEntry,
    Session,
    SignInState,
)
from pantau_schemas.events.polling.held_article import HeldArticle
from pantau_schemas.events.polling.websub import HubSubscription, PushedDocument
from pantau_schemas.events.redaction import Redaction
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.site import Site
from pantau_schemas.events.story import StoryMember, StoryMerge
from pantau_schemas.events.subscription import (
    ChannelState,
    FeedAddress,
    Subscription,
    SubscriptionState,
)

DAY: Final = 24 * 3600

Cleanup = Literal["compact", "delete", "compact,delete"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One stream of records.

    `key` names the field of the value that is the record's key: on a compacted topic the last
    record of a key is its state, and a tombstone removes it. `partition_by` names what determines
    the partition if that is not the key: a field of the event, or `domain`, the registrable domain
    of its url. `retention_seconds` is the default; None keeps records forever.
    """

    name: str
    event: type[Event]
    key: str
    cleanup: Cleanup
    producers: tuple[str, ...]
    consumers: tuple[str, ...]
    partition_by: str | None = None
    retention_seconds: int | None = None
    partitions: int = 12

    @property
    def partitioned_by(self) -> str:
        """The name of what determines the partition."""
        return self.partition_by or self.key

    @property
    def compacted(self) -> bool:
        """True if the topic is a table of the last value of each key."""
        return self.cleanup != "delete"


FEEDS: Final = Topic(
    name="feeds",
    event=Feed,
    key="feed_id",
    partition_by="domain",
    cleanup="compact",
    producers=("cli",),
    consumers=("poller", "extractor"),
)
FEED_STATE: Final = Topic(
    name="feed-state",
    event=FeedState,
    key="feed_id",
    cleanup="compact",
    producers=("poller",),
    consumers=("poller", "cli"),
)
FEED_MEMORY: Final = Topic(
    name="feed-memory",
    event=FeedMemory,
    key="feed_id",
    cleanup="compact",
    producers=("poller",),
    consumers=("poller",),
)
HELD_ARTICLES: Final = Topic(
    name="held-articles",
    event=HeldArticle,
    key="held_id",
    cleanup="compact",
    producers=("poller",),
    consumers=("poller",),
    partitions=1,
)
HUB_SUBSCRIPTIONS: Final = Topic(
    name="hub-subscriptions",
    event=HubSubscription,
    key="callback_id",
    cleanup="compact",
    producers=("poller",),
    consumers=("poller", "cli"),
    partitions=1,
)
PUSHED_DOCUMENTS: Final = Topic(
    name="pushed-documents",
    event=PushedDocument,
    key="push_id",
    cleanup="compact,delete",
    producers=("poller",),
    consumers=("poller",),
    retention_seconds=2 * DAY,
    partitions=1,
)
ARTICLES: Final = Topic(
    name="articles",
    event=Article,
    key="article_id",
    partition_by="domain",
    cleanup="delete",
    producers=("poller",),
    consumers=("extractor",),
    retention_seconds=7 * DAY,
)
ARTICLES_FULL: Final = Topic(
    name="articles.full",
    event=FullArticle,
    key="article_id",
    # As `articles`, so that an extractor's own partitions hold what it wrote of its articles.
    partition_by="domain",
    cleanup="compact,delete",
    producers=("extractor", "replay"),
    consumers=("enricher", "extractor"),
    retention_seconds=7 * DAY,
)
SITES: Final = Topic(
    name="sites",
    event=Site,
    key="host",
    cleanup="compact,delete",
    producers=("extractor",),
    consumers=("extractor", "cli"),
    retention_seconds=365 * DAY,
    partitions=1,
)
ARTICLES_ENRICHED: Final = Topic(
    name="articles.enriched",
    event=EnrichedArticle,
    key="article_id",
    cleanup="compact,delete",
    producers=("enricher", "replay"),
    consumers=("alerter", "indexer"),
    retention_seconds=365 * DAY,
)
STORY_MEMBERS: Final = Topic(
    name="story-members",
    event=StoryMember,
    key="article_id",
    # As the article that it is about, in `articles.full`: see `pantau.stream.writing`.
    partition_by="domain",
    cleanup="compact,delete",
    producers=("enricher",),
    consumers=("enricher",),
    retention_seconds=14 * DAY,
)
STORY_MERGES: Final = Topic(
    name="story-merges",
    event=StoryMerge,
    key="story_id",
    cleanup="compact,delete",
    producers=("enricher",),
    consumers=("enricher", "notifier", "cli"),
    retention_seconds=365 * DAY,
)
SUBSCRIPTIONS: Final = Topic(
    name="subscriptions",
    event=Subscription,
    key="subscription_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("alerter", "notifier"),
    partitions=1,
)
SUBSCRIPTION_STATE: Final = Topic(
    name="subscription-state",
    event=SubscriptionState,
    key="subscription_id",
    cleanup="compact",
    producers=("alerter", "cli"),
    consumers=("alerter", "cli"),
    partitions=1,
)
FEED_ADDRESSES: Final = Topic(
    name="feed-addresses",
    event=FeedAddress,
    key="address_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("cli",),
    partitions=1,
)
REPORT_SCHEDULES: Final = Topic(
    name="report-schedules",
    event=ReportSchedule,
    key="subscription_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("notifier", "cli"),
    partitions=1,
)
NAME_LISTS: Final = Topic(
    name="name-lists",
    event=NameList,
    key="name",
    cleanup="compact",
    producers=("cli", "enricher"),
    consumers=("alerter", "enricher", "cli"),
    partitions=1,
)
CHANNEL_STATE: Final = Topic(
    name="channel-state",
    event=ChannelState,
    key="channel_id",
    cleanup="compact",
    producers=("notifier", "cli"),
    consumers=("notifier", "cli"),
    partitions=1,
)
ALERTS: Final = Topic(
    name="alerts",
    event=Alert,
    key="alert_id",
    partition_by="subscription_id",
    cleanup="compact,delete",
    producers=("alerter",),
    consumers=("notifier", "cli"),
    retention_seconds=365 * DAY,
)
ALERTED: Final = Topic(
    name="alerted",
    event=Alerted,
    key="article_id",
    cleanup="compact,delete",
    producers=("alerter",),
    consumers=("alerter",),
    retention_seconds=365 * DAY,
)
RULE_STATE: Final = Topic(
    name="rule-state",
    event=RuleState,
    key="subscription_id",
    cleanup="compact",
    producers=("notifier", "cli"),
    consumers=("notifier",),
)
MESSAGES: Final = Topic(
    name="messages",
    event=AlertMessage,
    key="message_id",
    partition_by="subscription_id",
    cleanup="compact,delete",
    producers=("notifier", "cli"),
    consumers=("notifier", "cli"),
    retention_seconds=365 * DAY,
)
DELIVERIES: Final = Topic(
    name="deliveries",
    event=Delivery,
    key="delivery_id",
    partition_by="subscription_id",
    cleanup="compact,delete",
    producers=("notifier", "cli"),
    consumers=("notifier", "cli"),
    retention_seconds=365 * DAY,
)
TRIAGE: Final = Topic(
    name="triage",
    event=TriageMark,
    key="mark_id",
    cleanup="compact,delete",
    producers=("cli",),
    consumers=("cli",),
    retention_seconds=365 * DAY,
    partitions=1,
)
DEAD_LETTERS: Final = Topic(
    name="dead-letters",
    event=DeadLetter,
    key="key",
    cleanup="delete",
    producers=("poller", "extractor", "enricher", "alerter", "indexer", "notifier"),
    consumers=("cli",),
    retention_seconds=90 * DAY,
)
REDACTIONS: Final = Topic(
    name="redactions",
    event=Redaction,
    key="redaction_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("poller", "extractor", "enricher", "alerter", "notifier", "indexer"),
    partitions=1,
)
ACCOUNTS: Final = Topic(
    name="accounts",
    event=Account,
    key="account_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("cli",),
    partitions=1,
)
SESSIONS: Final = Topic(
    name="sessions",
    event=Session,
    key="session_id",
    cleanup="compact,delete",
    producers=("cli",),
    consumers=("cli",),
    retention_seconds=30 * DAY,
    partitions=1,
)
SIGN_INS: Final = Topic(
    name="sign-ins",
    event=SignInState,
    key="account_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("cli",),
    partitions=1,
)
API_TOKENS: Final = Topic(
    name="api-tokens",
    event=ApiToken,
    key="token_id",
    cleanup="compact",
    producers=("cli",),
    consumers=("cli",),
    partitions=1,
)
AUDIT: Final = Topic(
    name="audit",
    event=AuditEntry,
    key="entry_id",
    cleanup="compact,delete",
    producers=("cli",),
    consumers=("cli",),
    retention_seconds=365 * DAY,
    partitions=1,
)

TOPICS: Final[dict[str, Topic]] = {
    topic.name: topic
    for topic in (
        FEEDS,
        FEED_STATE,
        FEED_MEMORY,
        HELD_ARTICLES,
        HUB_SUBSCRIPTIONS,
        PUSHED_DOCUMENTS,
        ARTICLES,
        ARTICLES_FULL,
        SITES,
        ARTICLES_ENRICHED,
        STORY_MEMBERS,
        STORY_MERGES,
        SUBSCRIPTIONS,
        SUBSCRIPTION_STATE,
        FEED_ADDRESSES,
        REPORT_SCHEDULES,
        NAME_LISTS,
        CHANNEL_STATE,
        ALERTS,
        ALERTED,
        RULE_STATE,
        MESSAGES,
        DELIVERIES,
        TRIAGE,
        DEAD_LETTERS,
        REDACTIONS,
        ACCOUNTS,
        SESSIONS,
        SIGN_INS,
        API_TOKENS,
        AUDIT,
    )
}
