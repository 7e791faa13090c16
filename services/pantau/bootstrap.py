"""The one place where real parts are put together. Nothing opens before these functions are called."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from pantau.clock import SystemClock
from pantau.handler import Resources
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import ChannelDriver, Clock, Fetcher, Store
from pantau.runtimes.worker import Worker
from pantau.settings import Settings
from pantau.topology import STAGES

if TYPE_CHECKING:
    from pantau.runtimes.embedded import Embedded


def _memory_store(settings: Settings, clock: Clock) -> Store:
    from pantau.adapters.memory import MemoryStore  # noqa: PLC0415 (drivers are loaded when chosen)

    del settings
    return MemoryStore(clock)


def _sqlite_store(settings: Settings, clock: Clock) -> Store:
    from pantau.adapters.sqlite_store import SqliteStore  # noqa: PLC0415 (as above)

    return SqliteStore(settings.database, clock)


STORES: Final[Mapping[str, Callable[[Settings, Clock], Store]]] = {
    "memory": _memory_store,
    "sqlite": _sqlite_store,
}
"""Every backend of `pantau.ports.Store`; the contract suites run on each."""


def open_store(settings: Settings, clock: Clock | None = None) -> Store:
    """Open the store that the settings name: the embedded one of a data folder, made if needed, or the servers.

    Raises StopError when the file is not a store, or of a newer version; RetryError when it is busy.
    """
    return STORES[settings.backend](settings, clock or SystemClock())


def build_workers(
    store: Store, clock: Clock, settings: Settings, signals: Signals = NO_SIGNALS
) -> list[Worker]:
    """Build every stage of the topology over one store."""
    resources = Resources(settings=settings, table=lambda topic: store.log.table(topic.name))
    batch = settings.pipeline.batch
    return [
        Worker(stage, stage.build(resources), store, clock, batch=batch, signals=signals) for stage in STAGES
    ]


def build_embedded(
    store: Store,
    clock: Clock,
    settings: Settings,
    *,
    drivers: Mapping[str, ChannelDriver] | None = None,
    signals: Signals = NO_SIGNALS,
) -> "Embedded":
    """Build everything that runs in one process. `drivers` replace the usual ones of the same kind."""
    from pantau.notifier.dispatch import Dispatcher  # noqa: PLC0415 (only where the whole of it runs)
    from pantau.poller.service import Poller  # noqa: PLC0415 (as above)
    from pantau.retention import tidy_store  # noqa: PLC0415 (as above)
    from pantau.runtimes.embedded import Embedded, Pipeline  # noqa: PLC0415 (as above)

    fetcher = build_fetcher(settings)
    channels = build_channel_drivers(settings, fetcher, clock) | dict(drivers or {})
    return Embedded(
        store=store,
        poller=Poller(store.log, fetcher, clock, settings.poll, signals),
        pipeline=Pipeline(store, build_workers(store, clock, settings, signals), signals),
        dispatcher=Dispatcher(store.log, channels, clock, settings.notify, signals),
        tidy=lambda: tidy_store(store, settings.keep, clock.now()),
        closing=(fetcher, *channels.values()),
        signals=signals,
    )


def build_fetcher(settings: Settings) -> Fetcher:
    """Build the guarded fetcher."""
    from pantau.adapters.http_fetcher import GuardedFetcher  # noqa: PLC0415 (drivers are loaded when chosen)

    return GuardedFetcher(settings.fetch)


def build_channel_drivers(settings: Settings, fetcher: Fetcher, clock: Clock) -> dict[str, ChannelDriver]:
    """Build the driver of each kind of channel."""
    from pantau.adapters.alert_file import AlertFileDriver  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.adapters.smtp import SmtpDriver  # noqa: PLC0415 (as above)
    from pantau.adapters.terminal import TerminalDriver  # noqa: PLC0415 (as above)
    from pantau.adapters.webhook import WebhookDriver  # noqa: PLC0415 (as above)

    return {
        "webhook": WebhookDriver(fetcher, clock),
        "email": SmtpDriver(settings.smtp),
        "file": AlertFileDriver(),
        "terminal": TerminalDriver(),
    }
