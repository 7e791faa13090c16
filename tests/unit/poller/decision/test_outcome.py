from datetime import UTC, datetime

import pytest

from pantau.poller.decision.outcome import (
    VALIDATOR_LIMIT,
    Body,
    FetchFailed,
    NotModified,
    freshness,
    read_response,
)
from pantau.ports import FetchResponse
from pantau_schemas.events.feed import FeedState, FeedStatus

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
NEW = FeedState(feed_id="f1")
READ = FeedState(feed_id="f1", document=FeedStatus.OK)


def response(status: int = 200, body: bytes = b"<rss/>", **headers: str) -> FetchResponse:
    return FetchResponse(
        "https://b.example/rss", status, {k.replace("_", "-"): v for k, v in headers.items()}, body
    )


def test_a_body_comes_with_what_the_response_said() -> None:
    found = read_response(
        response(
            etag='"e"', last_modified="lm", content_type="text/xml", cache_control="max-age=60"
        ),
        NEW,
        NOW,
    )
    assert isinstance(found, Body)
    assert (found.content, found.content_type, found.url) == (
        b"<rss/>",
        "text/xml",
        "https://b.example/rss",
    )
    assert (found.facts.etag, found.facts.last_modified, found.facts.fresh_seconds) == (
        '"e"',
        "lm",
        60.0,
    )


@pytest.mark.parametrize("length", [VALIDATOR_LIMIT, VALIDATOR_LIMIT + 1, 100_000])
def test_a_validator_that_is_longer_than_any_server_needs_is_not_kept(length: int) -> None:
    given = "x" * length
    kept = given if length <= VALIDATOR_LIMIT else None
    for status in (200, 304):
        found = read_response(response(status, etag=given, last_modified=given), READ, NOW)
        assert isinstance(found, Body if status == 200 else NotModified)
        assert (found.facts.etag, found.facts.last_modified) == (kept, kept)


def test_the_same_bytes_are_not_modified() -> None:
    body = read_response(response(), NEW, NOW)
    assert isinstance(body, Body)
    known = READ.model_copy(update={"content_hash": body.content_hash})
    assert isinstance(read_response(response(etag='"new"'), known, NOW), NotModified)
    assert isinstance(read_response(response(body=b"<rss />"), known, NOW), Body)


def test_304_needs_a_document_of_before() -> None:
    assert isinstance(read_response(response(304, b""), READ, NOW), NotModified)
    assert isinstance(read_response(response(304, b""), NEW, NOW), FetchFailed)


@pytest.mark.parametrize(
    ("status", "part"),
    [
        (401, "login"),
        (403, "refuses"),
        (404, "no feed at this address"),
        (410, "ended"),
        (429, "less often"),
        (500, "failed"),
        (599, "unknown"),
        (204, "no feed"),
        (302, "no feed"),
    ],
)
def test_every_other_status_is_a_failure_with_advice(status: int, part: str) -> None:
    found = read_response(response(status, retry_after="120"), READ, NOW)
    assert isinstance(found, FetchFailed)
    assert found.reason.startswith(f"{status} ")
    assert part in found.reason
    assert (found.retry_after_seconds, found.gone) == (120.0, status == 410)


@pytest.mark.parametrize(
    ("header", "age", "seconds"),
    [
        ("max-age=300", "", 300.0),
        ('public, Max-Age="300"', "100", 200.0),
        ("max-age=10", "100", 0.0),
        ("no-cache, max-age=300", "", None),
        ("max-age=x", "", None),
        ("", "", None),
    ],
)
def test_max_age(header: str, age: str, seconds: float | None) -> None:
    assert freshness({"cache-control": header, "age": age}, NOW) == seconds


@pytest.mark.parametrize(
    ("content_range", "whole"),
    [
        (None, True),
        ("bytes 0-5/6", True),
        ("bytes 0-5/60", False),
        ("bytes 6-11/12", False),
        ("bytes 0-5/*", False),
    ],
)
def test_a_partial_response_that_is_whole_is_read(content_range: str | None, whole: bool) -> None:
    given = response(206) if content_range is None else response(206, content_range=content_range)
    found = read_response(given, NEW, NOW)
    assert isinstance(found, Body if whole else FetchFailed)


@pytest.mark.parametrize("status", [201, 203, 226])
def test_a_feed_that_comes_with_an_unusual_status_is_read(status: int) -> None:
    assert isinstance(read_response(response(status), NEW, NOW), Body)


def test_a_server_that_counts_requests_says_when_it_starts_again() -> None:
    limited = read_response(response(429, ratelimit_reset="900"), NEW, NOW)
    asked = read_response(response(429, retry_after="60", ratelimit_reset="900"), NEW, NOW)
    busy = read_response(response(503, ratelimit_reset="900"), NEW, NOW)
    assert [getattr(one, "retry_after_seconds", 0) for one in (limited, asked, busy)] == [
        900,
        60,
        None,
    ]
