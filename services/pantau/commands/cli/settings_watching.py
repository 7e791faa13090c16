"""The watch over the settings of a program that goes on: built, and what it tells."""

import logging
import os
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from pantau.adapters.files.running import Running, write_note
from pantau.runtimes.settings_watch import SettingsWatch
from pantau.settings import SETTINGS_FILE, Settings, load_settings
from pantau.settings.sources import files_stamp

log = logging.getLogger("pantau")


def watched_settings(
    settings: Settings, networks: Sequence[str], started: datetime, *, verbose: bool
) -> SettingsWatch:
    """Return the watch of `pantau run`, which also keeps the note for `pantau status`.

    `networks` and `verbose` are the options of the command, which win over the file.
    """
    _note(settings, started, (), None)
    return SettingsWatch(
        settings,
        partial(_load, settings, networks, verbose=verbose),
        partial(files_stamp, settings.data, SETTINGS_FILE),
        applied=partial(apply_log_level, settings),
        told=partial(_note, settings, started),
    )


def service_settings(
    settings: Settings, networks: Sequence[str], *, verbose: bool, silent: bool = False
) -> SettingsWatch:
    """Return the watch of one service, which tells by its log alone, or of the second process."""
    return SettingsWatch(
        settings,
        partial(_load, settings, networks, verbose=verbose),
        partial(files_stamp, settings.data, SETTINGS_FILE),
        applied=partial(apply_log_level, settings),
        silent=silent,
    )


def apply_log_level(settings: Settings) -> None:
    """Log from the level of the settings on."""
    logging.getLogger("pantau").setLevel(settings.log_level)


def _load(settings: Settings, networks: Sequence[str], *, verbose: bool) -> Settings:
    new = load_settings(settings.data, allow_networks=networks)
    # The language of the answers is the command's, whatever the file says.
    fixed = {"lang": settings.lang} | ({"log_level": settings.log_level} if verbose else {})
    return new.model_copy(update=fixed)


def _note(
    settings: Settings, started: datetime, restart_for: tuple[str, ...], fault: str | None
) -> None:
    """Write for `pantau status` since when the program runs, and what waits for a restart."""
    try:
        write_note(settings.data, Running(os.getpid(), started, restart_for, fault))
    except OSError as error:
        log.warning("%s: %s", error.filename or settings.data, error.strerror)
