"""The data folder of a command: which one, what chose it, and which one may have been meant."""

import difflib
import os
from pathlib import Path
from typing import Literal

import click
from click.core import ParameterSource

from pantau.settings import SETTINGS_FILE

STORE_FILE = "pantau.db"
ChosenBy = Literal["option", "variable", "default"]


def chosen_by() -> ChosenBy:
    """Return what named the data folder of the command that runs."""
    context = click.get_current_context()
    if context.get_parameter_source("data") is ParameterSource.COMMANDLINE:
        return "option"
    return "variable" if os.environ.get("PANTAU_DATA") else "default"


def meant_instead(folder: Path) -> Path | None:
    """Return a data folder beside one that does not exist, whose name is nearly the same."""
    try:
        beside = {one.name: one for one in folder.absolute().parent.iterdir() if _is_data(one)}
    except OSError:
        return None
    near = difflib.get_close_matches(folder.name, beside, n=1, cutoff=0.75)
    return beside[near[0]] if near else None


def _is_data(folder: Path) -> bool:
    """Return whether a folder holds a store or settings."""
    try:
        return any((folder / name).is_file() for name in (STORE_FILE, SETTINGS_FILE))
    except OSError:
        return False
