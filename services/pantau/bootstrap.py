"""The composition root: the only place where implementations are wired together.

Nothing is opened before these functions are called.
"""

import functools
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final

from pantau.adapters.files.batch_journal import FileJournal
from pantau.common.channels.kinds import CHANNEL_KINDS
from pantau.common.time.clock import SystemClock
from pantau.errors import StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import (
    ChannelBuilder,
    ChannelDriver,
    ChannelResources,
    Clock,
    Closable,
    Copier,
    DocumentReader,
    Eraser,
    Fetcher,
    Mailboxes,
    Store,
)
from pantau.runtimes.embedded.worker import Worker
from pantau.settings import SETTINGS_FILE, Settings
from pantau.stream.handler import Resources, Stage
from pantau.stream.redactions import Redactions
from pantau.stream.table_reading import TableReading
from pantau.topology import EXTRACTOR, STAGES
from pantau_schemas.topics import REDACTIONS

if TYPE_CHECKING:
    from pantau.adapters.distributed_store import DistributedStore
    from pantau.adapters.kafka.backlog import KafkaBacklog
    from pantau.extractor.stage import Extractor
    from pantau.net.courtesy import Courtesy
    from pantau.observe.mounted import Mount
    from pantau.poller.websub.endpoint import CallbackEndpoint
    from pantau.runtimes.distributed.services import Part, Service
    from pantau.runtimes.embedded.child import ChildPipeline
    from pantau.runtimes.embedded.pipeline import Embedded, Pipeline


def _memory_store(settings: Settings, clock: Clock) -> Store:
    from pantau.adapters.memory.store import MemoryStore  # noqa: PLC0415 (drivers are loaded when chosen)

    del settings
    return MemoryStore(clock)


def _sqlite_store(settings: Settings, clock: Clock) -> Store:
    from pantau.adapters.sqlite.store import SqliteStore  # noqa: PLC0415 (as above)

    return SqliteStore(settings.database, clock)


def _distributed_store(settings: Settings, clock: Clock) -> Store:
    from pantau.adapters.distributed_store import DistributedStore  # noqa: PLC0415 (as above)

    return DistributedStore(settings, clock)


STORES: Final[Mapping[str, Callable[[Settings, Clock], Store]]] = {
    "memory": _memory_store,
    "sqlite": _sqlite_store,
    "kafka": _distributed_store,
}
"""Every backend of `pantau.ports.Store`; the contract suites run on each."""


def open_store(settings: Settings, clock: Clock | None = None) -> Store:
    """Open the store that the settings name.

    Either the embedded store of a data folder, created if needed, or the servers. Raises StopError
    when the file is not a store or is of a newer version; RetryError when it is locked.
    """
    return STORES[settings.backend](settings, clock or SystemClock())


def build_eraser(store: Store) -> Eraser:
    """Build physical access to an opened store, for take-downs.

    Raises StopError for one without files.
    """
    from pantau.adapters.distributed_store import DistributedStore  # noqa: PLC0415 (as above)
    from pantau.adapters.sqlite.store import SqliteStore  # noqa: PLC0415 (as above)

    if isinstance(store, SqliteStore | DistributedStore):
        return store.eraser()
    message = f"nothing of {type(store).__name__} lasts, so nothing of it is taken down"
    raise StopError(message)


def build_copier(settings: Settings) -> Copier:
    """Build the copier of the store that the settings name, for backups; opens nothing."""
    if settings.backend == "kafka":
        from pantau.adapters.kafka.copier import KafkaCopier  # noqa: PLC0415 (as above)

        return KafkaCopier(settings)
    from pantau.adapters.sqlite.copier import SqliteCopier  # noqa: PLC0415 (as above)

    folder = settings.data
    named = (folder / SETTINGS_FILE, *settings.enrich.dictionaries)
    beside = [path for path in (folder / one for one in named) if path.is_relative_to(folder)]
    return SqliteCopier(settings.database, beside)


def build_workers(
    store: Store,
    clock: Clock,
    settings: Settings,
    signals: Signals = NO_SIGNALS,
    *,
    only: Collection[str] | None = None,
) -> list[Worker]:
    """Build every stage of the topology over one store, or `only` some."""
    resources = Resources(
        settings=settings,
        table=lambda topic: store.log.table(topic.name),
        clock=clock,
        reading=TableReading(signals.metrics.skipped),
    )
    return [
        Worker(
            stage,
            stage.build(resources),
            store,
            clock,
            batch=settings.pipeline.batch,
            batch_bytes=settings.pipeline.batch_bytes,
            journal=FileJournal(settings.data, stage.name),
            signals=signals,
            redactions=Redactions(resources.table(REDACTIONS)),
        )
        for stage in STAGES
        if only is None or stage.name in only
    ]


