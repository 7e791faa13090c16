"""Every page of the console that people can see, and how it is reached.

The pictures and the tests of accessibility take their pages from this list. A test compares it with
the routes of the application, so that no new page is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Literal
from urllib.parse import quote

from playwright.sync_api import Page

Scene = Literal["news", "empty", "long", "people", "provider"]
"""The data that a page is shown over; see `scenes`."""
PASSWORD: Final = "kuda laut biru 7"  # noqa: S105 (of accounts that exist for the pictures alone)
WORDS: Final = (
    "banjir", "longsor", "gempa", "kebakaran", "kekeringan", "puting", "rob", "erupsi", "abrasi",
    "pengungsi", "tanggul", "bendungan", "logistik", "evakuasi", "posko", "relawan", "bantuan",
    "korban", "kerusakan", "darurat",
)  # fmt: skip
TURN: Final = "{turn}"
_turns: Final = count(1)
LONG_QUERY: Final = " OR ".join(f"({word} AND Semarang)" for word in WORDS)
"""A query of 40 words."""


@dataclass(frozen=True, slots=True)
class Served:
    """A console: its address, and the ids of things to show."""

    address: str
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: where it is, and what is done there until it is seen.

    `path` names ids of the scene in braces. `fills` are fields by their selector, without a text
    what is clicked; `TURN` in a text is another number each time, for what cannot be sent twice.
    Then `awaits` has to appear, and `presses` is clicked. `signed_in` is the account that sees it.
    """

    name: str
    path: str
    scene: Scene = "news"
    fills: Mapping[str, str] = field(default_factory=dict)
    awaits: str = ""
    presses: str = ""
    signed_in: str = ""


def _posted(to: str) -> str:
    return f'form[action="{to}"] button'


