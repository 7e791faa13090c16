"""Every threat of the threat model names tests, and they exist.

A threat is an entry of a list; below it stand its tests, each file followed by names in it.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
SECTIONS = MODEL.partition("## Feeds and pages")[2].partition("## Limits")[0]
THREATS = re.split(r"(?m)^- ", SECTIONS)[1:]


def _named(threat: str) -> list[tuple[str, str]]:
    """Return the tests that an entry names: file and name."""
    named, file = [], ""
    for word in re.findall(r"`([^`\s]+)`", threat):
        if word.startswith("tests/"):
            file = word
        elif file:
            named.append((file, word))
    return named


NAMED = sorted({one for threat in THREATS for one in _named(threat)})


@pytest.mark.parametrize(("file", "named"), NAMED)
def test_every_test_that_is_named_exists(file: str, named: str) -> None:
    body: list[ast.stmt] = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for name in named.split("::"):
        (found,) = [one for one in body if getattr(one, "name", None) == name]
        body = getattr(found, "body", [])


def test_every_threat_names_a_test() -> None:
    assert len(THREATS) > 60
    assert [threat for threat in THREATS if not _named(threat)] == []
