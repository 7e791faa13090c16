"""Feeds at secret addresses: made once, renewed, ended, and nothing else leads to them."""

import re
from collections.abc import Iterator

import pytest

from pantau.adapters.files.raw_search import search_folder
from pantau.console.access import shown_path
from pantau_schemas.topics import FEED_ADDRESSES
from tests.atom import entries_of, link, read_atom
from tests.consoles import Client, filled, serving_console

from .conftest import Newsroom

EN = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    found = filled(tmp_path_factory.mktemp("feeds"))
    yield found
    found[0].close()


@pytest.fixture(scope="module")
def desk(room: Newsroom) -> Iterator[Client]:
    with serving_console(*room) as address:
        yield Client(address)


def made(desk: Client) -> str:
    """Return the path of a new address, without its ending, as the page shows it."""
    answer = desk.post("/subscriptions/banjir/feed-address")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    found = re.search(r"(/s/[a-z2-7]{26}-[A-Za-z0-9_-]{43})\.atom", answer.text)
    assert found is not None
    return found[1]


def test_a_newsreader_gets_the_alerts_without_a_cookie(desk: Client) -> None:
    path = made(desk)
    atom = desk.get(f"{path}.atom")
    assert atom.status == 200
    assert "set-cookie" not in atom.headers
    root = read_atom(atom.content)
    assert link(root, "self") == f"{desk.address}{path}.atom"
    listed = desk.get("/alerts.json?subscription=banjir").json()["items"]
    assert len(entries_of(root)) == len(listed)
    feed = desk.get(f"{path}.json")
    assert feed.headers["content-type"].startswith("application/feed+json")
    named = {one["id"] for one in feed.json()["items"]}
    assert named == {f"urn:pantau:alert:{one['alert_id']}" for one in listed}
    etag = {"If-None-Match": atom.headers["etag"]}
    assert desk.get(f"{path}.atom", headers=etag).status == 304


def test_a_new_address_ends_the_former_and_an_end_ends_it(desk: Client) -> None:
    former = made(desk)
    path = made(desk)
    assert desk.get(f"{former}.atom").status == 404
    assert desk.get(f"{path}.atom").status == 200
    page = desk.get("/subscriptions/banjir", headers=EN).text
    assert "A new one ends the former" in page
    assert path not in page
    assert desk.post("/subscriptions/banjir/feed-address/end").status == 303
    assert desk.get(f"{path}.atom").status == 404
    assert "It has no address yet" in desk.get("/subscriptions/banjir", headers=EN).text


def test_whatever_is_no_address_is_not_found_and_not_logged(
    desk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    path = made(desk)
    front, _, secret = path.removeprefix("/s/").partition("-")
    wrong = [
        f"{front}-{secret[:-1]}.atom",
        f"{front}-{secret}x.atom",
        f"{front}-{secret.swapcase()}.atom",
        f"{front}-.atom",
        f"{front}.atom",
        f"-{secret}.atom",
        f"{front}-{secret}",
        f"{front}-{secret}.xml",
        f"{front}-{secret}.atom.json",
        f"{'x' * 5_000}.atom",
        "é.atom",
        ".atom",
        "%00.atom",
    ]
    answers = {desk.get(f"/s/{one}").status for one in wrong}
    assert answers == {404}
    assert not caplog.records
    assert shown_path(path) == "/s/..."


def test_only_a_digest_is_stored(desk: Client, room: Newsroom) -> None:
    secret = made(desk).removeprefix("/s/").partition("-")[2]  # which may hold hyphens
    stored = b"".join(
        value or b"" for value in room[0].log.table(FEED_ADDRESSES.name).snapshot().values.values()
    )
    assert stored
    assert secret.encode() not in stored
    assert search_folder(room[1].data, [b"/rss"])  # what is packed is looked through
    assert not search_folder(room[1].data, [secret.encode()])


def test_every_comparison_is_of_digests_in_constant_time(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(desk)
    compared: list[tuple[str, str]] = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr("hmac.compare_digest", compare)
    for name in (f"{path}.atom", "/s/nothing-x.atom"):
        desk.get(name)
    assert [(len(one), len(other)) for one, other in compared] == [(64, 64)] * 2


def test_programs_make_and_end_it_too(desk: Client) -> None:
    json_type = {"Content-Type": "application/json"}
    answer = desk.ask("POST", "/api/v1/subscriptions/banjir/feed-address", json_type, b"{}")
    assert answer.status == 201
    atom = answer.json()["atom"]
    assert desk.get(atom).status == 200
    assert desk.ask("DELETE", "/api/v1/subscriptions/banjir/feed-address", {}).status == 200
    assert desk.get(atom).status == 404
