"""The secret of webhooks, from where other users of the machine cannot see it.

A file, a pipe, a variable.
"""

import os
import sys
from pathlib import Path
from typing import Final

import click

from pantau.errors import UsageError

VARIABLE: Final = "PANTAU_WEBHOOK_SECRET"
STANDARD_INPUT: Final = "-"
_MOST: Final = 1_000
"""Characters that are read at most; a secret has a hundred."""


def read_secret(given: str | None, file: Path | None) -> str | None:
    """Return the secret that was given by `--secret`, `--secret-file` or the variable, in this order; else None.

    Raises UsageError when it cannot be read.
    """
    if given is not None and file is not None:
        raise UsageError("--secret and --secret-file: give one of them")
    if file is not None:
        return _read(str(file), "--secret-file")
    if given is None:
        return os.environ.get(VARIABLE) or None
    if given == STANDARD_INPUT:
        return _read(given, "--secret")
    click.echo(
        "warning: --secret shows the secret in the list of processes and in the shell's history; "
        f"use --secret-file FILE, --secret - (standard input) or the variable {VARIABLE}",
        err=True,
    )
    return given


def _read(name: str, option: str) -> str:
    try:
        if name == STANDARD_INPUT:
            text = sys.stdin.read(_MOST)
        else:
            with Path(name).open(encoding="utf-8") as stream:
                text = stream.read(_MOST)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no text"
        raise UsageError(f"{option} {name}: {reason}") from error
    if not text.strip():
        raise UsageError(f"{option} {name}: it is empty; expected whsec_...")
    return text.strip()
