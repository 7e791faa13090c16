"""Each operation does what its use case does, through the interface."""

from typing import Any
from urllib.parse import quote

import pytest

from pantau_schemas.ids import alert_id, digest_id
from tests.apis import ApiClient

ARTICLE = digest_id("demak-1")
ALERT = alert_id("banjir", ARTICLE)


def walked(client: ApiClient, path: str, **params: Any) -> list[list[dict[str, Any]]]:
    """Return all pages of a list."""
    pages, cursor = [], None
    while True:
        given = params if cursor is None else {**params, "cursor": cursor}
        answer = client.get(path, given)
        assert answer.status == 200, answer.content
        pages.append(answer.json()["items"])
        cursor = answer.json()["cursor"]
        if cursor is None:
            return pages


@pytest.mark.parametrize(
    ("path", "params", "key"),
    [
        ("/search", {"query": "banjir", "limit": 5}, "article_id"),
        ("/search", {"query": "*", "limit": 1, "by_story": True}, "article_id"),
        ("/subscriptions", {"limit": 4}, "subscription_id"),
        ("/feeds", {"limit": 1}, "feed_id"),
        ("/entities", {"limit": 3}, "name"),
        ("/inbox", {"limit": 2, "state": "all"}, "story_id"),
        ("/channels", {"limit": 1}, "channel_id"),
    ],
)
def test_pages_have_everything_once(
    client: ApiClient, path: str, params: dict[str, Any], key: str
) -> None:
    pages = walked(client, path, **params)
    assert len(pages) > 1
    assert all(len(one) <= params["limit"] for one in pages)
    ids = [one[key] for page in pages for one in page]
    (whole,) = walked(client, path, **{**params, "limit": 200})
    assert ids == [one[key] for one in whole]
    assert len(set(ids)) == len(ids)


def test_pages_of_stories_are_of_the_time_of_the_first(client: ApiClient) -> None:
    (whole,) = walked(client, "/stories", since="30d")
    first = client.get("/stories", {"since": "30d", "limit": 1}).json()
    found = [first["items"], *walked(client, "/stories", limit=1, cursor=first["cursor"])]
    assert [one["story_id"] for page in found for one in page] == [one["story_id"] for one in whole]


@pytest.mark.parametrize("path", ["/alerts", "/dead-letters", "/entities", "/inbox", "/stories"])
@pytest.mark.parametrize("cursor", ["x", "~~~", "1~", "9" * 30, f"{'9' * 18}~1~1"])
def test_a_cursor_of_no_page_is_refused(client: ApiClient, path: str, cursor: str) -> None:
    answer = client.get(path, {"cursor": cursor})
    assert (answer.status, answer.json()["code"]) == (400, "api.no-cursor")


def test_pages_of_alerts_have_everything_once(client: ApiClient) -> None:
    pages = walked(client, "/alerts", limit=5)
    ids = [one["alert"]["alert_id"] for page in pages for one in page]
    (whole,) = walked(client, "/alerts", limit=200)
    assert len(pages) > 1
    assert ids == [one["alert"]["alert_id"] for one in whole]
    some = client.get("/alerts", {"subscription": "surat"}).json()["items"]
    assert {one["alert"]["subscription_id"] for one in some} == {"surat"}
    for wrong in ("x", "1~x", "~", "9" * 30, f"1~{ids[0]}"):
        answer = client.get("/alerts", {"cursor": wrong})
        assert (answer.status, answer.json()["code"]) == (400, "api.no-cursor")


def test_a_search_finds_what_an_alert_was_raised_for(client: ApiClient) -> None:
    found = client.get(
        "/search", {"query": "Demak", "source": ["kabar.example", "lintas.example"], "since": "1d"}
    ).json()
    assert {one["source"] for one in found["items"]} == {"kabar.example", "lintas.example"}
    assert all(one["snippets"] for one in found["items"])
    alert = client.get(f"/alerts/{ALERT}").json()
    assert alert["alert"]["article"]["article_id"] == ARTICLE
    assert [one["channel"] for one in alert["deliveries"]] == ["terminal"]
    told = client.get(f"/articles/{ARTICLE}/reasons", {"subscription": "banjir"}).json()
    assert (told["matches"], told["alert_id"]) == (True, ALERT)
    assert told["clauses"]
    other = client.get(f"/articles/{ARTICLE}/reasons", {"subscription": "surat"}).json()
    assert (other["matches"], other["alert_id"]) == (False, None)
    assert other["missing"]


