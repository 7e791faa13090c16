"""The compose file as Compose reads it: anchors merged, variables replaced by their defaults."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[3]
_VARIABLE: Final = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}")


def read(path: str) -> Any:
    with (ROOT / path).open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


def interpolated(value: Any) -> Any:
    """Replace `${NAME:-default}`.

    A variable without a default would have to be set before the first start.
    """
    if isinstance(value, str):
        assert "$" not in _VARIABLE.sub("", value), value
        return _VARIABLE.sub(lambda found: found["default"], value)
    if isinstance(value, list):
        return [interpolated(one) for one in value]
    if isinstance(value, dict):
        return {name: interpolated(one) for name, one in value.items()}
    return value


COMPOSE: Final = interpolated(read("docker-compose.yml"))
SERVICES: Final[dict[str, Any]] = COMPOSE["services"]
OWN: Final = {name: one for name, one in SERVICES.items() if one["image"].startswith("pantau:")}
RUNNING: Final = {name: one for name, one in OWN.items() if one["command"][0] == "service"}
