"""A pair of servers that ends with whoever started it, however that ends.

`python -m pantau.local.leash DIR`. Starts the pair in DIR, prints the addresses as one line of
JSON, waits until standard input ends, then ends the servers and deletes DIR. A process that is
killed cannot clean up; but its end of the pipe is closed for it.
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
    """Do it; 1 when the servers do not start."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # by way of `finally`
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
    except BrokenPipeError:  # gone before the servers were up
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        servers.kill()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
