"""The embedded runtime."""

import functools
import sys
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pantau.adapters.files.batch_journal import FileJournal
from pantau.bootstrap.parts import (
    build_callbacks,
    build_channel_drivers,
    build_courtesy,
    build_extractor,
    build_fetcher,
    build_mailboxes,
    build_reader,
)
from pantau.errors import StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import ChannelDriver, Clock, Store
from pantau.runtimes.embedded.worker import Worker
from pantau.settings import Settings
from pantau.stream.handler import Resources, Stage
from pantau.stream.redactions import Redactions
from pantau.stream.table_reading import TableReading
from pantau.topology import STAGES
from pantau_schemas.topics import REDACTIONS

if TYPE_CHECKING:
    from pantau.runtimes.embedded.child import ChildPipeline
    from pantau.runtimes.embedded.pipeline import Embedded, Pipeline


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
    from pantau.usecases.reports.making import StoredReports  # noqa: PLC0415 (as above)

    fetcher = build_fetcher(settings)
    courtesy = build_courtesy(settings)
    channels = build_channel_drivers(settings, fetcher, clock) | dict(drivers or {})
    child = _build_child(store, settings, signals, apart) if apart else None
    workers = build_workers(
        store, clock, settings, signals, only=[one.name for one in STAGES if one.name not in apart]
    )
    pipeline = Pipeline(store, workers, signals, told=child.wake if child is not None else None)

    callbacks = build_callbacks(settings)
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
        dispatcher=Dispatcher(
            store.log,
            channels,
            clock,
            settings.notify,
            signals,
            reports=StoredReports(store, clock),
        ),
        tidy=lambda: tidy_store(store, settings.keep, clock.now()),
        closing=(fetcher, mailboxes, *channels.values()),
        mounts=(callbacks.mount,) if callbacks is not None else (),
        signals=signals,
    )


def stage_lags(store: Store) -> dict[str, int]:
    """Return how many records wait for each stage of the embedded runtime. Raises RetryError."""
    found = {}
    for stage in STAGES:
        consumer = store.log.consumer([stage.reads.name], stage.name)  # at the stage's position
        try:
            found[stage.name] = consumer.lag()
        finally:
            consumer.close()
    return found


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
