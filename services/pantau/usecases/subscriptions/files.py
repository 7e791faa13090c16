"""Subscriptions in files: JSON Lines or CSV, exported and imported again.

A row has `query`, and any of `id`, `name`, `tags`, `language`, `time_zone`, `to`, `payload`,
`include_historical`, `paused`. `to` lists channels as `pantau subscribe --to` takes them; in CSV
they are on lines of their own, as are tags. `payload` is the version of the body that webhooks get.
Secrets of webhooks are not exported: a webhook that is there already keeps its secret.
"""

import csv
import io
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from pantau.common.text.csv_cells import plain_cell, safe_cell
from pantau.common.text.safe_text import one_line
from pantau.errors import PantauError, UsageError
from pantau.problems import Problem, problem
from pantau.settings import Settings
from pantau.usecases.channels.payloads import (
    KnownPayloads,
    known_payloads,
    payload_of,
    with_payload,
)
from pantau.usecases.channels.reading import new_secret, read_channels
from pantau.usecases.search.queries import read_query
from pantau.usecases.subscriptions.query_doubts import query_doubts
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import (
    NAME_LIMIT,
    Confirm,
    read_tags,
    require_all,
)
from pantau_schemas.codec import current_version, explain
from pantau_schemas.events.subscription import (
    Channel,
    PayloadVersion,
    Subscription,
    describe_channel,
)
from pantau_schemas.ids import digest_id

