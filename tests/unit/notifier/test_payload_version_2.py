"""Version 2 of the payload: valid for any alert, bounded, the same on every attempt."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from pantau.alerter.decide import Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.common.channels.summary import Summary
from pantau.notifier.payload import webhook_bytes
from pantau.notifier.payload_v2 import WHY_BYTES, why
from pantau.notifier.plan import plan_deliveries
from pantau.ports import AnyMessage, Message, SummaryMessage
from pantau.query import parse
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from pantau_schemas import generate, webhook
from pantau_schemas.base import Span
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.alert import Alert, ArticleSummary, MatchedClause, NamedEntity, Snippet
from pantau_schemas.events.article import Entity, StoryCoverage
from pantau_schemas.events.subscription import WebhookChannel
from tests.support import START, enriched, subscription
from tests.unit.notifier.messages import rule_message
from tests.unit.notifier.test_payload_version_1 import GOLDEN, SUMMARY

CHANNEL = WebhookChannel.model_validate(
    {"url": "https://desk.example/hook", "secret": "whsec_x", "payload": 2}
)
SCHEMA = json.loads((generate.FOLDER / "webhook.v2.json").read_bytes())
BODIES = Path(webhook.__file__).parent / "webhooks"
EXAMPLES = Path(webhook.__file__).parent / "examples" / "alerts"

IDS = st.text("aZ09-_:/'\"#;$é地", min_size=1, max_size=20)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
TAGS = st.text("a Z09-_:'\"é地", min_size=1, max_size=20)
TIMES = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (bounds have none)
ZONES = st.sampled_from(
    ("UTC", "Asia/Jakarta", "America/St_Johns", "Pacific/Kiritimati", "Nowhere/None", "../x")
)
COUNTS = st.integers(0, 10**9)
FIELDS = st.sampled_from(("title", "text", "people", "published"))
SPANS = st.builds(Span, field=FIELDS, start=COUNTS, end=COUNTS)
ARTICLES = st.builds(
    ArticleSummary,
    article_id=IDS,
    revision=st.integers(1, 99),
    feed_id=st.none() | IDS,
    title=TEXTS,
    url=st.none() | TEXTS,
    source=st.none() | TEXTS,
    lang=st.none() | TEXTS,
    published=st.none() | TIMES,
    first_seen=TIMES,
    historical=st.booleans(),
    story_id=st.none() | IDS,
    story=st.none()
    | st.builds(
        StoryCoverage,
        articles=st.integers(1, 999),
        other_sources=st.lists(TEXTS, max_size=10).map(tuple),
        more_sources=COUNTS,
    ),
    excerpt=st.none() | TEXTS,
    entities=st.lists(
        st.builds(
            NamedEntity,
            type=st.sampled_from(("person", "organization", "place")),
            id=st.none() | IDS,
            name=TEXTS,
        ),
        max_size=5,
    ).map(tuple),
    more_entities=COUNTS,
)
ALERTS = st.builds(
    Alert,
    alert_id=IDS,
    kind=st.sampled_from(("match", "suspended")),
    problem=st.none() | TEXTS,
    subscription_id=IDS,
    subscription_name=TEXTS,
    subscription_tags=st.lists(TAGS, max_size=10).map(tuple),
    query=TEXTS,
    language=st.sampled_from((None, "lucene", "kql", "pantau")),
    time_zone=ZONES,
    article=ARTICLES,
    clauses=st.lists(
        st.builds(
            MatchedClause,
            text=TEXTS,
            fields=st.lists(FIELDS, max_size=3).map(tuple),
            words=st.lists(TEXTS, max_size=3).map(tuple),
        ),
        max_size=4,
    ).map(tuple),
    more_clauses=COUNTS,
    matches=st.lists(SPANS, max_size=3).map(tuple),
    more_matches=COUNTS,
    snippets=st.lists(
        st.builds(Snippet, field=FIELDS, text=TEXTS, marks=st.just(((0, 1),))), max_size=2
    ).map(tuple),
    matched_at=TIMES,
)


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def message_of(alert: Alert) -> AnyMessage:
    asked = subscription(alert.subscription_id, "banjir", channels=(CHANNEL,))
    (delivery,) = plan_deliveries(alert, asked, START)
    return Message(delivery, alert, CHANNEL)


def reported(about: Alert | Summary) -> Any:
    message = SummaryMessage(about, CHANNEL) if isinstance(about, Summary) else message_of(about)
    return json.loads(webhook_bytes(message))


def test_the_schema_is_one_and_refuses_what_is_wrong() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    body = reported(decode(Alert, (EXAMPLES / "full.json").read_bytes()))
    assert validator().is_valid(body)
    assert validator().is_valid(body | {"new_member": 1}), "members may be added"
    wrong: dict[str, Any]
    for wrong in ({"version": 3}, {"type": "other"}, {"id": 7}, {"data": {}}):
        assert not validator().is_valid(body | wrong)
    for name in body:
        assert not validator().is_valid({one: body[one] for one in body if one != name}), name


@settings(deadline=None, max_examples=60, derandomize=True)
@given(ALERTS)
def test_any_alert_makes_a_valid_body(alert: Alert) -> None:
    body = reported(alert)
    assert [one.message for one in validator().iter_errors(body)] == []
    assert webhook_bytes(message_of(decode(Alert, encode(alert)))) == webhook_bytes(
        message_of(alert)
    ), "what is stored makes the same bytes"
    for at in ("matched_at", "suspended_at"):
        if at in body["data"]:
            assert datetime.fromisoformat(body["data"][at]) == alert.matched_at


def test_an_alert_of_an_older_program_makes_a_valid_body() -> None:
    for name in ("alert", "suspended"):
        alert = decode(Alert, (GOLDEN / f"{name}.v2.json").read_bytes())
        assert list(validator().iter_errors(reported(alert))) == []


def test_a_summary_makes_a_valid_body() -> None:
    body = reported(SUMMARY)
    assert list(validator().iter_errors(body)) == []
    assert body["data"]["list"] == "pantau alerts --since 2026-03-02 --json"


def test_times_have_the_zone_of_the_subscription() -> None:
    body = reported(decode(Alert, (EXAMPLES / "full.json").read_bytes()))
    assert body["timestamp"] == "2026-03-02T08:15:30.250Z"
    assert body["data"]["time_zone"] == "Asia/Jakarta"
    assert body["data"]["matched_at"] == "2026-03-02T15:15:30.250+07:00"
    assert body["data"]["article"]["first_seen"] == "2026-03-02T15:15:30.250+07:00"


def test_the_id_is_that_of_the_header() -> None:
    message = message_of(decode(Alert, (EXAMPLES / "full.json").read_bytes()))
    assert json.loads(webhook_bytes(message))["id"] == message.message_id


def test_commands_quote_ids() -> None:
    alert = decode(Alert, (EXAMPLES / "full.json").read_bytes())
    odd = alert.model_copy(update={"subscription_id": "a;rm"})
    assert reported(odd)["data"]["links"]["mute"] == "pantau subscriptions pause 'a;rm'"


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("banjir AND title:demak", [("banjir", ["title", "text"]), ("demak", ["title"])]),
        ("(banjir OR gempa) AND NOT bola", [("banjir", ["title", "text"])]),
        ('"tiga desa" OR lang:en', [('"tiga desa"', ["text"])]),
        ("people:Siti* AND lang:id", [("Siti*", ["people"]), ("id", ["lang"])]),
        ("perah*", [("perah*", ["text"])]),
        ("banjir OR banjir", [("banjir", ["title", "text"])]),
        ("*:*", []),
    ],
)  # fmt: skip
def test_the_clauses_that_hold_are_named(query: str, clauses: list[tuple[str, list[str]]]) -> None:
    alert = fired(query)
    assert [(one.text, list(one.fields)) for one in alert.clauses] == clauses
    for clause in alert.clauses:
        if clause.fields[0] in {"title", "text"}:
            assert clause.words
    sentence = why(alert)
    assert sentence.startswith("The article matches the query")
    assert all(clause in sentence for clause, _ in clauses)


def test_the_words_are_as_the_article_writes_them() -> None:
    alert = fired("banjir AND perah*")
    assert [one.words for one in alert.clauses] == [("Banjir", "banjir"), ("perahu",)]


def fired(query: str, **other: Any) -> Alert:
    article = enriched(
        "a",
        title="Banjir di Demak",
        text="Banjir merendam tiga desa. Warga memakai perahu. Siti Rahma datang saat banjir reda.",
        people=("Siti Rahma",),
        **other,
    )
    match = evaluate(parse(query), Document.from_article(article))
    assert match is not None
    return Composer(article, START).compose(MatchedQuery.of(subscription("s", query)), match)


@settings(deadline=None, max_examples=5, derandomize=True)
@given(st.sampled_from(("a", "\u5730", "\U0001f30a", "\u0001", '"')), st.integers(0, 10))
@example("\U0001f30a", 10)
@example("\u0001", 10)
def test_a_body_is_small_whatever_is_in_it(letter: str, tags: int) -> None:
    long = letter * 5_000
    words = ["banjir", "\u5730", "a", "lang:id", "title:banjir", "people:*", "source:*"]
    query = " OR ".join([*words, *(f'"banjir {number}"' for number in range(240))])
    article = enriched(
        title=f"banjir a {long[:1_900]}",
        text=("banjir " + "".join(f"banjir {one} " for one in range(300))) * 4 + long * 10,
        url="https://kabar.example/" + "x" * 1_400,
        source=long,
        people=(long[:300],),
        published=START,
        feed_id="f" * 200,
        story_id="t" * 200,
        story=StoryCoverage(articles=999, other_sources=(long,) * 10, more_sources=9),
        entities=tuple(
            Entity(type="person", id="i" * 200, name=f"{one}{long}", mentions=(), prominence="lead")
            for one in range(400)
        ),
    )
    given = subscription("s" * 200, query).model_copy(
        update={
            "name": long,
            "tags": tuple(f"{number}" + "\U0001f30a" * 38 for number in range(tags)),
        }
    )
    match = evaluate(parse(query), Document.from_article(article))
    assert match is not None
    alert = Composer(article, START).compose(MatchedQuery.of(given), match)
    body = webhook_bytes(message_of(alert))
    assert len(body) <= webhook.BODY_BYTES
    assert len(why(alert)) <= WHY_BYTES + 100
    assert (len(alert.clauses), alert.more_clauses > 100) == (6, True)
    assert (len(alert.article.entities), alert.article.more_entities) == (12, 388)


def test_the_most_prominent_entities_are_told() -> None:
    def one(name: str, prominence: str) -> Entity:
        return Entity.model_validate(
            {"type": "person", "name": name, "mentions": (), "prominence": prominence}
        )

    named = [one(f"body {n}", "body") for n in range(20)]
    alert = fired("banjir", entities=(*named, one("lead", "lead"), one("title", "title")))
    names = [each.name for each in alert.article.entities]
    assert names == ["title", "lead", *(f"body {n}" for n in range(10))]
    assert alert.article.more_entities == 10


def test_the_published_examples_are_what_is_sent() -> None:
    """Write them again by `python -m tests.unit.notifier.test_payload_version_2`."""
    assert {path.name for path in BODIES.iterdir()} == set(published())
    for name, body in published().items():
        assert json.loads((BODIES / name).read_bytes()) == body, name


def published() -> dict[str, Any]:
    return {
        "alert.json": reported(decode(Alert, (EXAMPLES / "full.json").read_bytes())),
        "message.json": json.loads(webhook_bytes(rule_message(CHANNEL))),
        "summary.json": reported(SUMMARY),
        "suspended.json": reported(decode(Alert, (EXAMPLES / "suspended.json").read_bytes())),
    }


def test_a_moment_at_the_end_of_the_calendar_is_told() -> None:
    alert = fired("banjir").model_copy(
        update={
            "time_zone": "Pacific/Kiritimati",
            "matched_at": datetime.max.replace(tzinfo=UTC) - timedelta(seconds=1),
        }
    )
    assert reported(alert)["data"]["matched_at"].startswith("9999-12-31T23:59:58")


if __name__ == "__main__":
    for name, body in published().items():
        text = json.dumps(body, indent=2, ensure_ascii=False) + "\n"
        (BODIES / name).write_text(text, encoding="utf-8")
    # The AsyncAPI document quotes these bodies, so both are written together.
    generate.main()
