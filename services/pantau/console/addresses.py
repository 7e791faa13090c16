"""Which page answers which address, and the right that it needs."""

from collections.abc import Mapping
from typing import Final

from pantau.console.output import View
from pantau.console.pages import (
    account,
    alerts,
    articles,
    entities,
    feed_lists,
    feeds,
    now,
    pipeline,
    receivers,
    reports,
    search,
    secret_feeds,
    start,
    stories,
)
from pantau.console.pages import subscriptions as subs
from pantau.console.pages.admin import people
from pantau.console.pages.editing import acting, copying, edit, tagged
from pantau.console.pages.editing import feeds as feed_forms
from pantau.console.pages.messages import forms as message_forms
from pantau_schemas.events.people.account import Scope

FILES: Final[tuple[tuple[str, View], ...]] = (
    ("/reports/{date}.docx", reports.as_docx),
    ("/reports/{date}.pdf", reports.as_pdf),
)
"""Files to save; before the lists, one of which has any name behind the same beginning."""
LISTS: Final[tuple[tuple[str, View], ...]] = (
    ("/search", search.show),
    ("/stories", stories.show_all),
    ("/entities", entities.show_all),
    ("/entities/{type}/{id:path}", entities.show_one),
    ("/reports/{date}", reports.show),
    ("/alerts", alerts.show_all),
    ("/subscriptions", subs.show_all),
    ("/feeds", feeds.show_all),
    ("/pipeline/dead-letters", pipeline.dead_letters),
)
"""Pages with a list, which also exist as `.json` and `.csv`."""
ACCOUNT_LISTS: Final[tuple[tuple[str, View], ...]] = (
    ("/admin/accounts", people.show_all),
    ("/admin/audit", account.audit),
)
"""Such pages where there are accounts."""
BACKTEST: Final = "/subscriptions/new/backtest"
PATIENT: Final[frozenset[View]] = frozenset({subs.backtested, edit.backtested})
"""The costly parts of pages, which are asked for as a person types: one at a time."""
FEEDS: Final = frozenset({"/search", "/stories", "/alerts"})
"""Those that newsreaders get as `.atom`."""
PAGES: Final[tuple[tuple[str, View], ...]] = (
    ("/", now.show),
    ("/start", start.show),
    ("/start/arrived", start.arrived),
    ("/search/reading", search.reading),
    ("/articles/{id}", articles.show),
    ("/stories/{id}", stories.show_one),
    ("/reports", reports.choose),
    ("/alerts/new", alerts.arrivals),
    ("/alerts/{id}", alerts.show_one),
    ("/subscriptions/new", subs.new),
    (BACKTEST, subs.backtested),
    ("/subscriptions/tagged", tagged.show),
    ("/subscriptions/{id}", subs.show_one),
    ("/subscriptions/{id}/edit", edit.show),
    ("/subscriptions/{id}/copy", copying.ask_name),
    ("/subscriptions/{id}/remove", subs.ask_removal),
    ("/subscriptions/{id}/messages", message_forms.show),
    ("/feeds/add", feeds.ask_address),
    ("/feeds/import", feed_lists.ask_file),
    ("/feeds/{id}", feeds.show_one),
    ("/feeds/{id}/edit", feed_forms.show),
    ("/feeds/{id}/remove", feeds.ask_removal),
    ("/pipeline", pipeline.show),
    ("/s/{name}", secret_feeds.show),
    ("/unsubscribe/{token}", receivers.ask_unsubscribe),
    ("/mute/{token}", receivers.ask_mute),
)
PICTURE: Final = "/articles/{id}/picture"
"""The picture of an article, where the settings say so."""
ACCOUNT_PAGES: Final[tuple[tuple[str, View], ...]] = (
    ("/account", account.show),
    ("/admin/accounts/{name}", people.show_one),
)
"""Pages where there are accounts."""
CHANGES: Final[tuple[tuple[str, View], ...]] = (
    ("/start/feeds", start.add_feeds),
    ("/start/alert", start.save_alert),
    ("/start/channel", start.add_channel),
    ("/start/skip", start.skip),
    ("/alerts/triage", alerts.triage),
    ("/subscriptions/new", subs.create),
    ("/subscriptions/tagged", tagged.change),
    ("/subscriptions/{id}/edit", edit.change),
    ("/subscriptions/{id}/edit/backtest", edit.backtested),
    ("/subscriptions/{id}/copy", copying.make),
    ("/subscriptions/{id}/mute", acting.set_mute),
    ("/subscriptions/{id}/unmute", acting.end_mute),
    ("/subscriptions/{id}/test", acting.send_trials),
    ("/subscriptions/{id}/channel", acting.use_channel),
    ("/subscriptions/{id}/pause", subs.pause),
    ("/subscriptions/{id}/resume", subs.resume),
    ("/subscriptions/{id}/remove", subs.remove_one),
    ("/subscriptions/{id}/messages", message_forms.change),
    ("/subscriptions/{id}/feed-address", secret_feeds.make),
    ("/subscriptions/{id}/feed-address/end", secret_feeds.end),
    ("/reports/schedule", reports.schedule),
    ("/reports/schedules/{id}/remove", reports.remove_schedule),
    ("/feeds/add", feeds.add),
    ("/feeds/import", feed_lists.import_file),
    ("/feeds/{id}/edit", feed_forms.change),
    ("/feeds/{id}/poll", feeds.poll),
    ("/feeds/{id}/pause", feeds.pause),
    ("/feeds/{id}/resume", feeds.resume),
    ("/feeds/{id}/remove", feeds.remove_one),
    ("/unsubscribe/{token}", receivers.do_unsubscribe),
    ("/mute/{token}", receivers.do_mute),
    ("/pipeline/dead-letters/{id}/retry", pipeline.retry),
    ("/pipeline/dead-letters/{id}/discard", pipeline.discard),
)
"""Addresses that forms post to."""
ACCOUNT_CHANGES: Final[tuple[tuple[str, View], ...]] = (
    ("/account/tokens", account.add_token),
    ("/account/tokens/{id}/revoke", account.revoke_token),
    ("/admin/accounts", people.add),
    ("/admin/accounts/{name}", people.change),
    ("/admin/accounts/{name}/disable", people.disable),
    ("/admin/accounts/{name}/enable", people.enable),
    ("/admin/accounts/{name}/end-sessions", people.end_sessions),
    ("/admin/accounts/{name}/unlock", people.unlock),
    ("/admin/accounts/{name}/password", people.reset_password),
)
"""Such addresses where there are accounts."""
RIGHTS: Final[Mapping[str, Scope]] = {
    **dict.fromkeys(
        (
            "/start",
            "/start/arrived",
            "/subscriptions/new",
            BACKTEST,
            "/feeds/add",
            "/feeds/import",
            "/subscriptions/tagged",
            "/subscriptions/{id}/edit",
            "/subscriptions/{id}/copy",
            "/subscriptions/{id}/remove",
            "/feeds/{id}/edit",
            "/feeds/{id}/remove",
        ),
        "write",
    ),
    "/pipeline/dead-letters/{id}/retry": "admin",
    "/pipeline/dead-letters/{id}/discard": "admin",
    "/account/tokens": "read",
    "/account/tokens/{id}/revoke": "read",
    **{
        path: "admin"
        for path, _ in (*ACCOUNT_LISTS, *ACCOUNT_PAGES, *ACCOUNT_CHANGES)
        if path.startswith("/admin/")
    },
}
"""Rights that addresses need where people sign in; others need `read`, and forms `write`.

Pages that are nothing but a form need what the form needs; no page leads there who may not send it.
"""
