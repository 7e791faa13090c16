"""Where settings come from besides arguments: variables, files of secrets, and the settings file.

A secret can be named by a file that holds it, as orchestrators mount them: the variable of the
setting with `_FILE` added, such as `PANTAU_SMTP__PASSWORD_FILE=/run/secrets/smtp_password`.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsError

CONFIG_VARIABLE: Final = "PANTAU_CONFIG"
"""The variable that names the settings file, where it is not in the data folder."""
FILE_ENDING: Final = "_FILE"
SECRET_BYTES: Final = 64 * 1024
"""Longest file of a secret."""


def settings_file(data: Path, name: str) -> Path:
    """Return the path of the settings file."""
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else data / name


def files_stamp(data: Path, name: str) -> tuple[tuple[str, int, int, int] | str, ...]:
    """Return what changes with the settings file, or with a file that a secret is read from.

    That is, of each file, its name, time, size and number; its name alone if there is none.
    """
    named = [
        Path(path)
        for variable, path in sorted(os.environ.items())
        if variable.upper().startswith("PANTAU_")
        and variable.upper().endswith(FILE_ENDING)
        and path
    ]
    return tuple(map(_stamp, [settings_file(data, name), *named]))


def _stamp(path: Path) -> tuple[str, int, int, int] | str:
    try:
        found = path.stat()
    except OSError:
        return str(path)
    return str(path), found.st_mtime_ns, found.st_size, found.st_ino


class Variables(EnvSettingsSource):
    """Reads variables of the environment, and the files that hold secrets.

    Raises SettingsError for a file that cannot be read, or for a secret that is given twice.
    """

    def _load_env_vars(self) -> Mapping[str, str | None]:
        prefix, delimiter = self.env_prefix, self.env_nested_delimiter or "__"
        secrets = {
            f"{prefix}{delimiter.join(path)}".upper() for path in secret_paths(self.settings_cls)
        }
        return _with_secrets_of_files(super()._load_env_vars(), secrets)


def _with_secrets_of_files(
    variables: Mapping[str, str | None], secrets: set[str]
) -> Mapping[str, str | None]:
    """Return variables with those that name files of secrets replaced by the files' contents.

    An empty file, or an empty name, gives no secret: an orchestrator may mount a file for a server
    that asks for no password.
    """
    found = dict(variables)
    for variable, path in variables.items():
        upper = variable.upper()
        if upper == CONFIG_VARIABLE:
            del found[variable]
            continue
        secret = upper.removesuffix(FILE_ENDING)
        if secret == upper or secret not in secrets:
            continue
        # The variable of the file is no setting itself.
        del found[variable]
        value = _read(upper, path) if path else ""
        own = variable[: -len(FILE_ENDING)]
        if value and variables.get(own):
            message = f"{secret} and {upper} are both set; set one of them"
            raise SettingsError(message)
        if value:
            found[own] = value
    return found


def _read(variable: str, path: str) -> str:
    """Return the secret in a file, without the line end that editors add."""
    try:
        with Path(path).open("rb") as file:
            held = file.read(SECRET_BYTES + 1)
        text = held.decode()
    except OSError as error:
        message = f"{variable}: {path} cannot be read ({error.strerror or error})"
        raise SettingsError(message) from error
    except ValueError as error:
        message = f"{variable}: {path} is no text in UTF-8"
        raise SettingsError(message) from error
    if len(held) > SECRET_BYTES:
        message = f"{variable}: {path} is longer than {SECRET_BYTES} bytes, and so no secret"
        raise SettingsError(message)
    return text.removesuffix("\n").removesuffix("\r")


def secret_paths(model: type[BaseModel] | type[BaseSettings]) -> Iterator[tuple[str, ...]]:
    """Yield the path of each setting that is a secret."""
    for name, field in model.model_fields.items():
        kinds: tuple[Any, ...] = (field.annotation, *getattr(field.annotation, "__args__", ()))
        if SecretStr in kinds:
            yield (name,)
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from ((name, *path) for path in secret_paths(kind))
