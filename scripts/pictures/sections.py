"""The page of the documents that shows every page of the console: its sections and captions."""

from typing import Final

from scripts.pictures.pages import PAGES, Shown

SECTIONS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "First run",
        (
            ("start", "The four steps to the first alert, all done."),
            ("start-word", "A word is tried before it becomes an alert: its reading, its matches."),
            ("start-broken", "A query that cannot be read, with the place of the fault."),
        ),
    ),
    (
        "Reading the news",
        (
            ("now", "What happens: articles an hour, developing stories, newest alerts, feeds."),
            ("search", "A search: its reading, its matches over time, facets, articles."),
            ("search-start", "The empty search with queries to begin with."),
            ("search-story", "Each story once, and a clause that excludes a source."),
            ("search-broken", "A query that cannot be read, and a repair to click."),
            ("search-typed", "The same while it is typed, before it is sent."),
            ("search-none", "A search that matches nothing."),
            ("stories", "Stories of several articles, the newest first."),
            ("story", "A story: who had it when, its articles, quotes and names."),
            ("article", "An article with its names marked, and what is known of it."),
            ("entities", "People, organisations and places by how often they are named."),
            ("entities-none", "A beginning that no name has."),
            ("entity", "A place: its days, articles, stories, and who is named with it."),
        ),
    ),
    (
        "Alerts and subscriptions",
        (
            ("alerts", "The inbox: stories that alerted, why, and what can be done with them."),
            ("alerts-none", "A view of the inbox without stories."),
            ("alert", "An alert: what matched, and where it was delivered."),
            ("subscriptions", "All subscriptions with their channels and alerts."),
            ("subscription", "A subscription: its query in words, its days, channels, alerts."),
            ("subscribe", "A new subscription beside what it would have found."),
            ("subscribe-blank", "The same form before a query is written."),
            ("subscribe-refused", "A channel that cannot be read, and what would work."),
            ("subscription-edit", "Editing a subscription beside what the change makes of it."),
            ("subscription-copy", "A copy gets a name of its own."),
            ("subscriptions-tagged", "All subscriptions of a tag are changed at once."),
            ("subscription-tested", "What became of a test message."),
            ("subscription-remove", "Removing a subscription is asked once more."),
            ("messages", "The form of messages: templates, and the newest alert in it."),
            ("messages-tried", "A template tried on the newest alert."),
            ("messages-broken", "A template that cannot be read."),
            ("feed-address", "The secret address of a feed for newsreaders, shown once."),
            ("secret", "The secret of a new webhook, shown once."),
            ("reports", "Reports of a day, and those that are sent on a schedule."),
            ("report", "A report: stories of a day, their articles, and who is quoted."),
            ("report-scheduled", "The report was scheduled; the secret of its webhook."),
        ),
    ),
    (
        "Feeds and the pipeline",
        (
            ("feeds", "All feeds, how they fare, when they are polled."),
            ("feed", "A feed that cannot be read, and why."),
            ("feed-edit", "Editing a feed."),
            ("feed-remove", "Removing a feed is asked once more."),
            ("feed-add", "Adding a feed by the address of its site."),
            ("feed-add-refused", "An address that is none of a feed."),
            ("feed-import", "Importing a list of feeds."),
            ("pipeline", "Counts, polls, and what each stage has waiting."),
            ("dead-letters", "Records that could not be processed."),
        ),
    ),
    (
        "For receivers of mails",
        (
            ("unsubscribe", "A link of a mail asks before it ends the mails."),
            ("unsubscribe-done", "Mails of a subscription that has ended them."),
            ("unsubscribe-cut", "A link that a mail program cut."),
            ("unsubscribe-gone", "A subscription that does not exist any more."),
            ("mute", "A link of a mail that mutes a subscription asks for how long."),
            ("mute-done", "The subscription is muted."),
        ),
    ),
    (
        "What is not there, and what is refused",
        (
            ("missing", "No such page."),
            ("missing-subscription", "No such subscription."),
            ("refused", "A value of an address that cannot be read."),
        ),
    ),
    (
        "Before anything is there",
        (
            ("empty-start", "The first run of an empty Pantau."),
            ("empty-now", "Now, with the steps that are left."),
            ("empty-search", "The search."),
            ("empty-found", "A search over no articles."),
            ("empty-stories", "Stories."),
            ("empty-entities", "Names."),
            ("empty-alerts", "The inbox."),
            ("empty-subscriptions", "Subscriptions."),
            ("empty-subscribe", "A new subscription without anything to try it on."),
            ("empty-reports", "Reports."),
            ("empty-feeds", "Feeds."),
            ("empty-pipeline", "The pipeline."),
            ("empty-dead-letters", "Records that could not be processed."),
        ),
    ),
    (
        "With long names, titles, queries and addresses",
        (
            ("long-now", "Now."),
            ("long-search", "A search with a query of 40 words."),
            ("long-broken", "The same query with a fault at its end."),
            ("long-stories", "Stories."),
            ("long-story", "A story."),
            ("long-article", "An article."),
            ("long-entities", "Names."),
            ("long-entity", "An organisation."),
            ("long-alerts", "The inbox."),
            ("long-alert", "An alert."),
            ("long-subscriptions", "Subscriptions."),
            ("long-subscription", "A subscription."),
            ("long-subscribe", "A new subscription."),
            ("long-edit", "Editing a subscription."),
            ("long-messages", "The form of messages."),
            ("long-remove", "Removing a subscription."),
            ("long-reports", "Reports."),
            ("long-report", "A report."),
            ("long-feeds", "Feeds."),
            ("long-feed", "A feed."),
        ),
    ),
    (
        "With accounts",
        (
            ("sign-in", "Signing in by a password."),
            ("sign-in-refused", "A wrong name or password."),
            ("sign-in-provider", "Signing in by the provider of an organisation, too."),
            ("sign-in-ended", "After signing out."),
            ("people-now", "Now, for a person who is signed in."),
            ("people-subscriptions", "Subscriptions for a reader, who changes nothing."),
            ("account", "One's own account: tokens and password."),
            ("account-first", "An account whose password somebody else has seen."),
            ("account-refused", "A new password that was mistyped."),
            ("token", "A token for programs, shown once."),
            ("people", "The people who have an account."),
            ("people-refused", "A name that is taken."),
            ("person", "A person: role, teams, access."),
            ("person-locked", "A person who is locked out for a while."),
            ("first-password", "A new password for a person, shown once."),
            ("audit", "The audit log: who did what, when, and from where."),
            ("audit-none", "A name that the audit log does not have."),
            ("forbidden", "A page that a role does not permit."),
        ),
    ),
)
"""Sections of the page, and in each the names of `PAGES` with a caption."""
FOLDER: Final = "../pictures/pages"
"""Where the sheets are, as seen from the page."""
ADDRESS_LIMIT: Final = 70
_HEAD: Final = """<!-- Generated by scripts.pictures.sections; do not edit: make picture-sheets. -->

# Every page of the console

Each sheet shows one page eight times: above light, below dark; from the left on a desk (1,280
pixels wide) and on a phone (390) in Indonesian, then on both in English. A page that is longer
than {longest:,} pixels is cut there. The news are those of `pantau demo`, made up as all names are.
A click shows the sheet in its full size. `make picture-sheets` draws them anew.
"""


def page_text(longest: int) -> str:
    """Return the page of the documents; pictures end at `longest` pixels."""
    known = {one.name: one for one in PAGES}
    parts = [_HEAD.format(longest=longest)]
    for title, entries in SECTIONS:
        parts.append(f"\n## {title}\n")
        parts += [_entry(known[name], caption) for name, caption in entries]
    return "".join(parts)


def _entry(shown: Shown, caption: str) -> str:
    address = shown.path if len(shown.path) <= ADDRESS_LIMIT else f"{shown.path[:ADDRESS_LIMIT]}…"
    sheet = f"{FOLDER}/{shown.name}.webp"
    return f"\n### {shown.name}\n\n{caption} `{address}`\n\n[![{caption}]({sheet})]({sheet})\n"
