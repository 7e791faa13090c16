"""A take-down removes an article from everywhere, on every store with files, and proves it."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from pantau.bootstrap import build_eraser
from pantau.notifier.rules.forgetting import alerts_in
from pantau.ports import Eraser, Received, Record, SearchRequest
from pantau.query import parse
from pantau.stream.dead_letter import dead_letter
from pantau.stream.envelope import record_for
from pantau.usecases.maintenance.replay import Replay, run_replay
from pantau.usecases.takedown.collecting import collect
from pantau.usecases.takedown.findings import Findings
from pantau.usecases.takedown.forgetting import forget
from pantau.usecases.takedown.proving import Proof, prove
from pantau.usecases.takedown.subject import Subject, subject_of
from pantau.usecases.takedown.sweeping import Swept, count, sweep
from pantau_schemas.codec import current_version, decode, encode
from pantau_schemas.events.alert import Alert, Alerted, Delivery, DeliveryStatus
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.feed import FeedMemory, SeenArticle
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.rule_state import Pending, RuleState, TimedQueue
from pantau_schemas.events.rules import Digest, EveryMatch, Rules
from pantau_schemas.events.story import StoryMember
from pantau_schemas.events.subscription import (
    EmailChannel,
    FileChannel,
    Subscription,
    TerminalChannel,
)
from pantau_schemas.ids import article_id, digest_id, redaction_id
from pantau_schemas.problem import ProblemData
from pantau_schemas.topics import FEED_MEMORY, MESSAGES, REPORT_SCHEDULES, RULE_STATE, Topic
from tests.pipeline.conftest import Bench
from tests.support import START, article, subscription

URL = "https://kabar.example/2026/03/pengakuan-korban"
GONE = article_id(link=URL)
TITLE = "Pengakuan korban penipuan arisan di Demak"
TEXT = "Seorang korban arisan bercerita tentang kerugiannya kepada wartawan di Demak pada Senin."
LONG = (
    TEXT + "\n\n" + " ".join(f"Keterangan tambahan nomor {one} dari korban." for one in range(400))
)


embedded = pytest.mark.parametrize("bench", ["sqlite"], indirect=True)
both = pytest.mark.parametrize("bench", ["sqlite", "kafka"], indirect=True)
"""Nothing of the store in memory lasts. On servers one take-down takes half a minute."""


def seen(key: str, link: str | None = None) -> SeenArticle:
    return SeenArticle(
        article_id=key,
        revision=1,
        fingerprint="f" + key[:8],
        first_seen=START,
        last_listed=START,
        links=() if link is None else (link,),
    )


def given(bench: Bench) -> None:
    """Pass an article through all stages, in two revisions, beside another one that stays."""
    bench.give(
        subscription("arisan", "arisan", channels=(TerminalChannel(), FileChannel(path="a.jsonl")))
    )
    one: dict[str, Any] = {"article_id": GONE, "url": URL, "title": TITLE, "feed_id": "feed1"}
    bench.give(article(text=TEXT, **one))
    bench.give(article("stays", title="Arisan warga berjalan baik", text="Arisan warga baik."))
    bench.run()
    bench.give(article(text=LONG, revision=2, **one))
    bench.run()
    other = seen("stays")
    bench.give(FeedMemory(feed_id="feed1", seen=(seen(GONE, "link-of-it"), other)))
    broken = article("broken", **one)
    received = Received(Record("articles", GONE, encode(broken)), 7)
    letter = dead_letter("extractor", received, ValueError("broken"), bench.clock.now())
    stays = Received(Record("articles", "stays", b"no JSON"), 8)
    kept = dead_letter("extractor", stays, ValueError("broken"), bench.clock.now())
    bench.store.log.append([letter, kept])


def look(bench: Bench, subject: Subject) -> Findings:
    bench.store.log.catch_up()
    return collect(subject, build_eraser(bench.store), bench.store.index, lambda _: None)


def forgotten(bench: Bench, subject: Subject) -> tuple[Swept, Proof, Findings]:
    eraser = build_eraser(bench.store)
    found = look(bench, subject)

    # Between two sweeps the stages go on, as running services do.
    def go_on(seconds: float) -> None:
        del seconds
        bench.run()

    swept, proof = forget(subject, found, bench.store, eraser, bench.clock, go_on, lambda _: None)
    return swept, proof, found


def values(eraser: Eraser, topic: str) -> Sequence[bytes]:
    return [one.record.value for one in eraser.records(topic) if one.record.value is not None]


def titles(bench: Bench, query: str) -> list[str]:
    bench.store.index.refresh()
    return [hit.article.title for hit in bench.store.index.search(SearchRequest(parse(query))).hits]


@both
def test_an_article_is_removed_from_everywhere_and_does_not_come_back(bench: Bench) -> None:
    given(bench)
    subject = subject_of(URL)
    counts = count(bench.store, build_eraser(bench.store), look(bench, subject))
    wanted = {
        "articles", "articles.full", "articles.enriched", "story-members", "alerts", "alerted",
        "deliveries", "dead-letters", "feed-memory", "index",
    }  # fmt: skip
    assert set(counts) == wanted

    swept, proof, found = forgotten(bench, subject)

    assert set(swept.removed) == wanted
    assert found.told == {}
    assert {"link-of-it", GONE} <= found.identities
    assert (dict(proof.left), list(proof.files)) == ({}, [])
    assert proof.records > 0
    assert titles(bench, "arisan") == ["Arisan warga berjalan baik"]
    assert [one.article.title for one in bench.table("alerts", Alert)] == [
        "Arisan warga berjalan baik"
    ]
    assert len(bench.table("deliveries", Delivery)) == 2
    assert len(bench.table("story-members", StoryMember)) == 1
    assert len(bench.table("alerted", Alerted)) >= 1
    (memory,) = bench.table("feed-memory", FeedMemory)
    assert [one.article_id for one in memory.seen] == ["stays"]
    letters = values(build_eraser(bench.store), "dead-letters")
    assert len(letters) == 1

    # Another revision, a replay and a retried letter bring nothing back.
    bench.give(article(text=TEXT, article_id=GONE, url=URL, title=TITLE, revision=3))
    bench.run()
    run_replay(Replay("again"), bench.store.log, bench.clock, lambda _, __: None)
    bench.run()
    assert titles(bench, "arisan") == ["Arisan warga berjalan baik"]
    assert len(bench.table("articles.enriched", EnrichedArticle)) == 1


@embedded
def test_what_was_taken_down_is_named_by_a_digest_alone(bench: Bench) -> None:
    forgotten(bench, subject_of(URL))  # it was never stored, and is kept out from now on
    eraser = build_eraser(bench.store)
    (record,) = list(eraser.records("redactions"))
    assert record.record.key == redaction_id(GONE)
    assert GONE.encode() not in (record.record.value or b"")
    bench.give(article(text=TEXT, article_id=GONE, url=URL))
    bench.run()
    assert bench.store.index.count() == 0


@embedded
def test_a_source_goes_with_its_hosts_and_others_stay(bench: Bench) -> None:
    bench.give(subscription("s", "banjir"))
    for number, source in enumerate(
        ["tajam.example", "jateng.tajam.example", "bukantajam.example"]
    ):
        bench.give(
            article(
                f"a{number}",
                title=f"Banjir nomor {number} melanda kota",
                text=f"Banjir {number} di kota itu belum juga surut hingga hari ke-{number}.",
                source=source,
            )
        )
    bench.run()
    swept, proof, _ = forgotten(bench, subject_of("*.tajam.example"))
    assert proof.clean
    assert swept.removed["index"] == 2
    assert titles(bench, "banjir") == ["Banjir nomor 2 melanda kota"]
    assert len(bench.table("alerts", Alert)) == 1


@embedded
def test_the_owner_of_a_channel_goes_and_shared_subscriptions_stay(bench: Bench) -> None:
    mail = EmailChannel(to="pembaca.setia@pos.example")
    bench.give(
        subscription("own", "banjir", channels=(mail,)),
        subscription("shared", "banjir", channels=(mail, TerminalChannel())),
        subscription("other", "banjir", channels=(TerminalChannel(),)),
        article("one", text="Banjir di Demak."),
    )
    schedules = [report_to(one) for one in (mail, EmailChannel(to="lain@pos.example"))]
    bench.store.log.append(
        [record_for(one, REPORT_SCHEDULES, source="cli", time=START) for one in schedules]
    )
    bench.run()
    assert len(bench.table("deliveries", Delivery)) == 4
    _, proof, _ = forgotten(bench, subject_of("email:pembaca.setia@pos.example"))
    assert bench.table("report-schedules", ReportSchedule) == [schedules[1]]
    assert (dict(proof.left), list(proof.files)) == ({}, [])
    left = {one.subscription_id: one.channels for one in bench.table("subscriptions", Subscription)}
    assert left == {"shared": (TerminalChannel(),), "other": (TerminalChannel(),)}
    assert {one.channel for one in bench.table("deliveries", Delivery)} == {"terminal"}
    assert {one.subscription_id for one in bench.table("alerts", Alert)} == {"shared", "other"}
    assert titles(bench, "banjir") != []


def report_to(channel: EmailChannel) -> ReportSchedule:
    """Return the schedule of a report to a mailbox."""
    return ReportSchedule(
        subscription_id=digest_id(channel.to),
        about="other",
        timing=Digest(every="day"),
        time_zone="Asia/Jakarta",
        channel=channel,
        language="id",
        created=START,
    )


@embedded
def test_the_proof_finds_what_is_left(bench: Bench) -> None:
    """Without a sweep everything is found, by the same look that finds nothing after one."""
    given(bench)
    subject = subject_of(URL)
    eraser = build_eraser(bench.store)
    proof = prove(bench.store, eraser, subject, look(bench, subject), lambda _: None)
    assert not proof.clean
    assert proof.left["articles.enriched"] >= 1
    assert proof.left["index"] == 1
    if bench.store.transactional:
        assert any("pantau.db" in one.file for one in proof.files)


@embedded
def test_events_decode_after_the_replacement(bench: Bench) -> None:
    given(bench)
    forgotten(bench, subject_of(GONE))
    for value in values(build_eraser(bench.store), "feed-memory"):
        assert GONE not in value.decode()
        assert decode(FeedMemory, value).feed_id == "feed1"


@embedded
def test_alerts_that_wait_for_a_digest_leave_it_and_the_others_are_sent(bench: Bench) -> None:
    rules = Rules(timing=Digest(every="day"), trigger=EveryMatch())
    bench.give(subscription("arisan", "arisan", channels=(TerminalChannel(),), rules=rules))
    bench.give(article(text=TEXT, article_id=GONE, url=URL, title=TITLE, feed_id="feed1"))
    bench.give(article("stays", title="Arisan warga berjalan baik", text="Arisan warga baik."))
    bench.run()
    (state,) = bench.table("rule-state", RuleState)
    assert len(list(alerts_in(state))) == 2

    swept, proof, found = forgotten(bench, subject_of(URL))

    assert proof.clean
    assert swept.removed["rule-state"] == 1
    (state,) = bench.table("rule-state", RuleState)
    (left,) = alerts_in(state)
    assert left not in found.alerts
    bench.clock.move(days=1)
    bench.run()
    assert [one.alert_ids for one in bench.table("messages", AlertMessage)] == [(left,)]


@embedded
def test_a_message_loses_the_article_and_is_sent_with_the_others(bench: Bench) -> None:
    given(bench)
    alerts = sorted(bench.table("alerts", Alert), key=lambda one: one.article.article_id != GONE)
    gone, stays = (one.alert_id for one in alerts)
    told = AlertMessage(
        message_id="both",
        subscription_id="arisan",
        occasion="digest",
        alert_ids=(gone, stays),
        why=ProblemData(code="later.code", params={"title": TITLE}),
        since=START,
        due=START,
        created=START,
    )
    alone = told.model_copy(update={"message_id": "alone", "alert_ids": (gone,)})
    notice = alone.model_copy(update={"message_id": "notice", "occasion": "expired"})
    delivery = bench.table("deliveries", Delivery)[0].model_copy(
        update={
            "delivery_id": "d",
            "message_id": "both",
            "alert_id": gone,
            "status": DeliveryStatus.DELIVERED,
        }
    )
    bench.give(told, alone, notice, delivery)

    swept, proof, found = forgotten(bench, subject_of(URL))

    assert (dict(proof.left), list(proof.files)) == ({}, [])
    assert swept.removed["messages"] == 3
    assert list(found.told.values()) == [1]  # its receiver has the article already
    left = {
        one.message_id: (one.alert_ids, one.why) for one in bench.table("messages", AlertMessage)
    }
    assert left == {"both": ((stays,), None), "notice": ((), None)}
    assert "d" in {one.delivery_id for one in bench.table("deliveries", Delivery)}


def waiting(*alerts: str) -> RuleState:
    """Return the state of a digest in which these alerts wait."""
    queue = TimedQueue(
        timing=Digest(every="day"),
        channels=("c1",),
        pending=Pending(since=START, alert_ids=alerts),
    )
    return RuleState(subscription_id="arisan", at=START, queues=(queue,))


@embedded
def test_a_state_that_its_service_writes_meanwhile_stays_and_is_swept_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A take-down reads a state, the notifier adds an alert, the take-down writes: none is lost."""
    eraser = build_eraser(bench.store)
    found = Findings(alerts={"gone"})
    bench.give(waiting("gone", "stays"))
    replace = eraser.replace

    def late(changes: Sequence[tuple[Received, Record]]) -> None:
        bench.give(waiting("gone", "stays", "new"))
        replace(changes)

    monkeypatch.setattr(eraser, "replace", late)
    assert sweep(bench.store, eraser, found, bench.clock).removed["rule-state"] == 1
    assert bench.table("rule-state", RuleState) == [waiting("gone", "stays", "new")]
    monkeypatch.undo()
    assert sweep(bench.store, eraser, found, bench.clock).removed["rule-state"] == 1
    assert bench.table("rule-state", RuleState) == [waiting("stays", "new")]
    assert not sweep(bench.store, eraser, found, bench.clock).removed


