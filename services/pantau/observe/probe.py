"""Asks the program in the same container whether it is ready.

`python -m pantau.observe.probe`, exit 0 or 1. For health checks of images, which have no curl. It
needs the port alone, `PANTAU_OBSERVE__PORT`, and loads nothing else.
"""

import http.client
import os
import sys

SECONDS = 4.0


def main() -> int:
    """Ask; say why not, for `docker inspect`."""
    port = os.environ.get("PANTAU_OBSERVE__PORT", "")
    if not port.isascii() or not port.isdigit():
        sys.stderr.write("PANTAU_OBSERVE__PORT is not set to a port\n")
        return 1
    try:
        # http.client, as urllib would go by way of a proxy of the environment.
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
