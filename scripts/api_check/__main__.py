"""Check the REST interface against its OpenAPI document: `python -m scripts.api_check PROGRAM`.

Schemathesis (https://schemathesis.readthedocs.io) makes requests from the document, valid and
invalid ones and sequences of them, and checks that no answer is a 5xx, that each has the status,
media type, headers and body that the document describes, and that what the document forbids is
refused. PROGRAM is its path: it has an environment of its own. It asks a console that serves the
newsroom of the tests, once without accounts and once with the token of an administrator. Before,
a client is generated from the document (by openapi-python-client), and runs the examples of
`client.py`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pantau.adapters.passwords import Argon2Passwords
from pantau.api.mount import PREFIX
from pantau.api.openapi import document
from pantau.api.openapi_parts import EVENTS
from pantau.bootstrap.faces import read_feed_list
from pantau.net.networks import network_of
from pantau.operations.base.parts import Parts
from pantau.settings import ConsoleSettings
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.signing_in import build_accounts
from pantau.usecases.accounts.throttle import SignInThrottle
from tests.consoles import add_feed, filled, send_trials, serving

_FOLDER: Final = Path(__file__).parent
_EXCLUDED: Final = "object_level_authorization,positive_data_acceptance"
"""Checks of Schemathesis that are left out, because others stand in for them.

The first one needs two people: `tests/unit/accounts/test_walk.py` walks every route as another
owner. In place of the second one stands the check of `hooks.py`.
"""
_SECONDS: Final = 1_800


def main() -> int:
    """Check the interface without and with accounts; return the exit code."""
    parser = argparse.ArgumentParser(prog="api-check", description=__doc__)
    parser.add_argument("program", help="path of Schemathesis")
    parser.add_argument("--examples", type=int, default=30, help="requests of each operation")
    parser.add_argument("--seed", type=int, default=1, help="of the random requests")
    parser.add_argument("--accounts", choices=("off", "on"), help="only without, or only with them")
    given = parser.parse_args()
    program, failed = str(Path(given.program).absolute()), []
    for accounts in ("off", "on"):
        if given.accounts not in {None, accounts}:
            continue
        with serving_newsroom(with_accounts=accounts == "on") as (address, token):
            asked = [
                *(program, "--config-file", str(_FOLDER / "schemathesis.toml")),
                *("run", f"{address}{PREFIX}/openapi.json", "--url", f"{address}{PREFIX}"),
                *("--seed", str(given.seed), "--max-examples", str(given.examples), "--no-color"),
                *("--checks", "all", "--exclude-checks", _EXCLUDED, "--continue-on-failure"),
                *("--exclude-path", EVENTS),  # it never ends; tests/unit/console/test_live.py
            ]
            if token is not None:
                asked += ["--header", f"Authorization: Bearer {token}"]
            sys.stdout.write(f"Accounts {accounts}:\n")
            sys.stdout.flush()
            if not (_runs_examples(program, address, token) and _runs(asked)):
                failed.append(accounts)
    return 1 if failed else 0


def _runs_examples(program: str, address: str, token: str | None) -> bool:
    """Generate a client from the document, and run the examples of `client.py` through it."""
    folder = Path(program).parent
    with tempfile.TemporaryDirectory() as place:
        described = Path(place) / "openapi.json"
        described.write_text(document(), encoding="utf-8")
        package = Path(place) / "pantau_client"
        generator = str(folder / "openapi-python-client")
        made = [generator, "generate", "--path", str(described), "--meta", "none"]
        asked = [str(folder / "python"), str(_FOLDER / "client.py"), f"{address}{PREFIX}"]
        return _runs([*made, "--fail-on-warning", "--output-path", str(package)]) and _runs(
            asked if token is None else [*asked, token], PYTHONPATH=place
        )


def _runs(command: list[str], **variables: str) -> bool:
    """Run a program in a folder that is thrown away: Schemathesis keeps what failed there."""
    hooks = {"SCHEMATHESIS_HOOKS": str(_FOLDER / "hooks.py")}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 (what `make` or a person names)
            command,
            check=False,
            timeout=_SECONDS,
            cwd=folder,
            env={**os.environ, **hooks, **variables},
        )
    return done.returncode == 0


@contextmanager
def serving_newsroom(*, with_accounts: bool) -> Iterator[tuple[str, str | None]]:
    """Serve a filled store; yield the address, and the token of an administrator of accounts."""
    console = ConsoleSettings(requests_per_minute=0, accounts=with_accounts)
    with tempfile.TemporaryDirectory() as folder:
        store, settings, clock = filled(Path(folder), console)
        try:
            accounts = token = None
            if with_accounts:
                accounts = build_accounts(
                    store.log,
                    clock,
                    Argon2Passwords(memory_kib=8, rounds=1),
                    session_days=settings.console.session_days,
                    throttle=SignInThrottle(network_of),
                )
                admin = accounts.directory.add("admin", "admin", (), "kuda laut biru 7")
                _, token = accounts.tokens.add(admin, "check", ("read", "write", "admin"), None)
            parts = Parts(
                store,
                settings,
                clock,
                add_feed,
                send_trials,
                read_feed_list,
                lambda: {"enricher": 0},
                accounts=accounts,
                ownership=SubscriptionOwners(store.log) if with_accounts else None,
            )
            with serving(parts) as address:
                yield address, token
        finally:
            store.close()


if __name__ == "__main__":
    sys.exit(main())
