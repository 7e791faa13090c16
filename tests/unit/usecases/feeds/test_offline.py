"""A machine without a network says so once, and not of each feed that its host is unknown."""

from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.cli import run
from pantau.common.stored_problems import to_data
from pantau.problems import Problem, problem
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau.usecases.feeds.feed_list import FeedList, Watched
from pantau.usecases.feeds.offline import is_offline
from pantau.usecases.status import StoreStatus
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import FEED_STATE
from tests.support import START, FixedClock

UNKNOWN = problem("fetch.no-such-host", host="kabar.example")
SILENT = problem("fetch.no-name-server", host="kabar.example")
GONE = problem("fetch.status", status=404, phrase="Not Found", advice="")
ONCE = "this machine has no network"


def state(feed_id: str, fault: Problem | None) -> FeedState:
    return FeedState(
        feed_id=feed_id,
        status=FeedStatus.OK if fault is None else FeedStatus.ERROR,
        problem=None if fault is None else str(fault),
        reason=None if fault is None else to_data(fault),
        last_polled=START,
    )


def watched(host: str, fault: Problem | None, *, paused: bool = False) -> Watched:
    feed = Feed(feed_id=host, url=f"https://{host}/rss", added=START, paused=paused)
    return Watched(feed, state(host, fault))


@pytest.mark.parametrize(
    ("feeds", "offline"),
    [
        ([watched("a.example", UNKNOWN), watched("b.example", SILENT)], True),
        ([watched("a.example", UNKNOWN), watched("b.example", GONE)], False),
        ([watched("a.example", UNKNOWN), watched("b.example", None)], False),
        ([watched("a.example", UNKNOWN), watched("b.example", None, paused=True)], False),
        ([watched("a.example", UNKNOWN), watched("a.example", UNKNOWN)], False),
        ([], False),
    ],
)
def test_only_several_hosts_that_are_all_unknown_show_it(
    feeds: list[Watched], *, offline: bool
) -> None:
    assert is_offline(feeds) == offline


@pytest.mark.parametrize(("kind", "offline"), [("no-such-host", True), ("page", False)])
def test_the_status_knows_it(kind: str, *, offline: bool) -> None:
    found = StoreStatus(2, 2, 2, 0, 0, 0, kinds=((problem(f"status.{kind}"), 2),))
    assert found.is_offline == offline


@pytest.mark.parametrize(("last", "times"), [(UNKNOWN, 0), (None, 1)])
def test_the_list_of_feeds_says_it_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], last: Problem | None, times: int
) -> None:
    store = open_store(load_settings(tmp_path))
    feeds = FeedList(store.log, FixedClock())
    for host, fault in (("a.example", UNKNOWN), ("b.example", last)):
        feed, _ = feeds.add(f"https://{host}/rss")
        made = state(feed.feed_id, fault)
        store.log.append([record_for(made, FEED_STATE, source="test", time=START)])
    store.close()
    assert run(["feeds", "list", "--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.count("there is no such host") == times
    assert (ONCE in out) == (not times)
