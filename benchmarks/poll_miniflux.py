"""The rounds of `poll.py` by Miniflux over PostgreSQL.

    python -m benchmarks.poll_miniflux FOLDER FEEDS PORT ROUNDS WORKERS MINIFLUX

MINIFLUX is its program (`go install miniflux.app/v2@v2.3.5`). PostgreSQL's programs are those of
`pg_config --bindir`; its settings are its defaults, with the data in FOLDER. A round is
`miniflux -refresh-feeds` with all feeds due, so that the start of the program, a few hundredths of
a second, counts. The peak memory of PostgreSQL counts its shared buffers once a process.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.poll_gauge import measure_rounds
from benchmarks.poll_server import address_of

_READY_SECONDS: Final = 60.0
_SETUP: Final = """
INSERT INTO users (username, password) VALUES ('bench', 'x');
INSERT INTO categories (user_id, title) SELECT id, 'Bench' FROM users;
INSERT INTO feeds (user_id, category_id, title, feed_url, site_url)
SELECT users.id, categories.id, 'F' || number, url, url
FROM users, categories, (VALUES {rows}) AS given (number, url);
"""


def main() -> None:
    """Start PostgreSQL, add the feeds, and refresh all of them once a round."""
    folder, (feeds, port, rounds, workers) = Path(sys.argv[1]), map(int, sys.argv[2:6])
    program = sys.argv[6]
    with database(folder) as socket:
        environment = {
            **os.environ,
            "DATABASE_URL": f"host={socket} user={_owner()} dbname=postgres sslmode=disable",
            "WORKER_POOL_SIZE": str(workers),
            "BATCH_SIZE": str(feeds),
            "POLLING_PARSING_ERROR_LIMIT": "0",
            "FETCHER_ALLOW_PRIVATE_NETWORKS": "1",
            "LOG_LEVEL": "warning",
        }

        def run(*arguments: str) -> None:
            subprocess.run(  # noqa: S603 (the program that is measured)
                [program, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
            )

        run("-migrate")
        rows = ",".join(
            f"({feed}, 'http://{address_of(feed)}:{port}/f/{feed}')" for feed in range(feeds)
        )
        query(socket, _SETUP.format(rows=rows))
        known = 0

        def refresh() -> int:
            run("-refresh-feeds")
            return 0

        def before() -> None:
            run("-reset-feed-next-check-at")

        def new() -> int:
            nonlocal known
            failed = int(query(socket, "SELECT count(*) FROM feeds WHERE parsing_error_count > 0"))
            if failed:
                message = f"{failed} feeds failed"
                raise RuntimeError(message)
            entries = int(query(socket, "SELECT count(*) FROM entries"))
            found, known = entries - known, entries
            return found

        measure_rounds(port, rounds, refresh, before=before, after=new)


@contextlib.contextmanager
def database(folder: Path) -> Iterator[Path]:
    """Run a PostgreSQL of its own; yields the folder of its socket."""
    programs = Path(
        subprocess.run(
            ["pg_config", "--bindir"],  # noqa: S607 (the installed one)
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout.strip()
    )
    owner = _owner()
    data = folder / "postgres"
    data.mkdir()
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        shutil.chown(data, owner)
    as_owner = {"user": owner} if os.getuid() == 0 else {}
    subprocess.run(  # type: ignore[call-overload]  # noqa: S603 (of PostgreSQL; options as a mapping)
        [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", owner, "-E", "UTF8"],
        check=True,
        stdout=subprocess.DEVNULL,
        **as_owner,
    )
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(data), "-h", ""]
    with subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603 (as above)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_owner
    ) as server:
        try:
            deadline = time.monotonic() + _READY_SECONDS
            ready = [str(programs / "pg_isready"), "-q", "-h", str(data)]
            while subprocess.run(ready, check=False).returncode:  # noqa: S603 (as above)
                if time.monotonic() > deadline:
                    message = "PostgreSQL did not start"
                    raise RuntimeError(message)
                time.sleep(0.1)
            yield data
        finally:
            server.terminate()


def query(socket: Path, statement: str) -> str:
    """Run SQL and return what it prints."""
    return subprocess.run(  # noqa: S603 (of PostgreSQL)
        ["psql", "-qAt", "-h", str(socket), "-U", _owner(), "-f", "-", "postgres"],  # noqa: S607 (as above)
        check=True,
        input=statement,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.strip()


def _owner() -> str:
    """Return the user that runs PostgreSQL: this one, or for root `postgres`."""
    return "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


if __name__ == "__main__":
    main()
