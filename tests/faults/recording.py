"""The view of operators: which alert rules fire for the metrics that a run recorded.

The `/metrics` of every service are read about once a second, as Prometheus would. After the run
promtool evaluates `deploy/prometheus/alerts.yml` as it stands on what was recorded. Rules wait for
minutes and troubles last for seconds, so a second of the run counts as a minute. Ages keep their
value in seconds, so rules about them (`PantauRecordsOld`, `PantauDeliveriesLate`) cannot fire.
"""

import http.client
import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.fleet import Member

RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yml"
LOOK_SECONDS = 1.0
SCRAPE_SECONDS = 3.0
"""Prometheus waits 10 s; a service that hangs is seen sooner here."""
LEAST_SECONDS = 10
"""A span is so long at least: rules for what is over soon wait for two minutes, here seconds."""
LEAD = 65
"""Minutes before the recording, in which everything was as at its beginning.

Rules look back for an hour, and take a counter for new that is missing then.
"""
_RESULT = re.compile(r'exp: \{span="(\d+)"\} 0E\+00\s+got: (.*)')
_RULE = re.compile(r'alertname="(\w+)"')

Labels = tuple[tuple[str, str], ...]
Sample = tuple[str, Labels]
Values = Mapping[Sample, float]


@dataclass(frozen=True)
class Span:
    """A stretch of the run in seconds since its beginning, in which a trouble had its effect."""

    name: str
    begin: int
    end: int


@dataclass
class Recording:
    """The samples of a run: for each second and member its values, None if it did not answer."""

    seen: dict[tuple[int, str, str], Values | None] = field(default_factory=dict)

    def note(self, second: int, service: str, instance: str, values: Values | None) -> None:
        """Keep what one instance answered in one second."""
        self.seen[second, service, instance] = values

    def series(self) -> list[dict[str, str]]:
        """Return the samples in the notation of promtool, a minute for each second.

        Those of the first second come `LEAD` times before.
        """
        first = min((second for second, _, _ in self.seen), default=0)
        last = max((second for second, _, _ in self.seen), default=0)
        lines: dict[str, list[str]] = {}

        def put(labels: Labels, name: str, second: int, value: str) -> None:
            inner = ",".join(f"{key}={json.dumps(said)}" for key, said in labels)
            lines.setdefault(f"{name}{{{inner}}}", ["_"] * (last + 1))[second] = value

        former: dict[str, Values] = {}
        for (second, service, instance), values in sorted(self.seen.items(), key=lambda it: it[0]):
            own = (("job", "pantau"), ("service", service), ("instance", instance))
            put(own, "up", second, "0" if values is None else "1")
            now = values or {}
            for name, labels in former.get(instance, {}).keys() - now.keys():
                put((*labels, *own), name, second, "stale")
            for (name, labels), value in now.items():
                put((*labels, *own), name, second, repr(value))
            former[instance] = now
        return [
            {"series": name, "values": " ".join([them[first]] * LEAD + them)}
            for name, them in lines.items()
        ]


def spans_of(marks: Sequence[tuple[str, int]], last: int) -> list[Span]:
    """Return the span of each marked trouble: to the next one, but for `LEAST_SECONDS` at least.

    A rule fires some seconds after its cause, when the next trouble may have begun.
    """
    ends = [begin for _, begin in marks[1:]] + [last]
    return [
        Span(name, begin, min(max(end, begin + LEAST_SECONDS), last))
        for (name, begin), end in zip(marks, ends, strict=True)
    ]


def fired(recording: Recording, spans: Sequence[Span], folder: Path) -> list[set[str]]:
    """Return the rules that fired at any time in each span, as promtool evaluates them.

    Raises RuntimeError if promtool cannot evaluate the recording.
    """
    tests = [
        {
            "expr": "max by (alertname) (max_over_time("
            f'ALERTS{{alertstate="firing"}}[{max(1, one.end - one.begin)}m]))',
            "eval_time": f"{LEAD + one.end}m",
            # Never what comes: promtool prints the result of an expression that differs alone.
            "exp_samples": [{"labels": f'{{span="{number}"}}', "value": 0}],
        }
        for number, one in enumerate(spans)
    ]
    case = {"interval": "1m", "input_series": recording.series(), "promql_expr_test": tests}
    whole = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [case]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "recorded.test.yml"
    path.write_text(json.dumps(whole), encoding="utf-8")  # JSON is YAML, too
    done = subprocess.run(
        [promtool(), "test", "rules", path], capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    found = {int(number): set(_RULE.findall(got)) for number, got in _RESULT.findall(told)}
    if len(found) != len(spans):
        raise RuntimeError(f"promtool could not evaluate the recorded metrics: {told[-2_000:]}")
    return [found[number] for number in range(len(spans))]


def promtool() -> str:
    """Return the path of promtool. Raises RuntimeError if it is not installed."""
    path = shutil.which("promtool")
    if path is None:
        raise RuntimeError("promtool is missing: install Debian's package prometheus")
    return path


def _scrape(member: Member, names: frozenset[str]) -> Values | None:
    """Return a member's samples of the names; None if it does not answer."""
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
        if sample.name in names
    }


@contextmanager
def recorded(members: Sequence[Member]) -> Iterator["Recorder"]:
    """Yield a recorder whose thread reads the metrics of all members once a second."""
    recorder, stop = Recorder(members), threading.Event()

    def run() -> None:
        with ThreadPoolExecutor(len(members)) as pool:
            while not stop.wait(LOOK_SECONDS):
                recorder.look(pool)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        stop.set()
        thread.join(60.0)


class Recorder:
    """Fills a recording, and keeps the spans of the troubles."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._began = time.monotonic()
        self._names = frozenset(re.findall(r"\bpantau_\w+", RULES.read_text(encoding="utf-8")))
        self._marks: list[tuple[str, int]] = []
        self.recording = Recording()

    def second(self) -> int:
        """Return how many seconds the recording has lasted."""
        return int(time.monotonic() - self._began)

    def look(self, pool: ThreadPoolExecutor) -> None:
        """Read the metrics of every member once."""
        second = self.second()
        found = pool.map(lambda one: _scrape(one, self._names), self._members)
        for member, values in zip(self._members, found, strict=True):
            self.recording.note(second, member.service, member.name, values)

    def mark(self, name: str) -> None:
        """Start the span of a trouble."""
        self._marks.append((name, self.second()))

    def spans(self) -> list[Span]:
        """Return the span of every trouble until now."""
        return spans_of(self._marks, self.second())