def test_an_article_is_whole_and_its_story_names_it(client: ApiClient) -> None:
    article = client.get(f"/articles/{ARTICLE}").json()
    assert "sepuluh dapur umum" in article["text"]
    assert article["quotations"]
    stories = client.get("/stories", {"sources": 2}).json()["items"]
    wholes = [client.get(f"/stories/{one['story_id'][:8]}").json() for one in stories]
    (whole,) = (
        story for story in wholes if ARTICLE in {one["article_id"] for one in story["articles"]}
    )
    assert whole["quotations"][0]["speaker"] == "Suharyanto"


def test_a_query_is_checked_and_explained(client: ApiClient) -> None:
    told = client.send("POST", "/queries/check", {"query": "banjir AND (Demak"}).json()
    assert (told["ok"], told["notes"][0]["severity"]) == (False, "error")
    told = client.send("POST", "/queries/check", {"query": "banjir"}).json()
    assert (told["ok"], told["notes"]) == (True, [])
    told = client.send(
        "POST", "/queries/explain", {"query": "gempa AND NOT banjir"}, accept_language="id"
    ).json()
    assert "gempa" in told["reading"]
    assert told["stored"]["matches"] == 1


def test_a_subscription_lives_and_ends(client: ApiClient) -> None:
    sent = {
        "query": "kebakaran hutan",
        "name": "Api",
        "channels": ["terminal", "webhook:https://example.org/in?key=abc"],
        "tags": ["alam"],
        "rules": {"digest": "daily@07:00", "articles": "first"},
    }
    made = client.send("POST", "/subscriptions", sent)
    assert made.status == 201, made.content
    one = made.json()["subscription"]
    assert (one["status"], one["rules"]["timing"]["kind"]) == ("live", "digest")
    shown = [each["channel"] for each in one["channels"]]
    assert shown == ["terminal", "webhook:https://example.org/in?…"]
    path = f"/subscriptions/{one['subscription_id']}"

    assert client.send("POST", f"{path}/pause").json()["status"] == "paused"
    assert client.send("POST", f"{path}/resume").json()["status"] == "live"
    muted = client.send("POST", f"{path}/mute", {"until": "2d"}).json()
    assert muted["rules"]["mute"]["until"] is not None
    assert client.send("POST", f"{path}/unmute").json()["rules"]["mute"] is None
    tried = client.send("POST", f"{path}/test").json()["items"]
    assert [each["sent"] for each in tried] == [True, False]
    changed = client.send("PATCH", path, {"query": "kebakaran lahan", "rules": {"at_once": True}})
    assert changed.json()["subscription"]["query"] == "kebakaran lahan"
    assert changed.json()["subscription"]["rules"]["timing"]["kind"] == "immediate"
    assert changed.json()["subscription"]["tags"] == ["alam"]
    assert client.send("PATCH", path, {}).json()["code"] == "subscriptions.no-change"
    both = client.send("POST", f"{path}/mute", {"until": "2d", "until_growth": True}).json()
    assert both["detail"].startswith("until and until_growth contradict")
    wrong = client.send("PATCH", path, {"channels": ["sms:1"]}).json()
    assert wrong["detail"].startswith("channels 'sms:1': ")
    assert client.send("DELETE", path).json() == {"removed": one["subscription_id"]}
    assert client.get(path).status == 404


def test_what_is_doubtful_needs_a_confirmation(client: ApiClient) -> None:
    doubted = client.send("POST", "/subscriptions", {"query": "*"})
    assert (doubted.status, doubted.json()["code"]) == (409, "subscriptions.doubt-everything")
    assert "set confirm to true" in doubted.json()["detail"]
    made = client.send("POST", "/subscriptions", {"query": "*", "confirm": True})
    assert made.status == 201
    path = f"/subscriptions/{made.json()['subscription']['subscription_id']}"
    renamed = client.send("PATCH", path, {"name": "Banjir"})
    assert renamed.status == 409
    assert client.send("PATCH", path, {"name": "Banjir", "confirm": True}).status == 200
    assert client.send("DELETE", path).status == 200


