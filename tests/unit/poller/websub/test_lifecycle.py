"""The life of a subscription under any order of events, and signatures."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from pantau.poller.websub import lifecycle
from pantau.poller.websub.rate_limit import RateLimit
from pantau.poller.websub.signature import METHODS, is_signed
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.polling.websub import HubStatus, HubSubscription

START = datetime(2026, 3, 4, tzinfo=UTC)

EVENTS = st.one_of(
    st.tuples(st.just("ask"), st.none()),
    st.tuples(st.just("refuse"), st.sampled_from([None, 5.0, 1e9])),
    st.tuples(st.just("verify"), st.sampled_from([None, 0, 1, 600, 864_000, 10**11])),
    st.tuples(st.just("push"), st.sets(st.sampled_from("abc"))),
    st.tuples(st.just("poll"), st.sets(st.sampled_from("abc"))),
    st.tuples(st.just("age"), st.none()),
)


def subscription() -> HubSubscription:
    return HubSubscription(
        callback_id="c",
        feed_id="f",
        hub="https://hub.example/",
        topic="https://berita.example/",
        secret=SecretStr("s3cret"),
        since=START,
        next_request=START,
    )


def after(sub: HubSubscription, kind: str, about: object, now: datetime) -> HubSubscription:
    match kind:
        case "ask":
            return lifecycle.asking(sub, now)
        case "refuse":
            return lifecycle.refused(sub, "no", now, about)  # type: ignore[arg-type]
        case "verify":
            return lifecycle.verified(sub, about, now)  # type: ignore[arg-type]
        case "push":
            return lifecycle.pushed(sub, about, now)  # type: ignore[arg-type]
        case "poll":
            return lifecycle.polled(sub, about, now)  # type: ignore[arg-type]
        case _:
            return lifecycle.settled(sub, now)


@given(st.lists(st.tuples(EVENTS, st.integers(0, 400_000)), max_size=30))
def test_no_order_of_events_breaks_a_subscription(
    steps: list[tuple[tuple[str, object], int]],
) -> None:
    sub, now = subscription(), START
    for (kind, about), seconds in steps:
        now += timedelta(seconds=seconds)
        before, sub = sub, after(sub, kind, about, now)
        assert (sub.callback_id, sub.secret) == (before.callback_id, before.secret)
        if before.status is HubStatus.ACTIVE:
            assert sub.status is HubStatus.ACTIVE
        if kind != "verify":
            assert sub.expires_at == before.expires_at
        if kind == "ask":
            assert sub.next_request is not None
            assert sub.next_request - now >= lifecycle.LEAST_WAIT
        if lifecycle.relied_upon(sub, now):
            assert sub.pushes
            assert sub.expires_at is not None
            assert sub.expires_at > now
        assert lifecycle.check_after(sub) <= timedelta(days=1)
        assert sub.missed >= before.missed
        assert decode(HubSubscription, encode(sub)) == sub


def test_a_lease_is_renewed_after_half_of_it_whatever_the_hub_grants() -> None:
    for granted, lease, renewed in [
        (None, timedelta(days=10), timedelta(days=5)),
        (86_400, timedelta(days=1), timedelta(hours=12)),
        (10, timedelta(seconds=10), lifecycle.LEAST_WAIT),
        (10**11, lifecycle.LONGEST_LEASE, lifecycle.LONGEST_LEASE / 2),
    ]:
        sub = lifecycle.verified(subscription(), granted, START)
        assert sub.expires_at == START + lease
        assert sub.next_request == START + renewed


def test_the_secret_is_in_the_store_and_in_no_text() -> None:
    sub = subscription()
    assert b"s3cret" in encode(sub)
    assert "s3cret" not in f"{sub!r} {sub}"
    assert "s3cret" not in str(sub.model_dump())


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=80), st.sampled_from(METHODS))
def test_a_signature_holds_for_its_body_and_secret_alone(
    body: bytes, secret: bytes, method: str
) -> None:
    digest = hmac.new(secret, body, getattr(hashlib, method)).hexdigest()
    assert is_signed(f"{method}={digest}", secret, body)
    assert is_signed(f" {method.upper()}={digest.upper()} ", secret, body)
    assert not is_signed(f"{method}={digest}", secret, body + b"x")
    assert not is_signed(f"{method}={digest}", secret + b"x", body)
    assert not is_signed(f"{method}={digest[1:]}", secret, body)


@given(st.text(max_size=250))
def test_no_header_is_a_signature_by_chance(header: str) -> None:
    assert not is_signed(header, b"secret", b"body")
    assert not is_signed(None, b"secret", b"body")


def test_the_rate_limit_lets_a_burst_through_and_then_one_a_second() -> None:
    now = [0.0]
    limit = RateLimit(lambda: now[0], burst=3, per_second=1.0)
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    assert limit.allows("b")
    now[0] = 2.0
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
