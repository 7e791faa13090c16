"""The distributed store: the log is Kafka, the index is Elasticsearch.

Each is opened on first use.
"""

from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from pantau.ports import Clock
from pantau.settings import Settings

if TYPE_CHECKING:
    from pantau.adapters.elasticsearch.index import ElasticIndex
    from pantau.adapters.kafka.eraser import KafkaEraser
    from pantau.adapters.kafka.log import KafkaLog


class DistributedStore:
    """Implements `pantau.ports.Store`."""

    transactional = False

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    @cached_property
    def log(self) -> "KafkaLog":
        """The log; a command that only searches never connects to Kafka."""
        from pantau.adapters.kafka.log import KafkaLog  # noqa: PLC0415 (a driver takes half a second to load)

        return KafkaLog(self._settings, self._clock)

    @cached_property
    def index(self) -> "ElasticIndex":
        """The index."""
        from pantau.adapters.elasticsearch.index import ElasticIndex  # noqa: PLC0415 (as above)

        return ElasticIndex(self._settings.elasticsearch, self._clock)

    def eraser(self) -> "KafkaEraser":
        """Return physical access to the topics, and to the files of the data folder."""
        from pantau.adapters.kafka.eraser import KafkaEraser  # noqa: PLC0415 (as above)

        return KafkaEraser(self._settings)

    def atomically(self) -> AbstractContextManager[object]:
        """Write immediately: no transaction spans both."""
        return nullcontext()

    def close(self) -> None:
        """Close what was opened."""
        for name in ("log", "index"):
            if name in self.__dict__:
                self.__dict__[name].close()
