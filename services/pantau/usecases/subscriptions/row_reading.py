"""One row of a file as a subscription: members that it names are read, all others stay.

A member that is null or empty returns to its default: no tags, no channels, not paused, the query
as name. Nothing is saved here.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar, get_args

from pydantic import SecretStr, ValidationError

from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone
from pantau.errors import PantauError
from pantau.problems import Problem, problem
from pantau.query import Query
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.parsing.languages import read_time_zone
from pantau.settings import Settings
from pantau.usecases.channels.payloads import (
    KnownPayloads,
    format_of,
    payload_of,
    with_format,
    with_payload,
)
from pantau.usecases.channels.reading import read_channels
from pantau.usecases.rules.columns import rules_of_row, timings_of_row
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.spellings import Spell, as_read
from pantau.usecases.subscriptions.files import Row
from pantau.usecases.subscriptions.references import References
from pantau.usecases.subscriptions.subscribing import NAME_LIMIT, read_tags
from pantau.usecases.subscriptions.template_columns import Check, templates_of_row
from pantau_schemas.base import members_of
from pantau_schemas.codec import current_version, explain
from pantau_schemas.events.rules import NO_RULES, Rules
from pantau_schemas.events.subscription import (
    Channel,
    MessageTemplate,
    PayloadVersion,
    QueryLanguage,
    Subscription,
    Tag,
    WebhookChannel,
    WebhookFormat,
    describe_channel,
)
from pantau_schemas.ids import digest_id

T = TypeVar("T")
Fault = Problem | PantauError
"""The fault of a member; both kinds have a sentence in each language."""
NO_TAGS: Final[tuple[Tag, ...]] = ()
_TRUE: Final = frozenset({"true", "yes", "1", "ya"})
_FALSE: Final = frozenset({"", "false", "no", "0", "tidak"})
_TEXTS: Final = (str, int, float)


def _accept(template: MessageTemplate, name: str, lang: str) -> None:
    """Accept any template."""
    del template, name, lang


@dataclass(frozen=True, slots=True)
class RowContext:
    """The context of all rows of a file: what is stored, and what new members get.

    `secrets` are those of addresses that have one already; other webhooks get `secret`. `require`
    raises QueryError for a query that names a list that does not exist.
    """

    before: Mapping[str, Subscription]
    references: References
    secrets: Mapping[str, SecretStr]
    payloads: KnownPayloads
    secret: str
    settings: Settings
    zone: str
    now: datetime
    require: Callable[[Query, str], None]
    spell: Spell = as_read
    check_template: Check = _accept


@dataclass(slots=True)
class ReadRow:
    """A row that was read: its subscription (None if it is none), new channels, and faults."""

    subscription: Subscription | None = None
    new_channels: tuple[Channel, ...] = ()
    doubts: tuple[Diagnosis, ...] = ()  # about a query that is new or changed
    faults: list[Fault] = field(default_factory=list)


def read_row(row: Row, context: RowContext) -> ReadRow:
    """Read a row; every member that is wrong is a fault of its own."""
    return _RowReader(row, context).read()


class _RowReader:
    """Reads the members of one row, over the subscription that has its id."""

    def __init__(self, row: Row, context: RowContext) -> None:
        self.row = row
        self.context = context
        self.found = ReadRow()
        self.id = self._text("id", "")
        self.old = context.before.get(self.id) or self._meant()

    def read(self) -> ReadRow:
        language, zone = self._language(), self._zone()
        query = self._kept("query", lambda: self._text("query", ""), "")
        self._check_query(query, language, zone)
        old = self.old
        # Members that no file names, such as those of a newer version, stay as well.
        kept = {} if old is None else members_of(old)
        fields = kept | {
            "schema_version": current_version(Subscription),
            "subscription_id": self._subscription_id(),
            "name": self._name(query),
            "tags": self._kept("tags", lambda: read_tags(self._list("tags")), NO_TAGS),
            "query": query,
            "language": language or "lucene",
            "time_zone": zone or "UTC",
            "channels": self._timed(self._formatted(self._channels())),
            "rules": self._rules(zone),
            "include_historical": self._truth("include_historical"),
            "paused": self._truth("paused"),
            "created": self.context.now if old is None else old.created,
        }
        try:
            made = Subscription.model_validate(fields)
        except ValidationError as error:
            self.found.faults.append(problem("subscriptions.invalid", text=explain(error)))
        else:
            # Over what is stored: what this version does not know of it stays, too.
            whole = made if old is None else old.model_copy(update=dict(made))
            whole = self._templated(whole)
            self.found.subscription = None if self.found.faults else whole
        return self.found

    def _subscription_id(self) -> str:
        if self.old is not None:
            return self.old.subscription_id
        return self.id or digest_id("subscription", uuid.uuid4().hex)

    def _meant(self) -> Subscription | None:
        """Return what a row without a query changes: by the start of its id, or its name.

        Any other row with an id that is not stored is new.
        """
        if not self.id or "query" in self.row:
            return None
        return self.context.references.find(self.id)

    def _rules(self, zone: str | None) -> Rules:
        before = NO_RULES if self.old is None else self.old.rules
        own, now = known_zone(zone or "UTC"), self.context.now
        return self._attempt(lambda: rules_of_row(self.row, before, own, now)) or before

    def _formatted(self, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
        """Return channels with the format of the row; an empty one is Pantau's own.

        A format that an export would write changes nothing.
        """
        given = self._text("format", "").strip().lower()
        stays = self.old is not None and given == (format_of(self.old) or "")
        if "format" not in self.row or stays:
            return channels
        given = given or "pantau"
        if given not in get_args(WebhookFormat):
            names = ", ".join(get_args(WebhookFormat))
            fault = problem("timing.bad-word", field="format", text=given[:40], names=names)
            self.found.faults.append(fault)
            return channels
        return with_format(channels, given)  # type: ignore[arg-type]  # checked above

    def _timed(self, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
        return self._attempt(lambda: timings_of_row(self.row, channels)) or channels

    def _templated(self, one: Subscription) -> Subscription:
        check = self.context.check_template
        return self._attempt(lambda: templates_of_row(self.row, one, check)) or one

    def _kept(self, name: str, read: Callable[[], T], default: T) -> T:
        """Return the member that is named, else as it is stored, else its default."""
        if name in self.row:
            return read()
        return default if self.old is None else getattr(self.old, name)

    def _attempt(self, read: Callable[[], T]) -> T | None:
        """Return what is read; None, with its fault noted, if that is not possible."""
        try:
            return read()
        except PantauError as error:
            self.found.faults.append(error.problem or error)
            return None

    def _text(self, name: str, default: str) -> str:
        """Return a text that the row names; a number stands for its digits."""
        value = self.row.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            return default
        if isinstance(value, _TEXTS) and not isinstance(value, bool):
            return str(value)
        self.found.faults.append(problem("subscriptions.row-text", name=name))
        return default

    def _list(self, name: str) -> list[str]:
        """Return a list of texts; one of them may stand alone."""
        value = self.row.get(name)
        given = list(value) if isinstance(value, list | tuple) else [] if not value else [value]
        texts = [one for one in given if isinstance(one, _TEXTS) and not isinstance(one, bool)]
        if len(texts) < len(given):
            self.found.faults.append(problem("subscriptions.row-texts", name=name))
        return [str(one) for one in texts if str(one).strip()]

    def _truth(self, name: str) -> bool:
        return self._kept(name, lambda: self._read_truth(name), default=False)

    def _read_truth(self, name: str) -> bool:
        value = str(self.row[name] if self.row[name] is not None else "").strip().lower()
        if value not in _TRUE | _FALSE:
            self.found.faults.append(problem("subscriptions.row-truth", name=name))
        return value in _TRUE

    def _language(self) -> str | None:
        """Return the query language; None for one that does not exist."""
        given = self._kept("language", lambda: self._text("language", "lucene"), "lucene")
        if given in get_args(QueryLanguage):
            return given
        self.found.faults.append(problem("query.no-language", language=one_line(given, 40)))
        return None

    def _zone(self) -> str | None:
        """Return the IANA name of the time zone; None for what is no zone."""
        usual = self.context.zone
        given = self._kept("time_zone", lambda: self._text("time_zone", usual), usual)
        if self.old is not None and given == self.old.time_zone:
            return given
        return self._attempt(lambda: read_time_zone(given))

    def _check_query(self, query: str, language: str | None, zone: str | None) -> None:
        """Add the fault of a query that is new or changed, or what is hardly meant in it."""
        old = self.old
        if old is not None and (query, language, zone) == (old.query, old.language, old.time_zone):
            return
        if old is None and self.id and "query" not in self.row:
            missing = problem("subscriptions.missing", reference=one_line(self.id, 80))
            self.found.faults.append(missing)
            return
        if language is None and query.strip():
            return  # in which language it is to be read is unknown

        def read() -> tuple[Diagnosis, ...]:
            asked: QueryLanguage = language or "lucene"  # type: ignore[assignment]  # checked above
            found = read_query(query, asked, zone or "UTC")
            self.context.require(found.query, query)
            return self.context.spell(found, query, asked)

        self.found.doubts = self._attempt(read) or ()

    def _name(self, query: str) -> str:
        """Return the name; one that was the query follows it, as `subscriptions edit` does."""
        old = self.old
        follows = old is None or old.name == (one_line(old.query, NAME_LIMIT) or "?")
        usual = query if follows or old is None or "name" in self.row else old.name
        return one_line(self._text("name", usual), NAME_LIMIT) or "?"

    def _channels(self) -> tuple[Channel, ...]:
        old = {} if self.old is None else {describe_channel(one): one for one in self.old.channels}
        channels = old
        if "to" in self.row:
            channels = {}
            for target in self._list("to"):
                for one in self._channel(target.strip(), old):
                    channels.setdefault(describe_channel(one), one)
        self.found.new_channels = tuple(one for name, one in channels.items() if name not in old)
        return self._versioned(channels, old)

    def _channel(self, target: str, old: Mapping[str, Channel]) -> tuple[Channel, ...]:
        """Return the channel of a text: the stored one, else a new one with its secret."""
        if target in old:
            return (old[target],)
        context = self.context
        read = lambda: read_channels((target,), context.secret, context.settings)  # noqa: E731 (one expression)
        return tuple(
            old.get(describe_channel(one), _with_secret(one, context.secrets))
            for one in self._attempt(read) or ()
        )

    def _versioned(
        self, channels: Mapping[str, Channel], old: Mapping[str, Channel]
    ) -> tuple[Channel, ...]:
        """Return channels whose webhooks get the version of the row, or that they had.

        A version that an export would write changes nothing.
        """
        given = self._text("payload", "").strip()
        if given not in {"", "1", "2"}:
            fault = problem("subscriptions.row-payload", value=one_line(given, 40))
            self.found.faults.append(fault)
        wanted: PayloadVersion | None = {"1": 1, "2": 2}.get(given)  # type: ignore[assignment]  # those two
        stays = wanted is None or (self.old is not None and wanted == payload_of(self.old))
        versioned = with_payload(channels.values(), wanted, self.context.payloads)
        return tuple(
            old[name] if stays and name in old else new
            for name, new in zip(channels, versioned, strict=True)
        )


def _with_secret(channel: Channel, secrets: Mapping[str, SecretStr]) -> Channel:
    """Return a channel with the secret that its address has already: a receiver has one."""
    if isinstance(channel, WebhookChannel) and channel.url in secrets:
        return channel.model_copy(update={"secret": secrets[channel.url]})
    return channel
