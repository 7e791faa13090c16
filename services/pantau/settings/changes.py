"""Changes of settings while the program runs: which count at once, and which need a restart. Pure.

A setting counts at once if it is declared with `json_schema_extra=LIVE`: every part reads it from
its section at each use, and keeps no copy. The sections are changed in place, so whoever holds one
sees the new value.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pantau.settings.model import Settings


@dataclass(frozen=True, slots=True)
class SettingChanges:
    """The paths of settings that differ, such as `smtp.host`.

    `live` ones count at once, the others after a restart.
    """

    live: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any change."""
        return self != SettingChanges()


def changes_between(current: Settings, new: Settings) -> SettingChanges:
    """Return the settings that differ. Their values are never part of it: some are secrets."""
    differing = [
        (path, live)
        for path, live in setting_paths()
        if value_at(current, path) != value_at(new, path)
    ]
    faults = (current.smtp_fault, new.smtp_fault)
    if faults[0] != faults[1] and not any(path.startswith("smtp.") for path, _ in differing):
        differing.append(("smtp", True))  # read now, with the values that were the defaults
    return SettingChanges(
        tuple(path for path, live in differing if live),
        tuple(path for path, live in differing if not live),
    )


def adopt(current: Settings, new: Settings, paths: Iterable[str]) -> None:
    """Set the settings at `paths` to those of `new`, in the sections that all parts hold."""
    for path in paths:
        *sections, name = path.split(".")
        held: BaseModel = current
        for section in sections:
            held = getattr(held, section)
        if name in type(held).model_fields and not isinstance(getattr(held, name), BaseModel):
            # Sections are frozen against accidents; this is the one place that changes them.
            held.__dict__[name] = value_at(new, path)
    current.take_smtp_fault(new)


def setting_paths(
    model: type[BaseModel] = Settings, prefix: str = ""
) -> Iterator[tuple[str, bool]]:
    """Yield the path of each setting, and whether it counts at once when it changes."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from setting_paths(kind, f"{prefix}{name}.")
        elif prefix or name != "data":
            extra = field.json_schema_extra
            yield f"{prefix}{name}", isinstance(extra, dict) and extra.get("live") is True


def value_at(settings: Settings, path: str) -> Any:
    """Return the value of a setting."""
    value: Any = settings
    for name in path.split("."):
        value = getattr(value, name)
    return value
