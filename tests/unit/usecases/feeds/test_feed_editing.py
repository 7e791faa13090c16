"""Changes of the settings of feeds, as a function and by the command."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from pantau.cli import run
from pantau.errors import UsageError
from pantau.usecases.feeds.editing import (
    ACCESS_RESETS,
    RESETS,
    AskedAccess,
    AskedFields,
    FeedChanges,
    asked_changes,
    edited,
)
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_access import FeedAccess
from pantau_schemas.events.feed_page import PageSelectors

FEED = Feed(
    feed_id="k3q5",
    url="https://kabar.example/rss",
    title="Kabar",
    tags=("a", "b"),
    access=FeedAccess(
        username="meja",
        password=SecretStr("rahasia"),
        headers={"X-A": SecretStr("1")},
        max_bytes=5_000,
    ),
    added=datetime(2026, 3, 2, tzinfo=UTC),
)


def test_tags_are_added_and_removed_each_once() -> None:
    assert edited(FEED, FeedChanges(tags=("c", "a"), untags=("b",))).tags == ("a", "c")
    assert edited(FEED, FeedChanges(tags=("c",), resets=("tags",))).tags == ("c",)


def test_what_is_not_named_stays() -> None:
    changed = edited(FEED, FeedChanges(fields={"title": "Warta"}, access={"encoding": "big5"}))
    assert (changed.title, changed.url, changed.tags) == ("Warta", FEED.url, FEED.tags)
    assert changed.access is not None
    assert FEED.access is not None
    assert changed.access.password == FEED.access.password
    assert changed.access.encoding == "big5"
    assert edited(FEED, FeedChanges()) == FEED
    assert decode(Feed, encode(changed)) == changed


def test_headers_are_added_to_those_that_are_there() -> None:
    changed = edited(FEED, FeedChanges(headers={"X-B": "2"}))
    assert changed.access is not None
    assert {name: one.get_secret_value() for name, one in changed.access.headers.items()} == {
        "X-A": "1",
        "X-B": "2",
    }


@pytest.mark.parametrize("name", [*RESETS, *ACCESS_RESETS])
def test_everything_can_be_reset(name: str) -> None:
    fields: dict[str, Any] = {
        "title": "t",
        "source": "s",
        "interval_seconds": 60,
        "folder": "f",
        "time_zone": "Asia/Jakarta",
        "page": PageSelectors(),
    }
    access: dict[str, Any] = {
        "user_agent": "u",
        "proxy": "http://p.example:1",
        "ca_bundle": "c",
        "verify_tls": False,
        "encoding": "utf-8",
    }
    full = edited(FEED, FeedChanges(fields=fields, access=access))
    reset = edited(full, FeedChanges(resets=(name,)))
    default = Feed(feed_id="k3q5", url=FEED.url, added=FEED.added)
    for one in RESETS.get(name, ()):
        assert getattr(reset, one) == getattr(default, one)
    for one in ACCESS_RESETS.get(name, ()):
        assert reset.access is not None
        assert getattr(reset.access, one) == getattr(FeedAccess(), one)
    assert edited(full, FeedChanges(resets=tuple(ACCESS_RESETS))).access is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (FeedChanges(fields={"time_zone": "Mars/Utopia"}), "is no time zone"),
        (FeedChanges(fields={"time_zone": "../../etc/passwd"}), "is no time zone"),
        (FeedChanges(access={"proxy": "ftp://rahasia@x/"}), "the proxy must be written as"),
        (FeedChanges(headers={"Host": "rahasia"}), "belongs to the connection"),
        (FeedChanges(headers={"X-C": "rahasia\r\nHost: x"}), "control characters"),
    ],
)
def test_values_that_are_refused_name_the_setting_and_no_secret(
    changes: FeedChanges, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason) as refusal:
        edited(FEED, changes)
    assert "rahasia" not in str(refusal.value)


def test_the_command_changes_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "data"))
    secret = tmp_path / "password.txt"
    secret.write_text("rahasia\n")
    assert run(["feeds", "add", "--no-check", "https://kabar.example/rss", "--tag", "a"]) == 0
    options = ("--tag", "b", "--untag", "a", "--time-zone", "Asia/Jakarta", "--no-verify")
    login = ("--login", "meja", "--password-file", str(secret), "--header", "X-A: 1")
    assert run(["feeds", "edit", "kabar.example/rss", *options, *login]) == 0
    told = capsys.readouterr()
    assert "rahasia" not in told.out + told.err
    assert run(["feeds", "list", "--json"]) == 0
    (feed,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (feed["tags"], feed["time_zone"]) == (["b"], "Asia/Jakarta")
    for arguments, reason in [
        ([], "nothing to change"),
        (["--reset", "warna"], "there is no setting"),
        (["--header", "abc"], "NAME:VALUE"),
        (["--password-file", str(tmp_path / "none")], "--password-file"),
    ]:
        assert run(["feeds", "edit", "kabar.example/rss", *arguments]) == 2
        assert reason in capsys.readouterr().err


def test_tags_of_a_list_of_feeds_are_kept_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "data"))
    listed = tmp_path / "daftar.opml"
    listed.write_text(
        "<opml><body><outline text='A' xmlUrl='https://a.example/' "
        "category='/Berita/Kota,ekonomi'/>"
        "<outline text='Tanpa' type='rss'/></body></opml>"
    )
    assert run(["feeds", "import", str(listed)]) == 0
    told = capsys.readouterr()
    assert "1 feed added, 0 watched already, 1 left out" in told.out
    assert "Tanpa" in told.err
    assert run(["feeds", "export"]) == 0
    assert 'category="Berita/Kota,ekonomi"' in capsys.readouterr().out


def test_what_is_asked_for_becomes_changes() -> None:
    changes = asked_changes(
        AskedFields(title="Berita", time_zone=None),
        AskedAccess(verify_tls=False, password="rahasia", headers=("Accept-Language: id",)),
        tags=("ekonomi",),
    )
    assert changes.fields == {"title": "Berita"}
    assert changes.access == {"verify_tls": False, "password": "rahasia"}
    assert changes.headers == {"Accept-Language": "id"}
    assert changes.tags == ("ekonomi",)


@pytest.mark.parametrize(
    ("access", "resets", "code"),
    [
        (AskedAccess(), (), "feeds.nothing-to-change"),
        (AskedAccess(headers=("no colon",)), (), "feeds.header-form"),
        (AskedAccess(headers=(": value",)), (), "feeds.header-form"),
        (AskedAccess(), ("colour",), "feeds.no-reset"),
    ],
)
def test_what_cannot_be_changed_is_a_problem(
    access: AskedAccess, resets: tuple[str, ...], code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        asked_changes(AskedFields(), access, resets=resets)
    assert caught.value.problem is not None
    assert caught.value.problem.code == code


def test_a_password_is_not_in_what_is_logged() -> None:
    assert "rahasia" not in repr(AskedAccess(password="rahasia"))
