"""The key of links in mails: a private file of the data folder, made when it is first needed."""

import os
import secrets
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import FILE_MODE, make_folder
from pantau.common.system import OURS
from pantau.errors import SettingsFaultError
from pantau.problems import problem
from pantau.settings import Settings

KEY_FILE: Final = "signing.key"
KEY_BYTES: Final = 32


def signing_key(settings: Settings) -> bytes | None:
    """Return the key of the settings, else that of the data folder.

    None over Kafka without a setting: every service has a folder of its own, and a link that one
    writes must be read by another. Raises SettingsFaultError where the file cannot be used.
    """
    given = settings.console.signing_key
    if given is not None:
        return given.get_secret_value().encode()
    if settings.backend != "sqlite":
        return None
    try:
        return read_or_make_key(settings.data)
    except OSError as error:
        path, reason = str(settings.data / KEY_FILE), error.strerror or str(error)
        raise SettingsFaultError(problem("status.not-opened", path=path, reason=reason)) from error


def read_or_make_key(folder: Path) -> bytes:
    """Return the key of a data folder; of several processes that make one, all get the same.

    Raises OSError.
    """
    path = folder / KEY_FILE
    found = _read(path)
    if found is not None:
        return found
    make_folder(folder)
    beside = folder / f".{KEY_FILE}.{secrets.token_hex(8)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | OURS.closing_flags
    try:
        with os.fdopen(os.open(beside, flags, FILE_MODE), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # A link is made whole or not at all, and the first one wins.
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink(missing_ok=True)
    made = _read(path)
    if made is None:
        raise OSError(f"{path} holds no key of {KEY_BYTES} bytes; remove it")
    return made


def _read(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | OURS.own_flags)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        found = file.read(KEY_BYTES + 1)
    return found if len(found) == KEY_BYTES else None
