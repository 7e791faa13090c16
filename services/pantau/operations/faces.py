"""The list of all operations, each with its use case and its place in every face.

A face that does not have an operation says why. REST routes and MCP tools follow from the operation
for programs (`catalogue.OPERATIONS`). A test holds the table against the real faces.
"""

from dataclasses import dataclass
from typing import Final

CLI: Final = "pantau "


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a face does not have an operation."""

    reason: str


MACHINE: Final = Missing("it concerns files or processes of this machine")
FILES: Final = Missing("its data is a file; the single operations are there")
LATER: Final = Missing("not yet; use the command line")
PERSON: Final = Missing("an operator decides, with the machine at hand")


@dataclass(frozen=True, slots=True)
class FaceRow:
    """An operation: its use case as a dotted name, commands, operation for programs, pages."""

    name: str
    use_case: str
    commands: tuple[str, ...] | Missing
    programs: str | Missing
    pages: tuple[str, ...] | Missing


def _row(
    name: str,
    use_case: str,
    commands: str | Missing,
    programs: str | Missing,
    pages: str | Missing,
) -> FaceRow:
    """Return a row; several commands or pages are separated by commas."""
    return FaceRow(
        name,
        f"pantau.usecases.{use_case}",
        commands
        if isinstance(commands, Missing)
        else tuple(CLI + one.strip() for one in commands.split(",")),
        programs,
        pages if isinstance(pages, Missing) else tuple(one.strip() for one in pages.split(",")),
    )


_REPOSITORY: Final = "subscriptions.repository"
_LISTS: Final = "lists.repository.NameListRepository"
_LETTERS: Final = "dead_letters.handling.DeadLetters"
ROWS: Final = (
    # News
    _row("search", "search.searching.search", "search", "search_articles", "/search"),
    _row(
        "facets and matches over time",
        "search.overview.overview",
        Missing("a terminal shows pages of results; `query explain --data` counts"),
        LATER,
        "/search",
    ),
    _row("article", "search.articles.find_article", "show", "read_article", "/articles/{id}"),
    _row("why an alert", "alerts.reasons.reasons", "query why", "explain_alert", LATER),
    _row("stories", "stories.ranking.top_stories", "stories", "list_stories", "/stories"),
    _row("story", "stories.reading.read_story", "search", "read_story", "/stories/{id}"),
    _row("name", "search.entities.look_up", "entities", LATER, LATER),
    _row("alerts", "alerts.pages.alert_page", "alerts", "list_alerts", "/alerts"),
    _row("alert", "alerts.arrivals.find_alert", "alerts", "read_alert", "/alerts/{id}"),
    _row("new alerts", "alerts.arrivals.count_since", "alerts", "list_alerts", "/alerts/new"),
    # Queries
    _row("check a query", "search.checking.check_query", "query check", "check_query", "/search"),
    _row(
        "explain a query",
        "search.explaining.explain_query",
        "query explain",
        "explain_query",
        "/search/reading",
    ),
    _row("try a query", "search.trying.QueryTrial", "query test", LATER, LATER),
    _row(
        "tokens of a text",
        "search.queries.read_query",
        "query tokens",
        Missing("for whoever works on the query language"),
        Missing("for whoever works on the query language"),
    ),
    # Subscriptions
    _row(
        "subscriptions",
        f"{_REPOSITORY}.SubscriptionRepository",
        "subscriptions list",
        "list_subscriptions",
        "/subscriptions",
    ),
    _row(
        "subscription",
        f"{_REPOSITORY}.SubscriptionRepository",
        "subscriptions show",
        "read_subscription",
        "/subscriptions/{id}",
    ),
    _row(
        "subscribe",
        "subscriptions.subscribing.subscribe",
        "subscribe",
        "create_subscription",
        "/subscriptions/new",
    ),
    _row(
        "change a subscription",
        "subscriptions.editing.edit",
        "subscriptions edit",
        "update_subscription",
        LATER,
    ),
    _row(
        "copy a subscription",
        "subscriptions.editing.copy",
        "subscriptions copy",
        "copy_subscription",
        LATER,
    ),
    _row(
        "pause a subscription",
        f"{_REPOSITORY}.set_paused",
        "subscriptions pause",
        "pause_subscription",
        "/subscriptions/{id}/pause",
    ),
    _row(
        "resume a subscription",
        f"{_REPOSITORY}.set_paused",
        "subscriptions resume",
        "resume_subscription",
        "/subscriptions/{id}/resume",
    ),
    _row(
        "remove a subscription",
        f"{_REPOSITORY}.remove",
        "subscriptions remove",
        "remove_subscription",
        "/subscriptions/{id}/remove",
    ),
    _row("mute", "rules.muting.mute", "subscriptions mute", "mute_subscription", LATER),
    _row("unmute", "rules.muting.unmute", "subscriptions unmute", "unmute_subscription", LATER),
    _row(
        "trial message",
        "channels.trial.send_trials",
        "subscriptions test",
        "send_trial_messages",
        LATER,
    ),
    _row(
        "preview",
        "subscriptions.backtest.backtest.backtest",
        "subscriptions preview",
        "preview_subscription",
        "/subscriptions/new",
    ),
    _row(
        "subscriptions of a file",
        "subscriptions.importing.import_rows",
        "subscriptions import, subscriptions export",
        FILES,
        LATER,
    ),
    # Lists of names and channels
    _row("lists of names", f"{_LISTS}.all", "lists list", "list_name_lists", LATER),
    _row("list of names", f"{_LISTS}.find", "lists show", "read_name_list", LATER),
    _row(
        "change a list",
        f"{_LISTS}.change",
        "lists add, lists edit",
        "change_name_list",
        LATER,
    ),
    _row("remove a list", f"{_LISTS}.remove", "lists remove", "remove_name_list", LATER),
    _row("list of a file", f"{_LISTS}.load", "lists import, lists export", FILES, LATER),
    _row(
        "channels",
        "channels.health.known_channels",
        "channels list",
        "list_channels",
        "/subscriptions/{id}",
    ),
    _row(
        "resume a channel",
        "channels.health.resume_channel",
        "channels resume",
        "resume_channel",
        LATER,
    ),
    _row(
        "body of webhooks",
        "channels.payloads.change_payload",
        "channels payload, channels schema",
        LATER,
        LATER,
    ),
    _row(
        "secret of a channel",
        "channels.secrets.change_secret",
        "channels secret",
        Missing("a secret that exists is neither shown nor chosen over a network"),
        Missing("a secret that exists is neither shown nor chosen over a network"),
    ),
    # Feeds
    _row("feeds", "feeds.feed_list.FeedList.all", "feeds list", "list_feeds", "/feeds"),
    _row("feed", "feeds.feed_list.FeedList.find", "feeds list", "read_feed", "/feeds/{id}"),
    _row("add a feed", "feeds.adding.add_feed", "feeds add", "add_feed", "/feeds/add"),
    _row("change a feed", "feeds.editing.change_feeds", "feeds edit", "update_feed", LATER),
    _row(
        "poll a feed",
        "feeds.feed_list.FeedList.poll_soon",
        "feeds poll",
        "poll_feed",
        "/feeds/{id}/poll",
    ),
    _row(
        "pause a feed",
        "feeds.feed_list.set_paused",
        "feeds pause",
        "pause_feed",
        "/feeds/{id}/pause",
    ),
    _row(
        "resume a feed",
        "feeds.feed_list.set_paused",
        "feeds resume",
        "resume_feed",
        "/feeds/{id}/resume",
    ),
    _row(
        "remove a feed",
        "feeds.feed_list.remove",
        "feeds remove",
        "remove_feed",
        "/feeds/{id}/remove",
    ),
    _row("try an address", "feeds.inspection.inspect", "feeds test", LATER, "/feeds/add"),
    _row(
        "feeds of a file",
        "feeds.opml_lists.plan_import",
        "feeds import, feeds export",
        FILES,
        LATER,
    ),
    _row("read a document", "feeds.inspection.inspect_file", "feeds parse", MACHINE, MACHINE),
    # Pipeline
    _row("status", "status.read_status", "status", "read_status", "/, /pipeline"),
    _row(
        "dead letters",
        f"{_LETTERS}.listed",
        "dead-letters list, dead-letters show",
        "list_dead_letters",
        "/pipeline/dead-letters",
    ),
    _row(
        "retry a dead letter",
        f"{_LETTERS}.retry",
        "dead-letters retry",
        "retry_dead_letter",
        "/pipeline/dead-letters/{id}/retry",
    ),
    _row(
        "discard a dead letter",
        f"{_LETTERS}.discard",
        "dead-letters discard",
        "discard_dead_letter",
        "/pipeline/dead-letters/{id}/discard",
    ),
    _row("replay", "maintenance.replay.replay_of", "replay", PERSON, PERSON),
    _row(
        "enrich again", "maintenance.enrich_stored.enrich_stored", "enrich-stored", PERSON, PERSON
    ),
    _row(
        "rebuild the index",
        "maintenance.rebuild_index.rebuild_index",
        "index rebuild",
        PERSON,
        PERSON,
    ),
    _row("take down", "takedown.forgetting.forget", "forget", PERSON, PERSON),
    _row("back up", "backup.saving.save", "backup, restore", MACHINE, MACHINE),
    _row(
        "completion", "completion.install", "completion show, completion install", MACHINE, MACHINE
    ),
)
"""All operations, with their place in every face."""
PROGRAMS: Final = (
    "run", "demo", "mcp", "setup", "service", "local up", "local status", "local down", "enrich",
    "match",
)  # fmt: skip
"""Commands that are programs of their own, or work on files without a store."""
