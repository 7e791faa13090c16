"""Import of the subscriptions of a file: all of them or, where a line is wrong, none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from pydantic import SecretStr

from pantau.common.text.safe_text import one_line
from pantau.common.time import zones
from pantau.errors import UsageError
from pantau.messages.languages import DEFAULT, Lang
from pantau.ports import TemplateRenderer
from pantau.problems import Problem, problem
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.errors import QueryError
from pantau.settings import Settings
from pantau.usecases.channels.own_form import check_template
from pantau.usecases.channels.payloads import known_payloads
from pantau.usecases.channels.reading import channel_warnings, new_secret
from pantau.usecases.search.spellings import Spell, as_read
from pantau.usecases.subscriptions.brought.rows import refused
from pantau.usecases.subscriptions.files import ParsedRows, RowFault
from pantau.usecases.subscriptions.query_doubts import query_doubts
from pantau.usecases.subscriptions.references import References
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.row_reading import Fault, ReadRow, RowContext, read_row
from pantau.usecases.subscriptions.subscribing import (
    NAME_LIMIT,
    Confirm,
    folded_name,
    name_or_query,
    require_all,
)
from pantau_schemas.events.subscription import (
    Channel,
    MessageTemplate,
    QueryLanguage,
    Subscription,
    WebhookChannel,
    describe_channel,
)

FAULTS_SHOWN: Final = 20
"""Faults of a file that are named; further ones are counted."""

SPELLED: Final = 20
"""Rows of a file up to which names are looked up in stored articles."""


class FaultyRowsError(UsageError):
    """A file with faults: those of all lines, in the order of the lines."""

    def __init__(self, faults: Sequence[tuple[int, Fault]]) -> None:
        self.faults = tuple(faults)
        super().__init__(self._show(DEFAULT))

    def text(self, lang: Lang = DEFAULT) -> str:
        """Return the faults, one below the other, in a language."""
        return self._show(lang)

    def _show(self, lang: Lang) -> str:
        shown = [
            problem("subscriptions.row", line=line, fault=fault.text(lang)).text(lang)
            for line, fault in self.faults[:FAULTS_SHOWN]
        ]
        more = len(self.faults) - len(shown)
        if more:
            shown.append(problem("subscriptions.rows-more", count=more).text(lang))
        if len(self.faults) > 1:
            count = len(self.faults)
            shown.insert(0, problem("subscriptions.rows-faulty", count=count).text(lang))
        return "\n".join(shown)


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """A warning about the query of a line."""

    line: int
    language: QueryLanguage
    doubt: Diagnosis


@dataclass(frozen=True, slots=True)
class Imported:
    """How many subscriptions were made and changed, and the secret of new webhooks if any."""

    made: int
    changed: int
    new_secret: str | None
    warnings: tuple[Problem, ...] = ()  # about channels that are new
    doubts: tuple[RowDoubt, ...] = ()  # about queries that are new or changed
    notes: tuple[RowFault, ...] = ()  # about lines of other programs
    became: tuple[tuple[int, Subscription, bool], ...] = ()
    """The line, the subscription that it became, and whether it is new; in the order of lines."""


@dataclass(slots=True)
class _ReadFile:
    """The subscriptions of a file by id, the line of each, and what is to be reported."""

    found: dict[str, Subscription] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)  # new ones, by their texts
    doubts: list[RowDoubt] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    notes: list[RowFault] = field(default_factory=list)

    def add_foreign(self, line: int, name: str, read: ReadRow) -> None:
        """Add an object of another program; one with a fault is left out, and named."""
        if read.faults:
            self.notes += [RowFault(line, each) for each in _left_out(name, read.faults)]
        else:
            self.add(line, read)

    def add(self, line: int, read: ReadRow) -> None:
        self.faults += [(line, one) for one in read.faults]
        self.channels |= {describe_channel(one): one for one in read.new_channels}
        made = read.subscription
        if made is None:
            return
        if made.subscription_id in self.found:
            twice = problem("subscriptions.row-twice", id=made.subscription_id)
            self.faults.append((line, twice))
        self.found[made.subscription_id] = made
        self.lines[made.subscription_id] = line
        self.doubts += [RowDoubt(line, made.language, one) for one in read.doubts]
        self.questions += [
            problem("subscriptions.row", line=line, fault=one)
            for one in [*query_doubts(read.doubts)][:1]
        ]


def import_rows(
    parsed: ParsedRows,
    repository: SubscriptionRepository,
    settings: Settings,
    confirm: Confirm = lambda _: False,
    look: Callable[[Sequence[Subscription]], None] = lambda _: None,
    given_secret: str | None = None,
    spell: Spell = as_read,
    *,
    render: TemplateRenderer | None = None,
    save: bool = True,
) -> Imported:
    """Save the subscriptions of rows, all or, where one is wrong, none; after a `look` at them.

    A wrong one of another program's file is left out alone, and named by a note.
    A row with the id of a subscription changes what it names of it; others are new. A webhook keeps
    its secret, or has that of its address; others get the `given_secret`, or one that is made.
    Raises FaultyRowsError with every fault of every line, and UsageError for what is doubtful, as
    `subscribe` does, unless `confirm` returns True: once for all queries, once for all that is
    there already, once for all names. With `render` templates are tried. Without `save` nothing is
    asked and nothing saved: a preview.
    """
    new = new_secret()
    before = {one.subscription_id: one for one in repository.all()}
    context = RowContext(
        before=before,
        references=References(before),
        secrets={} if given_secret else _secrets(before.values()),
        payloads=known_payloads(before.values()),
        secret=given_secret or new,
        settings=settings,
        zone=zones.current_name(),
        now=repository.now(),
        require=repository.require_lists,
        spell=spell if len(parsed.rows) <= SPELLED else as_read,
        check_template=partial(_check_template, render),
    )
    file = _read_rows(parsed, context)
    saved = tuple(file.found.values())
    look(saved)
    if save:
        same, named = [*_alike(file, before)], [*_named_alike(file, before)]
        require_all(_summed(file.questions, same, named), confirm)
        # A line that changes nothing is no change: when a subscription was saved is shown.
        repository.save(*(one for one in saved if one != before.get(one.subscription_id)))
    changed = len(file.found.keys() & before.keys())
    used = any(_has_secret(one, new) for one in saved)
    return Imported(
        made=len(saved) - changed,
        changed=changed,
        new_secret=new if used else None,
        warnings=tuple(channel_warnings(file.channels.values(), settings)),
        doubts=tuple(file.doubts),
        notes=tuple(sorted(file.notes, key=lambda one: one.line)),
        became=tuple((file.lines[key], one, key not in before) for key, one in file.found.items()),
    )


def _read_rows(parsed: ParsedRows, context: RowContext) -> _ReadFile:
    """Read all rows. Raises FaultyRowsError with every fault of every line."""
    file = _ReadFile(faults=[(one.line, one.fault) for one in parsed.faults], notes=[*parsed.notes])
    for number, row in parsed.rows:
        read = read_row(row, context)
        if number in parsed.foreign:
            file.add_foreign(number, str(row.get("name", "")), read)
        else:
            file.add(number, read)
    if file.faults:
        raise FaultyRowsError(sorted(file.faults, key=_line))
    return file


def _check_template(
    render: TemplateRenderer | None, template: MessageTemplate, name: str, lang: Lang
) -> None:
    if render is not None:
        check_template(template, name, lang, render)


def _left_out(name: str, faults: Sequence[Fault]) -> tuple[Problem, ...]:
    """Return the note of an object that is left out, with its first fault as the reason."""
    first = faults[0]
    if isinstance(first, QueryError):
        reason = first.place()
    elif isinstance(first, Problem):
        reason = first
    else:
        reason = problem("subscriptions.invalid", text=str(first))
    return refused(name, reason).notes


def _line(fault: tuple[int, Fault]) -> int:
    return fault[0]


def _secrets(stored: Iterable[Subscription]) -> dict[str, SecretStr]:
    """Return the secret of each address, of the newest subscription if they differ."""
    return {
        channel.url: channel.secret
        for one in stored
        for channel in one.channels
        if isinstance(channel, WebhookChannel)
    }


def _alike(file: _ReadFile, before: dict[str, Subscription]) -> Iterator[Problem]:
    """Yield which lines ask what another subscription asks already, for the same channels."""
    asked = {_asked(one): one for one in before.values()}
    for one in file.found.values():
        old = before.get(one.subscription_id)
        other = asked.setdefault(_asked(one), one)
        is_same = other.subscription_id != one.subscription_id
        if is_same and (old is None or _asked(old) != _asked(one)):
            fault = problem("subscriptions.row-same", name=one_line(other.name, NAME_LIMIT))
            line = file.lines[one.subscription_id]
            yield problem("subscriptions.row", line=line, fault=fault)


def _named_alike(file: _ReadFile, before: dict[str, Subscription]) -> Iterator[Problem]:
    """Yield which lines give a subscription the name of another one, in the file or before."""
    kept = [one for key, one in before.items() if key not in file.found]
    named = {folded_name(one.name): one for one in kept}
    for one in file.found.values():
        old = before.get(one.subscription_id)
        other = named.setdefault(folded_name(one.name), one)
        is_new = old is None or folded_name(old.name) != folded_name(one.name)
        # Without a name of its own it has that of its query, which is asked about already.
        if other is not one and is_new and one.name != name_or_query("", one.query):
            fault = problem("subscriptions.row-named", name=one_line(one.name, NAME_LIMIT))
            line = file.lines[one.subscription_id]
            yield problem("subscriptions.row", line=line, fault=fault)


def _summed(
    doubts: Sequence[Problem], same: Sequence[Problem], named: Sequence[Problem]
) -> Iterator[Problem]:
    """Yield one question about all doubtful queries, one about all that is there, one of names."""
    for code, all_of in (
        ("subscriptions.rows-doubtful", doubts),
        ("subscriptions.rows-same", same),
        ("subscriptions.rows-named", named),
    ):
        if all_of:
            yield Problem(code, {"count": len(all_of), "first": all_of[0]})


def _asked(one: Subscription) -> tuple[str, str, str, frozenset[tuple[str, str]]]:
    """Return what two subscriptions have in common that ask the same for the same channels."""
    channels = frozenset((channel.kind, channel.target) for channel in one.channels)
    return " ".join(one.query.split()), one.language, one.time_zone, channels


def _has_secret(subscription: Subscription, secret: str) -> bool:
    return any(
        one.kind == "webhook" and one.secret.get_secret_value() == secret
        for one in subscription.channels
    )
