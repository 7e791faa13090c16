"""Construction of a keyed stage from its row."""

from pantau.keyed.desk import FollowedTables
from pantau.keyed.jobs import JobPolicy
from pantau.keyed.queue import Job, KeyQueue
from pantau.keyed.row import KeyedRow, Limits
from pantau.keyed.stage import KeyedStage
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Log
from pantau.stream.handler import Resources


def keyed_stage(
    row: KeyedRow,
    log: Log,
    resources: Resources,
    limits: Limits,
    signals: Signals = NO_SIGNALS,
) -> KeyedStage[KeyQueue, Job]:
    """Build a stage over its row; its `run` is a part of a service, and of the embedded runtime."""
    tables = FollowedTables(row.name, log, row.follows)
    policy = JobPolicy(row, row.build(resources), limits, tables, resources.clock, signals)
    return KeyedStage(row.name, row.reads, row.follows, log, policy, policy.desk, policy.tasks)
