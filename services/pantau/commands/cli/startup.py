"""Warnings about the machine and the settings that a program logs at start."""

import logging
from typing import TYPE_CHECKING

from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.settings import Settings

log = logging.getLogger("pantau")


def warn_at_start(settings: "Settings", *, sends: bool) -> None:
    """Log warnings for an unpatched Python and, if it `sends`, for doubtful mail settings."""
    from pantau.common.python_level import current_warning
    from pantau.notifier.mails.settings_check import (
        mail_warnings,
    )

    python = current_warning()
    if python:
        log.warning("%s", python)
    if settings.smtp_fault is not None and sends:
        log.error("%s", problem("settings.mails-wait", fault=settings.smtp_fault))
    for warning in mail_warnings(settings.smtp) if sends else ():
        log.warning("%s", warning)