def build_pipeline(
    store: Store,
    clock: Clock,
    settings: Settings,
    signals: Signals,
    *,
    only: Collection[str],
    part: str,
) -> "Pipeline":
    """Build a pipeline of some stages for a process of its own."""
    from pantau.runtimes.embedded.pipeline import Pipeline  # noqa: PLC0415 (only where it runs)

    return Pipeline(
        store, build_workers(store, clock, settings, signals, only=only), signals, part=part
    )


def build_embedded(
    store: Store,
    clock: Clock,
    settings: Settings,
    *,
    drivers: Mapping[str, ChannelDriver] | None = None,
    signals: Signals = NO_SIGNALS,
    apart: Collection[str] = (),
) -> "Embedded":
    """Build everything that `pantau run` runs. `drivers` replace the default ones of the same kind.

    The stages `apart` run in a child process, which reads the settings of the data folder itself;
    the store must be the SQLite file there.
    """
    from pantau.notifier.dispatch import Dispatcher  # noqa: PLC0415 (only where the whole of it runs)
    from pantau.poller.service import Poller  # noqa: PLC0415 (as above)
    from pantau.runtimes.embedded.pipeline import Embedded, Pipeline  # noqa: PLC0415 (as above)
    from pantau.usecases.maintenance.retention import tidy_store  # noqa: PLC0415 (as above)

    fetcher = build_fetcher(settings)
    courtesy = build_courtesy(settings)
    channels = build_channel_drivers(settings, fetcher, clock) | dict(drivers or {})
    child = _build_child(store, settings, signals, apart) if apart else None
    workers = build_workers(
        store, clock, settings, signals, only=[one.name for one in STAGES if one.name not in apart]
    )
    pipeline = Pipeline(store, workers, signals, told=child.wake if child is not None else None)

    callbacks = _build_callbacks(settings)
    mailboxes = build_mailboxes(settings)

    # The poller paces floods by what both processes have left to do.
    def backlog() -> int:
        return pipeline.lag() + (child.lag() if child is not None else 0)

    return Embedded(
        store=store,
        poller=Poller(
            store.log,
            fetcher,
            clock,
            settings.poll,
            signals,
            reader=build_reader(),
            backlog=backlog,
            courtesy=courtesy,
            callbacks=callbacks,
            mailboxes=mailboxes,
        ),
        extractor=build_extractor(store, fetcher, clock, settings, courtesy, signals),
        pipeline=pipeline,
        child=child,
        dispatcher=Dispatcher(store.log, channels, clock, settings.notify, signals),
        tidy=lambda: tidy_store(store, settings.keep, clock.now()),
        closing=(fetcher, mailboxes, *channels.values()),
        mounts=(callbacks.mount,) if callbacks is not None else (),
        signals=signals,
    )


def _build_callbacks(settings: Settings) -> "CallbackEndpoint | None":
    """Build the callback of hubs, or None where WebSub is off."""
    if settings.websub.public_url is None:
        return None
    from pantau.poller.websub.endpoint import CallbackEndpoint  # noqa: PLC0415 (only where it is on)

    return CallbackEndpoint(settings.websub, settings.fetch.max_bytes)


def _build_child(
    store: Store, settings: Settings, signals: Signals, stages: Collection[str]
) -> "ChildPipeline":
    from pantau.adapters.sqlite.store import SqliteStore  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.runtimes.embedded.child import ChildPipeline  # noqa: PLC0415 (only where it runs)

    if not isinstance(store, SqliteStore):
        message = (
            f"only a SQLite file can be worked on by two processes, not {type(store).__name__}"
        )
        raise StopError(message)

    def lag(stage: Stage) -> int:
        consumer = store.log.consumer([stage.reads.name], stage.name)  # at the child's position
        return consumer.lag()

    chosen = [stage for stage in STAGES if stage.name in stages]
    for stage in chosen:
        signals.metrics.lag(stage.name, functools.partial(lag, stage))
    names = [stage.name for stage in chosen]
    # -P: a file in the current folder must not be imported as a module.
    program = [sys.executable, "-P", "-m", "pantau.commands.programs.run_child"]
    return ChildPipeline(
        [*program, str(settings.data), settings.log_level, *names],
        names,
        woken=store.wake,
        lag=lambda: sum(lag(stage) for stage in chosen),
        signals=signals,
    )