COLUMNS: Final = (
    "id", "name", "tags", "query", "language", "time_zone", "to", "payload", "include_historical",
    "paused",
)  # fmt: skip
MOST_ROWS: Final = 100_000
MOST_BYTES: Final = 256_000_000
_TRUE: Final = frozenset({"true", "yes", "1", "ya"})
_FALSE: Final = frozenset({"", "false", "no", "0", "tidak"})
_EXAMPLE: Final = '{"query": "banjir", "to": ["email:desk@example.org"]}'
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many subscriptions were made and changed, and the secret of new webhooks if any."""

    made: int
    changed: int
    new_secret: str | None


def rows_of(subscriptions: Iterable[Subscription]) -> Iterator[dict[str, Any]]:
    """Yield subscriptions as rows, without secrets."""
    for one in subscriptions:
        yield {
            "id": one.subscription_id,
            "name": one.name,
            "tags": list(one.tags),
            "query": one.query,
            "language": one.language,
            "time_zone": one.time_zone,
            "to": [describe_channel(channel) for channel in one.channels],
            "payload": payload_of(one),
            "include_historical": one.include_historical,
            "paused": one.paused,
        }


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV (RFC 4180) with a line of titles; cells are safe against formulas."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {**row, "to": "\n".join(row["to"]), "tags": "\n".join(row["tags"])}
        cells["payload"] = row["payload"] or ""
        for name in ("include_historical", "paused"):
            cells[name] = "yes" if row[name] else ""
        writer.writerow([safe_cell(str(cells[name])) for name in COLUMNS])
    return text.getvalue()


def parse_rows(text: str) -> list[tuple[int, Row]]:
    """Parse a file: JSON Lines if its first line is an object, else CSV; with numbers of lines.

    Raises UsageError naming the line that cannot be read.
    """
    text = text.removeprefix("\ufeff")
    rows = list(_json_rows(text) if text.lstrip().startswith("{") else _csv_rows(text))
    if len(rows) > MOST_ROWS:
        raise UsageError(problem("subscriptions.too-many-rows", most=MOST_ROWS))
    return rows


def _json_rows(text: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _at(number, problem("subscriptions.row-no-json", example=_EXAMPLE)) from error
        if not isinstance(row, dict):
            raise _at(number, problem("subscriptions.row-no-json", example=_EXAMPLE))
        _check_names(number, row)
        yield number, row


def _csv_rows(text: str) -> Iterator[tuple[int, Row]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # as the spreadsheet programs of some countries write
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    titles = [(one or "").strip().lower() for one in reader.fieldnames or ()]
    reader.fieldnames = titles
    _check_names(1, dict.fromkeys(titles))
    if "query" not in titles:
        raise _at(1, problem("subscriptions.row-no-query"))
    try:
        for row in reader:
            cells = {
                name: plain_cell(value) for name, value in row.items() if isinstance(value, str)
            }
            if any(one.strip() for one in cells.values()):
                lists = {name: cells.get(name, "").splitlines() for name in ("to", "tags")}
                yield reader.line_num, cells | lists
    except csv.Error as error:
        raise _at(
            reader.line_num, problem("subscriptions.row-no-csv", reason=str(error))
        ) from error


def _check_names(number: int, row: Row) -> None:
    unknown = [one for one in row if one not in COLUMNS]
    if unknown:
        name = one_line(str(unknown[0]), 40)
        raise _at(number, problem("subscriptions.row-column", name=name, names=", ".join(COLUMNS)))


def import_rows(
    rows: Sequence[tuple[int, Row]],
    repository: SubscriptionRepository,
    settings: Settings,
    confirm: Confirm = lambda _: False,
    look: Callable[[Sequence[Subscription]], None] = lambda _: None,
    given_secret: str | None = None,
) -> Imported:
    """Save the subscriptions of rows, all or, where one is wrong, none; after a `look` at them.

    A row with the id of a subscription changes it; others are new. New webhooks get the
    `given_secret`, or one that is made. Raises UsageError naming the
    line and what is wrong with it, and for what is doubtful, as `subscribe` does, unless `confirm`
    returns True: once for all queries, once for all that is there already.
    """
    new = new_secret()
    secret = given_secret or new
    before = {one.subscription_id: one for one in repository.all()}
    known = known_payloads(before.values())
    now = repository.now()
    found: dict[str, Subscription] = {}
    doubts: list[Problem] = []
    same: list[Problem] = []
    asked = {_asked(one): one for one in before.values()}
    secret_used = False
    for number, row in rows:
        try:
            one, doubtful = _subscription(row, before, secret, settings, repository, now)
            one = _versioned(one, row, before, known)
        except PantauError as error:
            told = error.problem or problem("subscriptions.invalid", text=str(error))
            raise _at(number, told) from error
        if one.subscription_id in found:
            raise _at(number, problem("subscriptions.row-twice", id=one.subscription_id))
        secret_used = secret_used or _has_secret(one, new)
        found[one.subscription_id] = one
        doubts += [problem("subscriptions.row", line=number, fault=each) for each in doubtful[:1]]
        old = before.get(one.subscription_id)
        other = asked.setdefault(_asked(one), one)
        is_same = other.subscription_id != one.subscription_id
        if is_same and (old is None or _asked(old) != _asked(one)):
            fault = problem("subscriptions.row-same", name=one_line(other.name, NAME_LIMIT))
            same.append(problem("subscriptions.row", line=number, fault=fault))
    look(tuple(found.values()))
    require_all(_summed(doubts, same), confirm)
    repository.save(*found.values())
    changed = len(found.keys() & before.keys())
    return Imported(len(found) - changed, changed, new if secret_used else None)


def _summed(doubts: Sequence[Problem], same: Sequence[Problem]) -> Iterator[Problem]:
    """Yield one question about all doubtful queries, and one about all that are there already."""
    for code, all_of in (
        ("subscriptions.rows-doubtful", doubts),
        ("subscriptions.rows-same", same),
    ):
        if all_of:
            yield Problem(code, {"count": len(all_of), "first": all_of[0]})


def _asked(one: Subscription) -> tuple[str, str, str, frozenset[tuple[str, str]]]:
    """Return what two subscriptions have in common that ask the same for the same channels."""
    channels = frozenset((channel.kind, channel.target) for channel in one.channels)
    return " ".join(one.query.split()), one.language, one.time_zone, channels


def _subscription(
    row: Row,
    before: Mapping[str, Subscription],
    secret: str,
    settings: Settings,
    repository: SubscriptionRepository,
    now: datetime,
) -> tuple[Subscription, tuple[Problem, ...]]:
    """Return the subscription of a row, and what is doubtful about its query.

    That a subscription has the same query already is no doubt about it.
    """
    query = str(row.get("query") or "")
    language, zone = str(row.get("language") or "lucene"), str(row.get("time_zone") or "UTC")
    read = read_query(query, language, zone)  # type: ignore[arg-type]  # an unknown one is refused
    repository.require_lists(read.query, query)
    old = before.get(str(row.get("id") or ""))
    targets = _listed(row.get("to"))
    is_new = old is None or (old.query, old.language) != (query, language)
    doubts = tuple(query_doubts(read.warnings)) if is_new else ()
    try:
        made = Subscription.model_validate(
            {
                "schema_version": current_version(Subscription),
                "subscription_id": row.get("id") or digest_id("subscription", uuid.uuid4().hex),
                "name": one_line(str(row.get("name") or query), NAME_LIMIT) or "?",
                "tags": read_tags(_listed(row.get("tags"))),
                "query": query,
                "language": language,
                "time_zone": zone,
                "channels": _kept(read_channels(targets, secret, settings), old),
                "include_historical": _truth(row, "include_historical"),
                "paused": _truth(row, "paused"),
                "created": now if old is None else old.created,
            }
        )
    except ValidationError as error:
        raise UsageError(problem("subscriptions.invalid", text=explain(error))) from error
    return made, doubts


def _versioned(
    made: Subscription, row: Row, before: Mapping[str, Subscription], known: KnownPayloads
) -> Subscription:
    """Return a subscription whose webhooks get the version of the row, or that they had."""
    given = str(row.get("payload") or "").strip()
    if given not in {"", "1", "2"}:
        raise UsageError(problem("subscriptions.row-payload", value=one_line(given, 40)))
    old = before.get(made.subscription_id)
    kept = {describe_channel(one) for one in old.channels} if old is not None else set()
    wanted: PayloadVersion | None = None if not given else 1 if given == "1" else 2
    versioned = with_payload(made.channels, wanted, known)
    channels = [
        one if not given and describe_channel(one) in kept else new
        for one, new in zip(made.channels, versioned, strict=True)
    ]
    return made.model_copy(update={"channels": tuple(channels)})


def _listed(value: object) -> list[str]:
    """Return a list of texts that may stand alone."""
    if not value:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _kept(channels: Sequence[Channel], old: Subscription | None) -> tuple[Channel, ...]:
    """Return channels, those that were there before with their secrets."""
    known = {} if old is None else {describe_channel(one): one for one in old.channels}
    return tuple(known.get(describe_channel(one), one) for one in channels)


def _has_secret(subscription: Subscription, secret: str) -> bool:
    return any(
        one.kind == "webhook" and one.secret.get_secret_value() == secret
        for one in subscription.channels
    )


def _truth(row: Row, name: str) -> bool:
    value = str(row.get(name) if row.get(name) is not None else "").strip().lower()
    if value not in _TRUE | _FALSE:
        raise UsageError(problem("subscriptions.row-truth", name=name))
    return value in _TRUE


def _at(number: int, fault: Problem) -> UsageError:
    return UsageError(problem("subscriptions.row", line=number, fault=fault))
