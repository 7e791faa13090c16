"""Warnings about the machine and the settings that a program logs at start."""

import logging
from typing import TYPE_CHECKING

from pantau.commands.cli.say import logged_text
from pantau.problems import Problem, problem

if TYPE_CHECKING:
    from pantau.settings import Settings

log = logging.getLogger("pantau")


def python_warning() -> Problem | None:
    """Return that the running Python lacks security patches; None if it is up to date."""
    from pantau.common.python_level import current_gap

    gap = current_gap()
    if gap is None:
        return None
    return problem("cli.old-python", version=gap.version, least=gap.least, reason=gap.reason)


def warn_at_start(settings: "Settings", *, sends: bool) -> None:
    """Log warnings for an unpatched Python and, if it `sends`, for doubtful mail settings."""
    from pantau.notifier.mails.settings_check import (
        mail_warnings,
    )

    python = python_warning()
    if python is not None:
        log.warning("%s", logged_text(python))
    if settings.smtp_fault is not None and sends:
        log.error("%s", logged_text(problem("settings.mails-wait", fault=settings.smtp_fault)))
    for warning in mail_warnings(settings.smtp) if sends else ():
        log.warning("%s", logged_text(warning))
