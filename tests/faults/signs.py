"""The view of operators: alert rules of Prometheus whose condition is met.

The conditions of `deploy/prometheus/alerts.yml`, without the minutes for which they must last,
computed from the services' own `/metrics` once a second. Prometheus itself is not needed.
"""

import http.client
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client.parser import text_string_to_metric_families

from tests.fleet import Member

LOOK_SECONDS = 1.0
SCRAPE_SECONDS = 3.0
"""Prometheus waits 10 s; a service that hangs is seen sooner here."""

Values = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def _scrape(member: Member) -> Values | None:
    """Return a member's samples; None if it does not answer."""
    if member.port is None:
        return None
    connection = http.client.HTTPConnection("127.0.0.1", member.port, timeout=SCRAPE_SECONDS)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _met(before: Values, now: Values) -> Iterator[str]:
    """Yield the rules whose condition the samples of one service meet."""
    for key, value in now.items():
        name, rose = key[0], value - before.get(key, 0.0)
        if name == "pantau_ready" and value == 0:
            yield "PantauNotReady"
        elif name == "pantau_retries_total" and rose > 0:
            yield "PantauWaitsForServer"
        elif name == "pantau_records_lost_total" and rose > 0:
            yield "PantauRecordsLost"
        elif name == "pantau_records_skipped_total" and rose > 0:
            yield "PantauRecordsSkipped"


class Signs:
    """Rules whose condition was met since the last look."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._before: dict[str, Values] = {}
        self._found: set[str] = set()
        self._lock = threading.Lock()

    def look(self) -> None:
        """Read the metrics of every member once."""
        for member in self._members:
            values = _scrape(member)
            with self._lock:
                if values is None:
                    self._found.add("PantauServiceDown")
                    continue
                before = self._before.get(member.name, values)
                self._found |= set(_met(before, values))
                self._before[member.name] = values

    def drain(self) -> set[str]:
        """Return what was met since the last call."""
        with self._lock:
            found, self._found = self._found, set()
            return found


@contextmanager
def watched(members: Sequence[Member]) -> Iterator[Signs]:
    """Yield the signs, which a thread reads once a second."""
    signs, stop = Signs(members), threading.Event()

    def run() -> None:
        while not stop.wait(LOOK_SECONDS):
            signs.look()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield signs
    finally:
        stop.set()
        thread.join(60.0)
