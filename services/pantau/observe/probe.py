"""A readiness probe for the program in the same container.

`python -m pantau.observe.probe`, exit 0 or 1. For health checks of images, which have no curl. It
reads only the port, `PANTAU_OBSERVE__PORT`, and imports nothing else.
"""

import http.client
import os
import sys

SECONDS = 4.0


def main() -> int:
    """Probe the program; print the reason of a failure, for `docker inspect`."""
    port = os.environ.get("PANTAU_OBSERVE__PORT", "")
    if not port.isascii() or not port.isdigit():
        sys.stderr.write("PANTAU_OBSERVE__PORT is not set to a port\n")
        return 1
    try:
        # http.client, because urllib would use a proxy of the environment.
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=SECONDS)
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        sys.stdout.write(response.read(10_000).decode(errors="replace"))
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"no answer: {error}\n")
        return 1
    return 0 if response.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