def test_a_preview_counts_what_would_have_been_sent(client: ApiClient) -> None:
    told = client.send("POST", "/subscriptions/preview", {"subscription": "banjir"}).json()
    assert told["alerts"] == len(told["messages"]) > 1
    fewer = {"query": "banjir", "rules": {"digest": "daily@07:00"}}
    asked = {"subscription": "banjir", "since": "2026-01-01", "contents": 2}
    shown = client.send("POST", "/subscriptions/preview", asked).json()
    newest = [one["message_id"] for one in shown["messages"]][-2:]
    assert [one["message_id"] for one in shown["contents"]] == newest
    assert all(one["subject"].startswith("[") and one["text"] for one in shown["contents"])
    told = client.send("POST", "/subscriptions/preview", fewer).json()
    assert (told["subscription_id"], told["messages"]) == ("preview", [])
    assert told["waiting"] == told["alerts"]
    nothing = client.send("POST", "/subscriptions/preview", {})
    assert (nothing.status, nothing.json()["code"]) == (400, "api.no-preview")


def test_a_feed_lives_and_ends(client: ApiClient) -> None:
    made = client.send("POST", "/feeds", {"url": "baru.example/rss", "tags": ["kota"]})
    assert made.status == 200, made.content
    assert made.json()["outcome"] == "added"
    path = f"/feeds/{made.json()['feed']['feed_id']}"
    etag = client.get(path).headers["etag"]
    changed = client.send(
        "PATCH", path, {"source": "baru", "add_tags": ["desa"]}, if_match=etag
    ).json()
    assert (changed["source"], changed["tags"]) == ("baru", ["kota", "desa"])
    stale = client.send("PATCH", path, {"source": "lama"}, if_match=etag)
    assert stale.status == 412
    reset = client.send("PATCH", path, {"resets": ["source", "tags"]}).json()
    assert (reset["source"], reset["tags"]) == (None, [])
    assert client.send("POST", f"{path}/pause").json()["status"] == "paused"
    assert client.send("POST", f"{path}/resume").json()["status"] == "new"
    assert client.send("POST", f"{path}/poll").status == 200
    assert client.send("DELETE", path).status == 200
    assert client.get(path).status == 404


def test_an_address_without_one_feed_is_not_watched(client: ApiClient) -> None:
    several = client.send("POST", "/feeds", {"url": "https://beberapa.example"})
    assert (several.status, several.json()["code"]) == (422, "api.several-feeds")
    assert "https://satu.example/rss" in several.json()["detail"]
    dead = client.send("POST", "/feeds", {"url": "https://mati.example/x"})
    assert (dead.status, dead.json()["code"]) == (422, "api.no-feed")


def test_passwords_of_feeds_are_never_shown(client: ApiClient) -> None:
    shown = client.get("/feeds", {"limit": 1_000}).content.decode()
    assert "rahasia.example" in shown
    assert "sandi" not in shown


def test_feeds_are_found_by_their_state_and_words(client: ApiClient) -> None:
    (bad,) = client.get("/feeds", {"status": "error"}).json()["items"]
    assert bad["problem"].startswith("no such host")
    (good,) = client.get("/feeds", {"match": "bencana"}).json()["items"]
    assert good["title"] == "Kabar Nusantara"


def test_the_status_counts_and_dead_letters_close(client: ApiClient) -> None:
    status = client.get("/status").json()
    assert (status["articles"], status["dead_letters"], status["lags"]) == (18, 1, {"enricher": 0})
    (letter,) = client.get("/dead-letters", {"stage": "enricher"}).json()["items"]
    path = f"/dead-letters/{letter['dead_letter_id']}"
    assert client.send("POST", f"{path}/retry").json()["put_back"] == 1
    assert client.get("/dead-letters").json()["items"] == []
    (closed,) = client.get("/dead-letters", {"closed": True}).json()["items"]
    assert closed["closed"] is True
    assert client.send("POST", f"{path}/discard").status == 200
    assert client.send("POST", "/dead-letters/nothing/retry").status == 404