def setups(
    settings: Settings, *, kibana: str | None = None
) -> "Sequence[Callable[[], Iterable[str]]]":
    """Return the steps of `pantau setup`, one per server; each yields lines of its progress.

    `kibana` is the address of a Kibana to import the saved objects into. Each step raises
    RetryError when its server does not answer, StopError when an operator has to act.
    """
    from pantau.adapters.elasticsearch import setup  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.adapters.kafka import topics  # noqa: PLC0415 (drivers are loaded when chosen)

    steps: list[Callable[[], Iterable[str]]] = [
        lambda: topics.create_topics(settings).lines,
        lambda: setup.setup(settings.elasticsearch, settings.keep).lines,
    ]
    if kibana is not None:
        steps.append(lambda: _set_up_kibana(kibana, settings))
    return steps


def _set_up_kibana(url: str, settings: Settings) -> tuple[str, ...]:
    from pantau.adapters.elasticsearch.kibana import import_objects  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau_schemas.kibana import ndjson  # noqa: PLC0415 (as above)

    count = import_objects(url, ndjson(settings.elasticsearch.prefix), settings.elasticsearch)
    return (f"Kibana: {count} objects",)


def build_service(
    name: str, settings: Settings, clock: Clock, *, signals: Signals = NO_SIGNALS
) -> "Service":
    """Build a service of the distributed runtime: `poller`, `extractor`, or a stage.

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
        callbacks = _build_callbacks(settings)
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
    else:
        parts[name] = _faust_stage(name, store, settings, clock, signals)
    if name == "notifier":
        from pantau.notifier.dispatch import Dispatcher  # noqa: PLC0415 (as above)

        channels = build_channel_drivers(settings, fetcher, clock)
        parts["dispatcher"] = lambda: Dispatcher(
            store.log, channels, clock, settings.notify, signals
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
    if name == "indexer":
        checks["elasticsearch"] = lambda: require_answer(settings.elasticsearch, seconds)
    return checks


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
    )
    made: list[StoreStep] = []

    def build() -> FaustStage:
        if not made:
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
            made[0], settings.kafka, settings.pipeline, signals=signals, ownership=ownership
        )

    return build


def build_fetcher(settings: Settings) -> Fetcher:
    """Build the guarded fetcher."""
    from pantau.adapters.http.fetcher import GuardedFetcher  # noqa: PLC0415 (drivers are loaded when chosen)

    return GuardedFetcher(settings.fetch)


def build_courtesy(settings: Settings) -> "Courtesy":
    """Build the gaps between requests to a domain, for all parts of a process that fetch."""
    from pantau.net.courtesy import Courtesy  # noqa: PLC0415 (as above)

    return Courtesy(settings.poll.domain_gap_seconds, settings.poll.shared_domains)


def build_extractor(
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    settings: Settings,
    courtesy: "Courtesy",
    signals: Signals = NO_SIGNALS,
) -> "Extractor":
    """Build the stage that fetches pages; for one run."""
    from pantau.enricher.structure.boilerplate import find_boilerplate  # noqa: PLC0415 (as above)
    from pantau.extractor.stage import build_stage  # noqa: PLC0415 (as above)

    return build_stage(
        EXTRACTOR,
        store.log,
        fetcher,
        build_page_reader(),
        clock,
        settings.extract,
        courtesy,
        find_boilerplate,
        signals,
    )


def build_page_reader() -> DocumentReader:
    """Build the reader of pages: each in a child process, however small it is."""
    from pantau.adapters.processes.reader import ProcessReader, ReadLimits  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.extractor.reading import PAGE  # noqa: PLC0415 (only where pages are read)

    limits = ReadLimits(small=-1, seconds=2.0, seconds_each_megabyte=1.0)
    # The libraries are loaded before the first page, so that they do not count for it.
    return ProcessReader(preload=[PAGE.name, "trafilatura:bare_extraction"], limits=limits)


def build_mailboxes(settings: Settings) -> Mailboxes:
    """Build the reader of the operator's mailboxes."""
    from pantau.adapters.mail.mailboxes import ThreadedMailboxes  # noqa: PLC0415 (drivers are loaded when chosen)

    return ThreadedMailboxes(settings.fetch)


def build_reader() -> DocumentReader:
    """Build the reader of external documents.

    It starts no process before a document needs it.
    """
    from pantau.adapters.processes.reader import ProcessReader  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.poller.reading.listed_reading import LISTED  # noqa: PLC0415 (only where something is read)
    from pantau.poller.reading.readings import FEED, OPML  # noqa: PLC0415 (as above)

    return ProcessReader(preload=[LISTED.name, FEED.name, OPML.name])


def build_channel_drivers(
    settings: Settings, fetcher: Fetcher, clock: Clock
) -> dict[str, ChannelDriver]:
    """Build the driver of each kind of channel."""
    resources = ChannelResources(settings, fetcher, clock)
    drivers: dict[str, ChannelDriver] = {}
    for kind in CHANNEL_KINDS:
        build: ChannelBuilder = resolve_name(kind.driver)
        drivers[kind.name] = build(resources)
    return drivers
