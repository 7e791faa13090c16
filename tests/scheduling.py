"""Which of several test processes takes which file (`make unit`).

Tests of servers wait for them half of the time, and every process that runs any starts a pair of
its own. So of three processes or more one takes the other tests meanwhile: it works while they
wait, and starts no servers.
"""

from collections.abc import Iterable
from typing import Final

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

OF_SERVERS: Final = ("tests/integration/", "tests/pipeline/", "tests/e2e/", "tests/contracts/")
"""Folders with tests that use Kafka or Elasticsearch."""
LEAST: Final = 3
"""Processes of which one runs no servers; of fewer, each takes whatever comes next."""


def next_file(waiting: Iterable[str], *, of_servers: bool) -> str:
    """Return the first file of the kind that a process takes, or of the other if there is none."""
    files = list(waiting)
    return next((one for one in files if one.startswith(OF_SERVERS) == of_servers), files[0])


class ServersApart(LoadFileScheduling):  # type: ignore[misc]  # (xdist has no types)
    """Whole files for each process; the one with the lowest name takes those without servers."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        names = sorted(one.gateway.id for one in self.nodes)
        if len(names) >= LEAST:
            chosen = next_file(self.workqueue, of_servers=node.gateway.id != names[0])
            self.workqueue.move_to_end(chosen, last=False)
        super()._assign_work_unit(node)
