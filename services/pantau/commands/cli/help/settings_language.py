"""The language that a settings file names, for help and errors before the settings are read.

Reading and validating all settings takes longer than the whole of `pantau --help`.
"""

from pathlib import Path
from typing import Final

from pantau.commands.cli.options.shared import default_data
from pantau.messages.languages import Lang, language_of

SETTINGS_FILE: Final = "pantau.toml"
LARGEST: Final = 1 << 20
"""Maximum size of a settings file, in bytes; a larger one is left to the reading of the settings."""


def lang_of(folder: str | None) -> Lang | None:
    """Return the setting `lang` of a data folder, by default the usual one.

    None where there is none, or where the file cannot be read: reading the settings reports that.
    """
    path = (default_data() if folder is None else Path(folder)) / SETTINGS_FILE
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    if "lang" not in text:
        return None
    import tomllib

    try:
        named = tomllib.loads(text).get("lang")
    except tomllib.TOMLDecodeError:
        return None
    return language_of(named) if isinstance(named, str) and named else None
