"""The list of all operations, each with its use case and its place in every face.

A face that does not have an operation says why. REST routes and MCP tools follow from the operation
for programs (`catalogue.OPERATIONS`). A test holds the table against the real faces.
"""

from typing import Final

from pantau.operations.base.account_faces import ACCOUNT_ROWS
from pantau.operations.base.faces import FILES, LATER, MACHINE, PERSON, Missing, row
from pantau.operations.base.subscription_faces import SUBSCRIPTION_ROWS

_LISTS: Final = "lists.repository.NameListRepository"
_LETTERS: Final = "dead_letters.handling.DeadLetters"
ROWS: Final = (
    # News
    row("search", "search.searching.search", "search", "search_articles", "/search"),
    row(
        "facets and matches over time",
        "search.overview.overview",
        Missing("a terminal shows pages of results; `query explain --data` counts"),
        LATER,
        "/search",
    ),
    row("article", "search.articles.find_article", "show", "read_article", "/articles/{id}"),
    row("why an alert", "alerts.reasons.reasons", "query why", "explain_alert", LATER),
    row("stories", "stories.ranking.top_stories", "stories", "list_stories", "/stories"),
    row("story", "stories.reading.read_story", "search", "read_story", "/stories/{id}"),
    row(
        "names in the news",
        "entities.listing.list_names",
        "entities",
        "list_entities",
        "/entities",
    ),
    row(
        "what a name may mean",
        "entities.look_up.look_up",
        "entities",
        Missing("it needs the lists of names in memory; `read_entity` knows what articles name"),
        Missing("it needs the lists of names in memory; the pages know what articles name"),
    ),
    row(
        "name",
        "entities.profile.read_profile",
        Missing("a terminal shows what a name may mean; `search` finds its articles"),
        "read_entity",
        "/entities/{type}/{id:path}",
    ),
    row(
        "report of a day",
        "reports.clipping.report_of",
        "report",
        "read_report",
        "/reports, /reports/{date}",
    ),
    row(
        "report as a file",
        "reports.files.file_of",
        "report",
        "export_report",
        "/reports/{date}.docx, /reports/{date}.pdf",
    ),
    row(
        "scheduled reports",
        "reports.schedules.ReportSchedules.all",
        "reports list",
        "list_report_schedules",
        "/reports",
    ),
    row(
        "schedule a report",
        "reports.schedules.ReportSchedules.add",
        "reports schedule",
        "schedule_report",
        "/reports/schedule",
    ),
    row(
        "end a scheduled report",
        "reports.schedules.ReportSchedules.remove",
        "reports remove",
        "remove_report_schedule",
        "/reports/schedules/{id}/remove",
    ),
    row("alerts", "alerts.pages.alert_page", "alerts", "list_alerts", "/alerts"),
    row("alert", "alerts.arrivals.find_alert", "alerts", "read_alert", "/alerts/{id}"),
    row("new alerts", "alerts.arrivals.count_since", "alerts", "list_alerts", "/alerts/new"),
    row("inbox", "alerts.inbox.Inbox.page", "inbox list", "list_inbox", "/alerts"),
    row(
        "triage",
        "alerts.inbox.Inbox.triage",
        "inbox see, inbox star, inbox done, inbox mute, inbox reopen",
        "triage_alerts",
        "/alerts/triage",
    ),
    # Queries
    row("check a query", "search.checking.check_query", "query check", "check_query", "/search"),
    row(
        "explain a query",
        "search.explaining.explain_query",
        "query explain",
        "explain_query",
        "/search/reading",
    ),
    row("try a query", "search.trying.QueryTrial", "query test", LATER, LATER),
    row(
        "tokens of a text",
        "search.queries.read_query",
        "query tokens",
        Missing("for whoever works on the query language"),
        Missing("for whoever works on the query language"),
    ),
    *SUBSCRIPTION_ROWS,
    # Lists of names and channels
    row("lists of names", f"{_LISTS}.all", "lists list", "list_name_lists", LATER),
    row("list of names", f"{_LISTS}.find", "lists show", "read_name_list", LATER),
    row(
        "change a list",
        f"{_LISTS}.change",
        "lists add, lists edit",
        "change_name_list",
        LATER,
    ),
    row("remove a list", f"{_LISTS}.remove", "lists remove", "remove_name_list", LATER),
    row("list of a file", f"{_LISTS}.load", "lists import, lists export", FILES, LATER),
    row(
        "channels",
        "channels.health.known_channels",
        "channels list",
        "list_channels",
        "/subscriptions/{id}",
    ),
    row(
        "form of messages",
        "channels.own_form.try_template",
        "subscriptions template",
        "read_template",
        "/subscriptions/{id}/messages",
    ),
    row(
        "change the form of messages",
        "channels.own_form.save_template",
        "subscriptions template",
        "change_template",
        "/subscriptions/{id}/messages",
    ),
    row(
        "resume a channel",
        "channels.resuming.resume_channel",
        "channels resume",
        "resume_channel",
        "/subscriptions/{id}/channel",
    ),
    row(
        "body of webhooks",
        "channels.payloads.change_payload",
        "channels payload, channels schema",
        LATER,
        "/subscriptions/{id}/edit, /subscriptions/new",
    ),
    row(
        "secret of a channel",
        "channels.secrets.change_secret",
        "channels secret",
        Missing("a secret that exists is neither shown nor chosen over a network"),
        Missing("a secret that exists is neither shown nor chosen over a network"),
    ),
    # Feeds
    row("feeds", "feeds.feed_list.FeedList.all", "feeds list", "list_feeds", "/feeds"),
    row("feed", "feeds.feed_list.FeedList.find", "feeds list", "read_feed", "/feeds/{id}"),
    row("add a feed", "feeds.adding.add_feed", "feeds add", "add_feed", "/feeds/add"),
    row(
        "change a feed",
        "feeds.editing.change_feeds",
        "feeds edit",
        "update_feed",
        "/feeds/{id}/edit",
    ),
    row(
        "poll a feed",
        "feeds.feed_list.FeedList.poll_soon",
        "feeds poll",
        "poll_feed",
        "/feeds/{id}/poll",
    ),
    row(
        "pause a feed",
        "feeds.feed_list.set_paused",
        "feeds pause",
        "pause_feed",
        "/feeds/{id}/pause",
    ),
    row(
        "resume a feed",
        "feeds.feed_list.set_paused",
        "feeds resume",
        "resume_feed",
        "/feeds/{id}/resume",
    ),
    row(
        "remove a feed",
        "feeds.feed_list.remove",
        "feeds remove",
        "remove_feed",
        "/feeds/{id}/remove",
    ),
    row(
        "starter feeds",
        "feeds.starter.add_starter_feeds",
        Missing("`pantau run --starter` adds them"),
        Missing("for people at their first visit; `add_feed` watches any feed"),
        "/start/feeds",
    ),
    row(
        "first run",
        "first_run.read_first_run",
        Missing("`pantau demo` and the tutorial lead through the commands"),
        Missing("for people at their first visit; the single operations are there"),
        "/start, /start/arrived, /start/channel, /start/skip",
    ),
    row("try an address", "feeds.inspection.inspect", "feeds test", LATER, "/feeds/add"),
    row(
        "feeds of a file",
        "feeds.opml_lists.plan_import",
        "feeds import, feeds export",
        FILES,
        "/feeds/import",
    ),
    row("read a document", "feeds.inspection.inspect_file", "feeds parse", MACHINE, MACHINE),
    *ACCOUNT_ROWS,
    # Pipeline
    row("status", "status.read_status", "status", "read_status", "/, /pipeline"),
    row(
        "dead letters",
        f"{_LETTERS}.listed",
        "dead-letters list, dead-letters show",
        "list_dead_letters",
        "/pipeline/dead-letters",
    ),
    row(
        "retry a dead letter",
        f"{_LETTERS}.retry",
        "dead-letters retry",
        "retry_dead_letter",
        "/pipeline/dead-letters/{id}/retry",
    ),
    row(
        "discard a dead letter",
        f"{_LETTERS}.discard",
        "dead-letters discard",
        "discard_dead_letter",
        "/pipeline/dead-letters/{id}/discard",
    ),
    row("replay", "maintenance.replay.replay_of", "replay", PERSON, PERSON),
    row("enrich again", "maintenance.enrich_stored.enrich_stored", "enrich-stored", PERSON, PERSON),
    row(
        "rebuild the index",
        "maintenance.rebuild_index.rebuild_index",
        "index rebuild",
        PERSON,
        PERSON,
    ),
    row("take down", "takedown.forgetting.forget", "forget", PERSON, PERSON),
    row("back up", "backup.saving.save", "backup, restore", MACHINE, MACHINE),
    row(
        "completion", "completion.install", "completion show, completion install", MACHINE, MACHINE
    ),
)
"""All operations, with their place in every face."""
PROGRAMS: Final = (
    "run", "demo", "mcp", "setup", "service", "local up", "local status", "local down", "enrich",
    "match",
)  # fmt: skip
"""Commands that are programs of their own, or work on files without a store."""
