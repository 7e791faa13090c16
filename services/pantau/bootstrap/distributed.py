"""The distributed runtime: one service."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Final

from pantau.adapters.files.batch_journal import FileJournal
from pantau.bootstrap.parts import (
    build_callbacks,
    build_channel_drivers,
    build_console,
    build_courtesy,
    build_extractor,
    build_fetcher,
    build_mailboxes,
    build_reader,
)
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import ChannelDriver, Clock, Closable
from pantau.settings import Settings
from pantau.stream.handler import Resources
from pantau.stream.redactions import Redactions
from pantau.stream.table_reading import TableReading
from pantau.topology import EXTRACTOR, STAGES
from pantau_schemas.topics import REDACTIONS

if TYPE_CHECKING:
    from pantau.adapters.distributed_store import DistributedStore
    from pantau.adapters.kafka.backlog import KafkaBacklog
    from pantau.observe.mounted import Mount
    from pantau.runtimes.distributed.services import Part, Service

CONSOLE: Final = "console"


def build_service(
    name: str, settings: Settings, clock: Clock, *, signals: Signals = NO_SIGNALS
) -> "Service":
    """Build a service of the distributed runtime: `poller`, `extractor`, a stage, or `console`.

    The service `notifier` includes the dispatcher; `indexer` deletes expired articles where the
    server does not.
    """
    from pantau.adapters.distributed_store import DistributedStore  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.adapters.kafka.ready import require_topics  # noqa: PLC0415 (as above)
    from pantau.runtimes.distributed.services import PeriodicTask, Service  # noqa: PLC0415 (as above)
    from pantau.usecases.maintenance.retention import tidy_store  # noqa: PLC0415 (only where the service runs)
    from pantau_schemas.topics import TOPICS  # noqa: PLC0415 (as above)

    store = DistributedStore(settings, clock)
    # Factories, because a part whose server does not answer is replaced by a new one.
    parts: dict[str, Callable[[], Part]] = {}
    fetcher = build_fetcher(settings)
    channels: dict[str, ChannelDriver] = {}
    closing: list[Closable] = [fetcher]
    mounts: tuple[Mount, ...] = ()
    if name == "poller":
        from pantau.poller.service import Poller  # noqa: PLC0415 (as above)

        backlog = _kafka_backlog(settings)
        closing += [backlog]
        mailboxes = build_mailboxes(settings)
        closing += [mailboxes]
        callbacks = build_callbacks(settings)
        mounts = (callbacks.mount,) if callbacks is not None else ()
        parts["poller"] = lambda: Poller(
            store.log,
            fetcher,
            clock,
            settings.poll,
            signals,
            reader=build_reader(),
            backlog=backlog.count,
            callbacks=callbacks,
            mailboxes=mailboxes,
        )
    elif name == EXTRACTOR.name:
        parts[name] = lambda: build_extractor(
            store, fetcher, clock, settings, build_courtesy(settings), signals
        )
    elif name == CONSOLE:
        parts[name] = _console(settings, signals)
    else:
        parts[name] = _faust_stage(name, store, settings, clock, signals)
    if name == "notifier":
        from pantau.notifier.dispatch import Dispatcher  # noqa: PLC0415 (as above)
        from pantau.usecases.reports.making import StoredReports  # noqa: PLC0415 (as above)

        channels = build_channel_drivers(settings, fetcher, clock)
        parts["dispatcher"] = lambda: Dispatcher(
            store.log,
            channels,
            clock,
            settings.notify,
            signals,
            reports=StoredReports(store, clock),
        )
    if name == "indexer":
        parts["tidy"] = lambda: PeriodicTask(lambda: tidy_store(store, settings.keep, clock.now()))
    return Service(
        name=name,
        parts=parts,
        ready=lambda: require_topics(settings.kafka, TOPICS),
        store=store,
        dependencies=_dependencies(name, settings),
        closing=(*closing, *channels.values()),
        mounts=mounts,
        signals=signals,
    )


def _dependencies(name: str, settings: Settings) -> dict[str, Callable[[], None]]:
    """Return checks of the servers that a service cannot work without."""
    from pantau.adapters.elasticsearch.ready import require_answer  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.adapters.kafka.ready import require_topics  # noqa: PLC0415 (as above)

    seconds = 2.0  # for an answer, so that a check does not hold up the end of the service
    checks: dict[str, Callable[[], None]] = {
        "kafka": lambda: require_topics(settings.kafka, (), seconds)
    }
    if name in {"indexer", CONSOLE}:
        checks["elasticsearch"] = lambda: require_answer(settings.elasticsearch, seconds)
    return checks


def _console(settings: Settings, signals: Signals) -> "Callable[[], Part]":
    """Return a factory of the console, which reads the settings itself."""
    from pantau.runtimes.distributed.console_part import ConsolePart  # noqa: PLC0415 (only where it runs)

    networks = tuple(map(str, settings.fetch.allow_networks))
    return lambda: ConsolePart(partial(build_console, settings, networks), signals)


def _kafka_backlog(settings: Settings) -> "KafkaBacklog":
    """Build the backlog counter of the records between the poller and the channels."""
    from pantau.adapters.kafka.backlog import KafkaBacklog  # noqa: PLC0415 (drivers are loaded when chosen)

    reads = {stage.name: stage.reads.name for stage in STAGES if not stage.indexes}
    return KafkaBacklog(reads, settings.kafka)


def _faust_stage(
    name: str, store: "DistributedStore", settings: Settings, clock: Clock, signals: Signals
) -> "Callable[[], Part]":
    """Return a factory of a stage.

    The handler is built once, when the servers answer, and is kept with everything it has read.
    """
    from pantau.runtimes.distributed.faust_app import FaustStage  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.runtimes.distributed.ownership import KeyOwnership  # noqa: PLC0415 (only where the service runs)
    from pantau.runtimes.distributed.store_step import StoreStep  # noqa: PLC0415 (as above)
    from pantau.runtimes.processing import Processing  # noqa: PLC0415 (as above)
    from pantau.runtimes.ticks import Ticks  # noqa: PLC0415 (as above)

    stage = next(one for one in STAGES if one.name == name)
    ownership = KeyOwnership()
    resources = Resources(
        settings=settings,
        table=lambda topic: store.log.table(topic.name),
        clock=clock,
        owns=ownership.owns,
        reading=TableReading(signals.metrics.skipped),
        recent=lambda topic, seconds: store.log.recent(topic.name, seconds),
    )
    made: list[StoreStep] = []
    held = [one.name for one in stage.holds]

    def hold(partitions: Collection[int], count: int) -> None:
        if held:
            store.log.hold(name, held, partitions, count)

    def build() -> FaustStage:
        if not made:
            hold((), 0)  # nothing is read before partitions are assigned
            handler = stage.build(resources)
            forgotten = Redactions(resources.table(REDACTIONS))
            processing = Processing(stage, handler, clock, signals, forgotten)
            limits = settings.pipeline
            made.append(
                StoreStep(
                    processing,
                    store,
                    clock,
                    store.log.catch_up,
                    batch=limits.batch,
                    batch_bytes=limits.batch_bytes,
                    journal=FileJournal(settings.data, name),
                    ticks=Ticks(processing, handler, clock, signals),
                )
            )
        return FaustStage(
            made[0],
            settings.kafka,
            settings.pipeline,
            signals=signals,
            ownership=ownership,
            hold=hold,
        )

    return build
