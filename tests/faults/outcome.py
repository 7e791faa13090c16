"""Promises that must hold after the long proof: nothing lost, nothing wrong, nothing doubled."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.ports import Store
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus
from tests.faults.world import Pair, Report, World
from tests.fleet import Fleet

Pairs = set[tuple[str, str]]
"""Alerts: the id of a subscription and the address of an article."""


def indexed(pair: Pair) -> int:
    """Return how many articles the index has."""
    index = f"{pair.prefix}articles"
    with Elasticsearch(pair.elastic) as client:
        client.indices.refresh(index=index)
        return int(client.count(index=index)["count"])


def check(
    place: World, expected: Pairs, fleet: Fleet, pair: Pair, folder: Path, report: Report
) -> None:
    """Compare services, index, log and webhook with what the articles must have led to."""
    _check_services(fleet, report)
    _check_index(place, pair, report)
    store = open_store(
        Settings(
            data=folder / "check",
            kafka=KafkaSettings(servers=(pair.kafka,), prefix=pair.prefix),
            elasticsearch=ElasticSettings(url=pair.elastic, prefix=pair.prefix),
        ),
        SystemClock(),
    )
    with closing(store):
        _check_log(store, expected, report)
    _check_webhook(place, expected, report)


def _check_services(fleet: Fleet, report: Report) -> None:
    report.check(not fleet.own_exits(), f"no service needed a hand: {fleet.own_exits() or 'none'}")
    for one in fleet.members:
        ended = one._process is not None and one._process.poll() is not None
        report.check(not ended, f"{one.name} runs")
        if ended:
            print(f"--- {one.name}\n{''.join([*one.log][-60:])}", file=sys.stderr)  # noqa: T201 (the cause)


def _check_index(place: World, pair: Pair, report: Report) -> None:
    index = f"{pair.prefix}articles"
    with Elasticsearch(pair.elastic) as client:
        client.indices.refresh(index=index)
        hits = [*scan(client, index=index, query={"_source": ["url"]})]
    urls = Counter(hit["_source"]["url"] for hit in hits)
    ids = Counter(hit["_id"] for hit in hits)
    due = {link for link, _, _ in place.items}
    report.check(set(urls) == due, f"{len(urls)} articles are indexed, all {difference(urls, due)}")
    report.check(max(ids.values(), default=0) == 1 and len(ids) == len(urls), "each once")


def _check_log(store: Store, expected: Pairs, report: Report) -> None:
    alerts = [
        decode(Alert, one) for one in store.log.table("alerts").snapshot().values.values() if one
    ]
    pairs = {(one.subscription_id, str(one.article.url)) for one in alerts}
    report.check(
        pairs == expected and len(alerts) == len(expected),
        f"{len(alerts)} alerts, exactly those due {difference(pairs, expected)}",
    )
    states = Counter(
        decode(Delivery, one).status
        for one in store.log.table("deliveries").snapshot().values.values()
        if one
    )
    report.check(states == {DeliveryStatus.DELIVERED: len(expected)}, f"deliveries: {dict(states)}")
    letters = store.log.consumer(["dead-letters"], None).poll(10)
    report.check(not letters, f"{len(letters)} dead letters")


def _check_webhook(place: World, expected: Pairs, report: Report) -> None:
    said: dict[str, Pairs] = {}
    for headers, body in place.hook.posts:
        alert = json.loads(body)["data"]
        said.setdefault(headers["webhook-id"], set()).add(
            (alert["subscription"]["id"], alert["article"]["url"])
        )
    report.check(
        all(len(about) == 1 for about in said.values()),
        "a repeated message has the same id and says the same",
    )
    pairs = {one for about in said.values() for one in about}
    report.check(
        pairs == expected,
        f"the webhook got every alert due, no other {difference(pairs, expected)}",
    )
    report.check(len(said) == len(expected), f"one id for each alert: {len(said)} ids")
    report.say(
        f"{len(place.hook.posts)} posts for {len(said)} deliveries: "
        f"{len(place.hook.posts) - len(said)} repeats"
    )


def difference(found: Iterable[object], due: Iterable[object]) -> str:
    """Return in words how many of those due are missing, and how many came beyond them."""
    came, wanted = set(found), set(due)
    return f"({len(wanted - came)} lost, {len(came - wanted)} beyond)"
