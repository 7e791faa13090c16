"""The topic table, the examples and the generated schemas hold together."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pantau.topology import EXTRACTOR, STAGES
from pantau_schemas import codec, generate, ids
from pantau_schemas.base import Event, UtcTime, format_time
from pantau_schemas.codec import SchemaError, canonical, decode, encode
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.people.account import Account, SignInState
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import Subscription, describe_channel
from pantau_schemas.topics import TOPICS
from tests.support import article
from tests.unit.notifier.support import alert

FOLDER = Path(generate.__file__).parent
EXAMPLES = sorted((FOLDER / "examples").glob("*/*.json"))


def example(path: Path) -> tuple[type[Event], bytes]:
    return TOPICS[path.parent.name].event, path.read_bytes()


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_producer_a_consumer_and_examples(topic: str) -> None:
    row = TOPICS[topic]
    assert row.producers
    assert row.consumers
    assert [path for path in EXAMPLES if path.parent.name == topic]
    assert row.key in row.event.model_fields
    assert topic == row.name


def test_no_example_stands_outside_the_table() -> None:
    assert {path.parent.name for path in EXAMPLES} == set(TOPICS)


@pytest.mark.parametrize("stage", [EXTRACTOR, *STAGES], ids=lambda stage: stage.name)
def test_stages_are_in_the_topic_table(stage: Any) -> None:
    assert stage.name in stage.reads.consumers
    assert all(stage.name in topic.producers for topic in stage.writes)
    assert all(stage.name in topic.consumers or topic in stage.writes for topic in stage.follows)
    assert stage.name in TOPICS["dead-letters"].producers


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_is_read_and_written_unchanged(path: Path) -> None:
    event, value = example(path)
    assert json.loads(encode(decode(event, value))) == json.loads(value)
    assert canonical(decode(event, canonical(decode(event, value)))) == canonical(
        decode(event, value)
    )


def test_the_json_schemas_are_current() -> None:
    for path, text in generate.schemas():
        assert path.read_text(encoding="utf-8") == text, "run `make schemas`"
    stale = set((FOLDER / "json").iterdir()) - {path for path, _ in generate.schemas()}
    assert not stale, "remove the schemas of former versions"


class TestVersions:
    def test_a_newer_version_is_refused(self) -> None:
        value = encode(article()).replace(b'"schema_version":2', b'"schema_version":3')
        with pytest.raises(SchemaError, match="version 3 of Article is newer than this program"):
            decode(Article, value)

    def test_an_absent_version_is_never_guessed(self) -> None:
        fields = json.loads(encode(article()))
        del fields["schema_version"]
        with pytest.raises(SchemaError, match="schema_version"):
            decode(Article, json.dumps(fields).encode())

    def test_an_unknown_old_version_is_refused(self) -> None:
        value = encode(article()).replace(b'"schema_version":2', b'"schema_version":0')
        with pytest.raises(SchemaError, match="too old"):
            decode(Article, value)

    def test_an_old_version_is_upcast_step_by_step(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def rename(fields: dict[str, Any]) -> dict[str, Any]:
            return {**fields, "title": fields["headline"], "schema_version": 1} | {"headline": None}

        def drop(fields: dict[str, Any]) -> dict[str, Any]:
            step = rename(fields)
            del step["headline"]
            return step

        monkeypatch.setattr(
            codec, "UPCASTERS", {(Article, 0): drop, (Article, 1): codec.UPCASTERS[Article, 1]}
        )
        fields = json.loads(encode(article(title="Judul")))
        fields |= {"schema_version": 0, "headline": fields.pop("title")}
        assert decode(Article, json.dumps(fields).encode()).title == "Judul"

    @pytest.mark.parametrize(
        ("event", "example", "added"),
        [
            (
                Alert,
                "alerts/full.json",
                {
                    "kind": "match",
                    "more_matches": 0,
                    "subscription_tags": [],
                    "time_zone": "UTC",
                    "clauses": [],
                    "more_clauses": 0,
                },
            ),
            (
                Subscription,
                "subscriptions/minimal.json",
                {"tags": [], "rules": Rules().model_dump(mode="json", exclude_none=True)},
            ),
            (Delivery, "deliveries/delivered.json", {"notice": False}),
            (Feed, "feeds/minimal.json", {"tags": [], "full_text": "auto"}),
            (
                FeedState,
                "feed-state/new.json",
                {
                    "day_articles": 0,
                    "waiting": 0,
                    "recent": [],
                    "notes": [],
                    "skip_hours": [],
                    "skip_days": [],
                    "distrusted": False,
                },
            ),
            (AlertMessage, "messages/spike.json", {}),
            (FeedMemory, "feed-memory/empty.json", {"back_fill": []}),
            (Article, "articles/minimal.json", {"feed": []}),
            (
                EnrichedArticle,
                "articles.enriched/minimal.json",
                {"cut": [], "entity_ids": [], "feed": [], "same_as": [], "text_from": "feed"},
            ),
        ],
    )
    def test_what_the_first_version_wrote_is_read(
        self, event: type[Event], example: str, added: dict[str, Any]
    ) -> None:
        now = json.loads((FOLDER / "examples" / example).read_bytes()) | added
        then = {name: value for name, value in now.items() if name not in added} | {
            "schema_version": 1
        }
        if "article" in then:
            del then["article"]["feed_id"]
        read = decode(event, json.dumps(then).encode())
        assert json.loads(encode(read)) == now

    @pytest.mark.parametrize(
        ("event", "example", "came"),
        [
            (Account, "accounts/full.json", {"identity"}),
            (SignInState, "sign-ins/full.json", {"networks"}),
        ],
    )
    def test_people_of_the_first_version_go_on_to_sign_in(
        self, event: type[Event], example: str, came: set[str]
    ) -> None:
        now = json.loads((FOLDER / "examples" / example).read_bytes())
        then = {name: value for name, value in now.items() if name not in came}
        read = decode(event, json.dumps(then | {"schema_version": 1}).encode())
        empty: dict[str, Any] = {"networks": []} if "networks" in came else {}
        assert json.loads(encode(read)) == then | {"schema_version": 2} | empty

    def test_every_former_version_of_every_event_is_read(self) -> None:
        for event in {row.event for row in TOPICS.values()}:
            former = {one for kind, one in codec.UPCASTERS if kind is event}
            assert former == set(range(1, codec.current_version(event))), event.__name__

    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            (b"", "not JSON"),
            (b"[" * 100_000, "nested too deep"),
            (b'{"a":' * 100_000, "nested too deep"),
            (b"[]", "Input should be an object"),
            (b"\xff\xfe", "not JSON"),
            (b'{"schema_version": 2}', "article_id: Field required; first_seen: Field required"),
            (b'{"schema_version": "x"}', "schema_version"),
        ],
    )
    def test_what_is_no_event_is_refused_with_the_reason(self, value: bytes, reason: str) -> None:
        with pytest.raises(SchemaError) as caught:
            decode(Article, value)
        assert reason in str(caught.value)


class TestTimes:
    def test_cut_to_milliseconds_in_utc(self) -> None:
        local = datetime(2026, 3, 2, 15, 0, 0, 123_999, tzinfo=timezone(timedelta(hours=7)))
        assert format_time(local) == "2026-03-02T08:00:00.123Z"
        adapter: TypeAdapter[datetime] = TypeAdapter(UtcTime)
        assert adapter.validate_python(local) == datetime(2026, 3, 2, 8, 0, 0, 123_000, tzinfo=UTC)
        assert adapter.dump_json(adapter.validate_python(local)) == b'"2026-03-02T08:00:00.123Z"'

    def test_a_time_without_a_zone_is_refused(self) -> None:
        fields = json.loads(encode(article())) | {"first_seen": "2026-03-02T08:00:00"}
        with pytest.raises(SchemaError, match="first_seen"):
            decode(Article, json.dumps(fields).encode())


class TestIds:
    def test_golden(self) -> None:
        assert ids.digest_id("a") == "zklycewkdo64v6wcggzzui64jw"
        assert ids.article_id(link="https://a.example/x") == ids.digest_id("https://a.example/x")
        assert len(ids.alert_id("s", "a")) == 26

    @hypothesis.given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
    @hypothesis.example(["\ud800"])
    def test_it_is_the_beginning_of_base_32(self, parts: list[str]) -> None:
        text = "\x00".join(parts).encode("utf-8", "surrogatepass")
        encoded = base64.b32encode(hashlib.sha256(text).digest()).decode().lower()
        assert ids.digest_id(*parts) == encoded[: ids.ID_LENGTH]

    def test_parts_do_not_run_together(self) -> None:
        assert ids.digest_id("ab", "c") != ids.digest_id("a", "bc")

    def test_guid_and_title_stand_in_for_a_missing_link(self) -> None:
        by_guid = ids.article_id(link=None, feed_id="f", guid="g", title="t")
        by_title = ids.article_id(link=None, feed_id="f", title="t", published="p")
        assert by_guid != by_title
        assert by_guid == ids.article_id(link="", feed_id="f", guid="g", title="other")


def test_secrets_show_only_on_the_wire() -> None:
    value = (FOLDER / "examples" / "subscriptions" / "full.json").read_bytes()
    subscription = decode(Subscription, value)
    secret = json.loads(value)["channels"][0]["secret"]
    assert secret in encode(subscription).decode()
    assert secret not in repr(subscription)
    assert secret not in str(subscription.model_dump())
    assert all(secret not in describe_channel(channel) for channel in subscription.channels)


def test_each_alert_is_written_with_its_own_article() -> None:
    one, two = alert(about="satu"), alert(about="dua")
    sibling = one.model_copy(update={"subscription_id": "other"})
    unknown = one.article.model_copy(update={"mood": "calm"})
    later = one.model_copy(update={"article": unknown, "tone": "dry"})
    for each in (one, two, sibling, later, one, two):
        assert json.loads(encode(each)) == each.model_dump(mode="json", exclude_none=True)
        assert decode(Alert, encode(each)) == each
