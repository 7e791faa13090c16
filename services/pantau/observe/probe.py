"""A probe for the program in the same container.

`python -m pantau.observe.probe [PATH]`, exit 0 or 1; PATH is `/readyz` unless given. For health
checks of images, which have no curl. It reads only the port, `PANTAU_OBSERVE__PORT`, and imports
nothing else.

`python -m pantau.observe.probe /livez --end` also kills the program when it says that it hangs.
Docker does nothing about an unhealthy container; it restarts one that ends. No answer at all is not
taken for that: the program may be starting.
"""

import http.client
import os
import signal
import sys
from collections.abc import Sequence

SECONDS = 4.0


END = "--end"


def main(arguments: Sequence[str] = ()) -> int:
    """Probe the program; print the reason of a failure, for `docker inspect`."""
    path = next((one for one in arguments if one != END), "/readyz")
    port = os.environ.get("PANTAU_OBSERVE__PORT", "")
    if not port.isascii() or not port.isdigit():
        sys.stderr.write("PANTAU_OBSERVE__PORT is not set to a port\n")
        return 1
    try:
        # http.client, because urllib would use a proxy of the environment.
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=SECONDS)
        connection.request("GET", path)
        response = connection.getresponse()
        sys.stdout.write(response.read(10_000).decode(errors="replace"))
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"no answer: {error}\n")
        return 1
    if response.status == 503 and END in arguments:
        end_container()
    return 0 if response.status == 200 else 1


def end_container() -> None:
    """Kill all processes of this container that this user may kill, except the first and this one.

    The first one (`init: true`) ends with the program.
    """
    sys.stdout.write("it hangs: ending it\n")
    sys.stdout.flush()
    os.kill(-1, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
