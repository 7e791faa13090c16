"""No page offers what the role of its person may not do: each link and form of every page is asked.

Pages are found by following links from the first page, as a person does.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from tests.unit.accounts.conftest import MARK, House

LEAST_PAGES = {"ani": 20, "dedi": 15, "cici": 15}
"""Pages that each person reaches at least: the editor, the reader, the administrator."""
LEFT = ("/language/", "/static/", "/sign-out", "/api/")
"""Beginnings of addresses that are not followed: files, a cookie, the end of the walk, programs."""


class Targets(HTMLParser):
    """Collects where a page leads: links, forms that ask, and forms that change something."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.posted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.asked.append(given.get("href") or "")
        elif tag == "form" and (given.get("method") or "get") == "get":
            self.asked.append(given.get("action") or "")
        elif tag == "form":
            self.posted.append(given.get("action") or "")
        elif tag == "button" and given.get("formaction"):
            self.asked.append(given["formaction"] or "")


def shape(address: str) -> str:
    """Return what addresses have in common that differ in ids, names and values."""
    parts = urlsplit(address).path.split("/")
    # An id has 26 letters and digits, a name of a page some letters.
    return "/".join(one if one.isalpha() and len(one) < 20 else "*" for one in parts)


def reached(house: House, name: str) -> Iterator[tuple[str, str, int]]:
    """Yield each address that the pages of a person lead to: method, address, status.

    Of addresses that differ only in their ids and values one is asked for.
    """
    waiting, known = ["/"], {"/"}
    posted: set[str] = set()
    while waiting:
        path = waiting.pop()
        reply = house.ask(name, "GET", path)
        yield "GET", path, reply.status
        if not reply.headers.get("content-type", "").startswith("text/html"):
            continue
        found = Targets()
        found.feed(reply.content.decode())
        for one in found.asked:
            if one.startswith("/") and not one.startswith(LEFT) and shape(one) not in known:
                known.add(shape(one))
                waiting.append(one)
        for one in found.posted:
            if one not in posted and not one.startswith(LEFT):
                posted.add(one)
                yield "POST", one, 0


@pytest.mark.parametrize("name", ["dedi", "ani", "cici"])
def test_no_page_offers_what_its_person_may_not_do(newsroom: House, name: str) -> None:
    found = list(reached(newsroom, name))
    pages = [one for one in found if one[0] == "GET"]
    assert len(pages) >= LEAST_PAGES[name]
    assert [one for one in pages if one[2] not in {200, 303}] == []
    # A form without its fields changes nothing that others look at, but says who may send it.
    empty = {"do": "", "name": ""}
    sent = [
        (path, newsroom.ask(name, "POST", path, empty).status)
        for method, path, _ in found
        if method == "POST" and (name == "dedi" or "/dead-letters/" in path)
    ]
    assert [one for one in sent if one[1] == 403] == []


def test_a_reader_is_not_shown_how_to_make_changes(newsroom: House) -> None:
    for path in ("/subscriptions", "/feeds", "/search?q=banjir", "/alerts", "/reports"):
        page = newsroom.ask("dedi", "GET", path).content.decode()
        assert 'method="post"' not in page
        assert "/new" not in page.replace("/alerts/new", "")
        assert "/feeds/add" not in page
    # An empty list leads those who may make a subscription to the search it begins with.
    lists = [
        newsroom.ask(name, "GET", "/subscriptions?match=zzzz")
        .content.decode()
        .partition("<main")[2]
        for name in ("ani", "dedi")
    ]
    assert ['href="/search"' in one for one in lists] == [True, False]
    for path in ("/subscriptions/new", "/feeds/add", "/start"):
        assert newsroom.ask("dedi", "GET", path).status == 403
        assert newsroom.ask("ani", "GET", path).status == 200


def test_a_subscription_is_edited_by_its_owners_alone(newsroom: House) -> None:
    path = "/subscriptions/taman-1"
    for name, status in (("ani", 200), ("dedi", 403), ("budi", 404)):
        for page in ("edit", "copy"):
            assert newsroom.ask(name, "GET", f"{path}/{page}").status == status
        if status != 200:
            for action in ("edit", "edit/backtest", "copy", "mute", "unmute", "test", "channel"):
                form = {"do": "save", "q": "x", "name": "x"}
                assert newsroom.ask(name, "POST", f"{path}/{action}", form).status == status
    assert newsroom.ask("budi", "GET", f"/subscriptions/tagged?tag={MARK}").status == 404
    assert newsroom.ask("dedi", "GET", f"/subscriptions/tagged?tag={MARK}").status == 403
    shown = newsroom.ask("dedi", "GET", path).content.decode()
    assert "/edit" not in shown
    assert "/copy" not in shown


def test_keys_are_explained_only_where_they_work(newsroom: House) -> None:
    for name, path, explained in ((None, "/sign-in", False), ("ani", "/feeds", True)):
        page = newsroom.ask(name, "GET", path).content.decode()
        assert ("<footer>" in page) is explained, path