def test_a_subscription_is_copied_without_its_history(client: ApiClient) -> None:
    made = client.send("POST", "/subscriptions/banjir/copy", {"name": "Banjir lagi"})
    assert made.status == 201, made.content
    one = made.json()["subscription"]
    assert (one["name"], one["query"]) == ("Banjir lagi", "banjir AND Demak")
    assert one["alerts_in_7_days"] == 0
    taken = client.send("POST", "/subscriptions/banjir/copy", {"name": "Banjir lagi"})
    assert taken.status == 409
    assert client.send("DELETE", f"/subscriptions/{one['subscription_id']}").status == 200


def test_a_list_of_names_grows_and_is_kept_while_it_is_used(client: ApiClient) -> None:
    made = client.send("PATCH", "/lists/sungai", {"add": ["Wulan|Kali Wulan", "Serang"]})
    assert made.status == 200, made.content
    assert made.json()["list"]["values"] == 3
    asked = {"query": "@sungai AND luber", "language": "pantau", "name": "Sungai"}
    user = client.send("POST", "/subscriptions", asked).json()["subscription"]["subscription_id"]
    (listed,) = client.get("/lists").json()["items"]
    assert listed["subscriptions"] == [user]
    changed = client.send("PATCH", "/lists/sungai", {"remove": ["Serang"]}).json()
    assert [one["value"] for one in changed["entries"]] == ["Wulan"]
    kept = client.send("DELETE", "/lists/sungai")
    assert (kept.status, kept.json()["code"]) == (409, "lists.in-use")
    assert "set confirm to true" in kept.json()["detail"]
    assert client.ask("DELETE", "/lists/sungai?confirm=true").status == 200
    assert client.get("/lists/sungai").status == 404
    assert client.send("PATCH", "/lists/sungai", {}).json()["code"] == "lists.no-change"
    assert client.send("DELETE", f"/subscriptions/{user}").status == 200


def test_channels_are_listed_with_their_users_and_resumed(client: ApiClient) -> None:
    found = client.get("/channels").json()["items"]
    (one,) = [each for each in found if each["channel"] == "email:desk@example.org"]
    assert one["subscriptions"] == ["surat"]
    again = client.send("POST", f"/channels/{one['channel_id']}/resume")
    assert again.json()["channel"] == "email:desk@example.org"
    assert client.get("/channels", {"ill": True}).status == 200
    assert client.send("POST", "/channels/nothing/resume").status == 404


@pytest.mark.parametrize(
    "name",
    ["%0Abanjir", "ban%0Ajir", "banjir%0A", "%0D%0A", "%0A%0A", "%C2%85x", "%E2%80%A8", "%01"],
)
def test_whatever_characters_a_segment_has_it_is_one(client: ApiClient, name: str) -> None:
    """A line break is no end of a path: the operation answers, and not the table of routes."""
    for path in (f"/subscriptions/{name}", f"/subscriptions/{name}/template", f"/feeds/{name}"):
        answer = client.get(path)
        assert answer.status == 404
        assert answer.json()["code"] in {"subscriptions.missing", "feeds.missing"}, path
    assert client.get(f"/{name}").json()["code"] == "api.no-route"


def test_addresses_and_names_with_slashes_are_one_segment(client: ApiClient) -> None:
    made = client.send("POST", "/feeds", {"url": "https://garis.example/rss/a", "check": False})
    path = f"/feeds/{quote('https://garis.example/rss/a', safe='')}"
    assert client.get(path).json()["feed_id"] == made.json()["feed"]["feed_id"]
    assert client.send("POST", f"{path.replace('%2F', '%2f')}/pause").json()["status"] == "paused"
    assert client.send("DELETE", path).status == 200
    for name in ("Banjir/Longsor", "Banjir%2FLongsor"):
        client.send("POST", "/subscriptions", {"query": f'"{name}"', "name": name})
        found = client.get(f"/subscriptions/{quote(name, safe='')}")
        assert (found.status, found.json().get("name")) == (200, name)
        assert client.send("DELETE", f"/subscriptions/{quote(name, safe='')}").status == 200
    assert client.get("/feeds/a%2Fb/c").status == 404
    assert client.get("/feeds%2Fa").status == 404
