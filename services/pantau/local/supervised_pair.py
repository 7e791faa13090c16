"""A pair of servers that ends with the process that started it, however that ends.

`python -m pantau.local.supervised_pair DIR`. Starts the pair in DIR, prints the addresses as one
line of JSON, waits for the end of standard input, then stops the servers and deletes DIR. A killed
process cannot clean up; but its end of the pipe is closed for it.
"""

import json
import os
import shutil
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from pantau.errors import PantauError
from pantau.local.servers import Servers


def main(folder: Path) -> int:
    """Run the pair; return 1 when the servers do not start."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # runs `finally`
    servers = Servers(folder)
    try:
        status = servers.up()
        sys.stdout.write(json.dumps(asdict(status)) + "\n")
        sys.stdout.flush()
        while os.read(sys.stdin.fileno(), 1024):
            pass
    except PantauError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except BrokenPipeError:  # the parent ended before the servers were up
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        servers.kill()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
