"""The program that a shell calls as `pantau`: it hands over all it has to `forked.serve`.

It imports as little as it can. Its arguments are the server's address and those of `pantau`.
"""

import os
import sys
from array import array
from socket import AF_UNIX, SCM_RIGHTS, SHUT_WR, SOL_SOCKET, socket


def main() -> int:
    """Run the program by the server; return its exit code."""
    mask = os.umask(0)
    os.umask(mask)
    arguments = sys.argv[2:]
    variables = [f"{name}={value}" for name, value in os.environ.items()]
    folder = os.getcwd()  # noqa: PTH109 (pathlib takes longer to import than all of this)
    given = "\0".join([folder, str(mask), str(len(arguments)), *arguments, *variables])
    body = given.encode("utf-8", "surrogateescape")
    with socket(AF_UNIX) as server:
        server.connect(sys.argv[1])
        rights = (SOL_SOCKET, SCM_RIGHTS, array("i", [0, 1, 2]))
        server.sendmsg([len(body).to_bytes(8, "big")], [rights])
        server.sendall(body)
        server.shutdown(SHUT_WR)
        with server.makefile("rb") as answer:
            return int(answer.readline() or b"70")


if __name__ == "__main__":
    sys.exit(main())