_ONE: Final = "/subscriptions/{subscription}"
PAGES: Final = (
    Shown("now", "/"),
    Shown("start", "/start"),
    Shown("start-word", "/start?q=banjir"),
    Shown("start-broken", "/start?q=(banjir"),
    Shown("search", "/search?q=banjir"),
    Shown("search-start", "/search"),
    Shown("search-story", "/search?q=banjir+AND+NOT+source%3Akabar.example&by=story"),
    Shown("search-broken", "/search?q=banjir+AND+OR"),
    Shown(
        "search-typed",
        "/search",
        fills={"#q": "banjir AND (Demak OR"},
        awaits="#reading .note",
    ),
    Shown("search-none", "/search?q=tidakada"),
    Shown("stories", "/stories"),
    Shown("story", "/stories/{story}"),
    Shown("article", "/articles/{article}?q=banjir"),
    Shown("entities", "/entities"),
    Shown("entities-none", "/entities?match=tidakada"),
    Shown("entity", "/entities/place/{place}"),
    Shown("alerts", "/alerts"),
    Shown("alerts-none", "/alerts?view=starred"),
    Shown("alert", "/alerts/{alert}"),
    Shown("subscriptions", "/subscriptions"),
    Shown("subscription", _ONE),
    Shown("subscribe", "/subscriptions/new?q=banjir"),
    Shown("subscribe-blank", "/subscriptions/new"),
    Shown(
        "subscribe-refused",
        "/subscriptions/new",
        fills={"#q": "banjir", "#to": "surat:meja@redaksi.example"},
        presses="main .form button.main",
    ),
    Shown("subscription-edit", f"{_ONE}/edit"),
    Shown("subscription-copy", f"{_ONE}/copy"),
    Shown("subscriptions-tagged", "/subscriptions/tagged?tag=harian"),
    Shown(
        "subscription-tested",
        "/subscriptions/{mailed}",
        presses=_posted("/subscriptions/{mailed}/test"),
    ),
    Shown("long-edit", f"{_ONE}/edit", "long"),
    Shown("subscription-remove", f"{_ONE}/remove"),
    Shown("messages", f"{_ONE}/messages"),
    Shown(
        "messages-tried",
        f"{_ONE}/messages",
        fills={
            "#subject": "{{ name }}: {{ stories|length }} berita",
            "#text": "{% for one in stories %}{{ one.title }}\n{{ one.link }}\n{% endfor %}",
        },
        presses='button[value="preview"]',
    ),
    Shown(
        "messages-broken",
        f"{_ONE}/messages",
        fills={"#text": "{% for one in stories %}{{ one.title }}"},
        presses='button[value="save"]',
    ),
    Shown("feed-address", _ONE, presses=_posted(f"{_ONE}/feed-address")),
    Shown(
        "secret",
        "/subscriptions/new",
        fills={"#q": "longsor AND Garut", "#to": "webhook:https://redaksi.example/kabar/{turn}"},
        presses="main .form button.main",
    ),
    Shown("reports", "/reports"),
    Shown("report", "/reports/today?subscription={subscription}"),
    Shown(
        "report-scheduled",
        "/reports",
        fills={
            "details.card:not([open]) summary": "",
            "#s-to": "webhook:https://redaksi.example/pagi/{turn}",
        },
        presses=_posted("/reports/schedule"),
    ),
    Shown("feeds", "/feeds"),
    Shown("feed", "/feeds/{feed}"),
    Shown("feed-edit", "/feeds/{feed}/edit"),
    Shown("feed-remove", "/feeds/{feed}/remove"),
    Shown("feed-add", "/feeds/add"),
    Shown(
        "feed-add-refused",
        "/feeds/add",
        fills={"#url": "ftp://kabar.example"},
        presses=_posted("/feeds/add"),
    ),
    Shown("feed-import", "/feeds/import"),
    Shown("pipeline", "/pipeline"),
    Shown("dead-letters", "/pipeline/dead-letters"),
    Shown("unsubscribe", "/unsubscribe/{unsubscribe}"),
    Shown("unsubscribe-done", "/unsubscribe/{unsubscribe_other}"),
    Shown("unsubscribe-cut", "/unsubscribe/terpotong"),
    Shown("unsubscribe-gone", "/unsubscribe/{unsubscribe_gone}"),
    Shown("mute", "/mute/{mute}"),
    Shown("mute-done", "/mute/{mute}", presses="main button"),
    Shown("missing", "/nowhere"),
    Shown("missing-subscription", "/subscriptions/tidakada"),
    Shown("refused", "/stories?since=lusa"),
    # Nothing is there yet.
    Shown("empty-start", "/start", "empty"),
    Shown("empty-now", "/start", "empty", presses=_posted("/start/skip")),
    Shown("empty-search", "/search", "empty"),
    Shown("empty-found", "/search?q=banjir", "empty"),
    Shown("empty-stories", "/stories", "empty"),
    Shown("empty-entities", "/entities", "empty"),
    Shown("empty-alerts", "/alerts", "empty"),
    Shown("empty-subscriptions", "/subscriptions", "empty"),
    Shown("empty-subscribe", "/subscriptions/new?q=banjir", "empty"),
    Shown("empty-reports", "/reports", "empty"),
    Shown("empty-feeds", "/feeds", "empty"),
    Shown("empty-pipeline", "/pipeline", "empty"),
    Shown("empty-dead-letters", "/pipeline/dead-letters", "empty"),
    # Everything is long: names, titles, queries, addresses.
    Shown("long-now", "/", "long"),
    Shown("long-search", f"/search?q={quote(LONG_QUERY)}", "long"),
    Shown("long-broken", f"/search?q={quote(LONG_QUERY)}+AND+OR", "long"),
    Shown("long-stories", "/stories", "long"),
    Shown("long-story", "/stories/{story}", "long"),
    Shown("long-article", "/articles/{article}?q=banjir", "long"),
    Shown("long-entities", "/entities", "long"),
    Shown("long-entity", "/entities/organization/{organization}", "long"),
    Shown("long-alerts", "/alerts", "long"),
    Shown("long-alert", "/alerts/{alert}", "long"),
    Shown("long-subscriptions", "/subscriptions", "long"),
    Shown("long-subscription", _ONE, "long"),
    Shown("long-subscribe", f"/subscriptions/new?q={quote(LONG_QUERY)}", "long"),
    Shown("long-messages", f"{_ONE}/messages", "long"),
    Shown("long-remove", f"{_ONE}/remove", "long"),
    Shown("long-reports", "/reports", "long"),
    Shown("long-report", "/reports/today?subscription={subscription}", "long"),
    Shown("long-feeds", "/feeds", "long"),
    Shown("long-feed", "/feeds/{feed}", "long"),
    # People sign in.
    Shown("sign-in", "/sign-in", "people"),
    Shown(
        "sign-in-refused",
        "/sign-in",
        "people",
        fills={"#name": "sari", "#password": "salah salah 12"},
        presses="main button",
    ),
    Shown("sign-in-provider", "/sign-in", "provider"),
    Shown("sign-in-ended", "/sign-in?ended=1", "provider"),
    Shown("people-now", "/", "people", signed_in="sari"),
    Shown("people-subscriptions", "/subscriptions", "people", signed_in="dewi"),
    Shown("account", "/account", "people", signed_in="sari"),
    Shown("account-first", "/account", "people", signed_in="rini"),
    Shown(
        "account-refused",
        "/account",
        "people",
        fills={"#current": PASSWORD, "#new": "kuda laut hijau 8", "#again": "kuda laut hijau 9"},
        presses=_posted("/account/password"),
        signed_in="sari",
    ),
    Shown(
        "token",
        "/account",
        "people",
        fills={"#token": "papan pantau"},
        presses=_posted("/account/tokens"),
        signed_in="sari",
    ),
    Shown("people", "/admin/accounts", "people", signed_in="sari"),
    Shown(
        "people-refused",
        "/admin/accounts",
        "people",
        fills={"#name": "sari"},
        presses=_posted("/admin/accounts"),
        signed_in="sari",
    ),
    Shown("person", "/admin/accounts/budi", "people", signed_in="sari"),
    Shown("person-locked", "/admin/accounts/tono", "people", signed_in="sari"),
    Shown(
        "first-password",
        "/admin/accounts/rini",
        "people",
        presses=_posted("/admin/accounts/rini/password"),
        signed_in="sari",
    ),
    Shown("audit", "/admin/audit", "people", signed_in="sari"),
    Shown("audit-none", "/admin/audit?name=tidakada", "people", signed_in="sari"),
    Shown("forbidden", "/admin/accounts", "people", signed_in="dewi"),
)
"""In the order in which people would meet them."""


