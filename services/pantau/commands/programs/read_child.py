"""A process that reads documents: `python -m pantau.commands.programs.read_child READING...`.

Started by `pantau.adapters.processes.reader` and of no use by itself. It imports the most frequent
readings before it reports that it is ready, so that the first document does not wait for it.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from pantau.adapters.processes.child import load, main
from pantau.runtimes.allocator import return_memory_early


def _run(readings: Sequence[str]) -> int:
    return_memory_early()
    for name in readings:
        load(name)
    with suppress(BrokenPipeError, ConnectionResetError):  # the parent has ended
        return main()
    return 0


if __name__ == "__main__":
    code = _run(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)  # nothing is left to clean up, and freeing a large heap takes time
