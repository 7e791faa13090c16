"""Stores, and the steps that set their servers up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from pantau.common.time.clock import SystemClock
from pantau.errors import StopError
from pantau.ports import Clock, Copier, Eraser, Store
from pantau.problems import Problem, problem
from pantau.settings import SETTINGS_FILE, Settings


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
    from pantau.adapters.files.signing_key import KEY_FILE  # noqa: PLC0415 (as above)
    from pantau.adapters.sqlite.copier import SqliteCopier  # noqa: PLC0415 (as above)

    folder = settings.data
    named = (folder / SETTINGS_FILE, folder / KEY_FILE, *settings.enrich.dictionaries)
    beside = [path for path in (folder / one for one in named) if path.is_relative_to(folder)]
    return SqliteCopier(settings.database, beside)


def setups(
    settings: Settings, *, kibana: str | None = None
) -> "Sequence[Callable[[], Iterable[Problem]]]":
    """Return the steps of `pantau setup`, one per server; each yields lines of its progress.

    `kibana` is the address of a Kibana to import the saved objects into. Each step raises
    RetryError when its server does not answer, StopError when an operator has to act.
    """
    from pantau.adapters.elasticsearch import setup  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.adapters.kafka import topics  # noqa: PLC0415 (drivers are loaded when chosen)

    steps: list[Callable[[], Iterable[Problem]]] = [
        lambda: topics.create_topics(settings).lines,
        lambda: setup.setup(settings.elasticsearch, settings.keep).lines,
    ]
    if kibana is not None:
        steps.append(lambda: _set_up_kibana(kibana, settings))
    return steps


def _set_up_kibana(url: str, settings: Settings) -> tuple[Problem, ...]:
    from pantau.adapters.elasticsearch.kibana import import_objects  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau_schemas.kibana import ndjson  # noqa: PLC0415 (as above)

    count = import_objects(url, ndjson(settings.elasticsearch.prefix), settings.elasticsearch)
    return (problem("servers.kibana-objects", count=count),)