def open_page(page: Page, console: Served, shown: Shown) -> None:
    """Open a page of a console, and do what leads to what is shown. Return once it is complete.

    Whoever it is for is signed in: see `sign_in`.
    """
    page.goto(console.address + shown.path.format_map(console.ids), wait_until="load")
    for place, text in shown.fills.items():
        if text:
            page.fill(place, text.replace(TURN, str(next(_turns))))
        else:
            page.locator(place).first.click()
    if shown.awaits:
        page.locator(shown.awaits).first.wait_for()
    if shown.presses:
        pressed = page.locator(shown.presses.format_map(console.ids)).first
        # What cannot be taken back stands in a part that a first click opens.
        pressed.evaluate(
            "one => { const part = one.closest('details'); if (part) part.open = true }"
        )
        with page.expect_navigation(wait_until="load"):
            pressed.click()
    # A part that the page did not wait for takes the place of the button that asks for it.
    page.locator("[data-now]").wait_for(state="detached")


def sign_in(page: Page, console: Served, name: str) -> None:
    """Open a session of an account of a scene."""
    page.goto(f"{console.address}/sign-in")
    page.fill("#name", name)
    page.fill("#password", console.ids.get(f"password_{name}", PASSWORD))
    with page.expect_navigation():
        page.click("main .form button")
