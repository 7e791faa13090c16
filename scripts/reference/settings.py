"""The page of all settings."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from pantau.settings import Settings
from scripts.reference.markdown import first_paragraph, prose, table
from scripts.reference.types import type_of

_HEADS: Final = ("setting", "variable", "type", "default", "meaning")
_INTRODUCTION: Final = """\
# Settings

Pantau reads `pantau.toml` in the data folder, then environment variables, which win over the file.
Options of the command line, such as `--data` and `--allow-network`, win over both.

Each section below is a table of the file. A list in an environment variable is written as JSON:

```toml
[fetch]
timeout_seconds = 20
allow_networks = ["10.1.0.0/16"]
```

```sh
export PANTAU_FETCH__TIMEOUT_SECONDS=20
export PANTAU_FETCH__ALLOW_NETWORKS='["10.1.0.0/16"]'
```

A setting that does not exist, or has a wrong value, stops every command with exit code 2 and the
name of the setting. Put passwords into variables rather than the file.

A running Pantau looks at the file every two seconds. A setting that is marked *Live* counts at
once; of the others, the log and `pantau status` say that they wait for a restart. A file that
cannot be read changes nothing, and is named there as well. Environment variables are read at the
start.

A password or key can also be in a file of its own, which the name of its variable with `_FILE`
added names, such as `PANTAU_SMTP__PASSWORD_FILE=/run/secrets/smtp_password`; an empty file is no
password. `PANTAU_CONFIG` names the settings file where it is not in the data folder.
"""


def settings_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield _INTRODUCTION
    yield "## Top level"
    yield ""
    yield from table(_HEADS, _rows("", Settings))
    for name, field in Settings.model_fields.items():
        section = section_of(field)
        if section is not None:
            yield from _section(name, section)


def settings(
    prefix: str = "", model: type[BaseModel] = Settings
) -> Iterator[tuple[str, FieldInfo]]:
    """Yield every setting with its path, such as `fetch.max_bytes`; sections are no settings."""
    for name, field in model.model_fields.items():
        section = section_of(field)
        if section is None:
            yield f"{prefix}{name}", field
        else:
            yield from settings(f"{prefix}{name}.", section)


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a section; None for a setting."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def variable_of(path: str) -> str:
    """Return the environment variable of a setting."""
    return "PANTAU_" + path.replace(".", "__").upper()


def _section(name: str, section: type[BaseModel]) -> Iterator[str]:
    yield f"## `[{name}]`"
    yield ""
    yield first_paragraph(section.__doc__)
    yield ""
    yield from table(_HEADS, _rows(f"{name}.", section))
    for key, field in section.model_fields.items():
        inner = section_of(field)
        if inner is not None:
            yield from _section(f"{name}.{key}", inner)


def _rows(prefix: str, model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        if section_of(field) is None:
            path = f"{prefix}{name}"
            meaning = _meaning(field)
            yield f"`{path}`", f"`{variable_of(path)}`", type_of(field), _default_of(field), meaning


def _meaning(field: FieldInfo) -> str:
    """Return the description, and whether a running program reads a change."""
    extra = field.json_schema_extra
    live = isinstance(extra, dict) and extra.get("live") is True
    return prose(field.description or "") + (" *Live.*" if live else "")


def _default_of(field: FieldInfo) -> str:
    value = field.default
    match value:
        case _ if value is PydanticUndefined:
            return "set by `--data`"
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case tuple() | dict() | "":
            return f"`{list(value)}`" if value else "empty"
        case float():
            return f"`{value:.12g}`"
        case _:
            return f"`{value}`"