@embedded
def test_a_subscription_that_is_edited_meanwhile_keeps_the_edit(bench: Bench) -> None:
    mail = EmailChannel(to="pembaca.setia@pos.example")
    bench.give(subscription("shared", "banjir", channels=(mail, TerminalChannel())))
    found = look(bench, subject_of("email:pembaca.setia@pos.example"))
    bench.give(subscription("shared", "banjir AND Demak", channels=(mail, TerminalChannel())))
    sweep(bench.store, build_eraser(bench.store), found, bench.clock)
    (left,) = bench.table("subscriptions", Subscription)
    assert (left.query, left.channels) == ("banjir AND Demak", (TerminalChannel(),))


@embedded
@pytest.mark.parametrize("topic", [FEED_MEMORY, RULE_STATE, MESSAGES], ids=lambda one: one.name)
def test_what_a_newer_version_wrote_stays_and_the_proof_names_it(
    bench: Bench, topic: Topic
) -> None:
    """This version does not know the rest of it, so it must not be removed as a whole."""
    given(bench)
    (alert,) = (
        one.alert_id for one in bench.table("alerts", Alert) if one.article.article_id == GONE
    )
    version = current_version(topic.event) + 1
    fields = {"schema_version": version, "alert_ids": [alert], "seen": [GONE], "more": [alert]}
    newer = Record(topic.name, "newer", json.dumps(fields).encode())
    bench.store.log.append([newer])
    eraser = build_eraser(bench.store)
    found = look(bench, subject_of(URL))
    sweep(bench.store, eraser, found, bench.clock)
    assert newer.value in values(eraser, topic.name)
    assert prove(bench.store, eraser, subject_of(URL), found, lambda _: None).left == {
        topic.name: 1
    }
