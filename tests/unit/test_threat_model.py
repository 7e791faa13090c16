"""Every line of the threat model names tests, and they exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py::[\w:]+)`", MODEL)))


@pytest.mark.parametrize("named", NAMED)
def test_every_test_that_is_named_exists(named: str) -> None:
    file, *names = named.split("::")
    body: list[ast.stmt] = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for name in names:
        (found,) = [one for one in body if getattr(one, "name", None) == name]
        body = getattr(found, "body", [])


def test_every_threat_names_a_test() -> None:
    threats = [
        line
        for line in MODEL.partition("## Feeds and pages")[2].splitlines()
        if line.startswith("| ")
    ]
    rows = [line for line in threats if not line.startswith("| threat ")]

    assert len(rows) > 30
    assert [row for row in rows if "`tests/" not in row] == []
