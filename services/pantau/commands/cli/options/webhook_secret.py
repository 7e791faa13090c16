"""The secret of webhooks, from sources that other users of the machine cannot see.

A file, a pipe, a variable.
"""

import os
import sys
from pathlib import Path
from typing import Final

from pantau.commands.cli.say import warn
from pantau.errors import UsageError
from pantau.problems import problem

VARIABLE: Final = "PANTAU_WEBHOOK_SECRET"
STANDARD_INPUT: Final = "-"
_MOST: Final = 1_000
"""Maximum number of characters read; a secret has a hundred."""


def read_secret(given: str | None, file: Path | None) -> str | None:
    """Return the secret of `--secret`, `--secret-file` or the variable, in this order; else None.

    Raises UsageError when it cannot be read.
    """
    if given is not None and file is not None:
        raise UsageError(problem("subscriptions.two-secrets"))
    if file is not None:
        return _read(str(file), "--secret-file")
    if given is None:
        return os.environ.get(VARIABLE) or None
    if given == STANDARD_INPUT:
        return _read(given, "--secret")
    warn(problem("subscriptions.secret-in-list", variable=VARIABLE))
    return given


def _read(name: str, option: str) -> str:
    try:
        if name == STANDARD_INPUT:
            text = sys.stdin.read(_MOST)
        else:
            with Path(name).open(encoding="utf-8") as stream:
                text = stream.read(_MOST)
    except UnicodeDecodeError as error:
        raise UsageError(
            problem("subscriptions.secret-binary", option=option, name=name)
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        unread = problem("subscriptions.secret-unread", option=option, name=name, reason=reason)
        raise UsageError(unread) from error
    if not text.strip():
        raise UsageError(problem("subscriptions.secret-empty", option=option, name=name))
    return text.strip()
