from email.message import Message
from pathlib import Path

import pytest

from scripts import licences
from scripts.locked import RUNTIME, read_lock


def metadata_of(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def test_everything_that_is_locked_has_a_licence_that_is_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert licences.main() == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("fields", "expression"),
    [
        ({"License_Expression": "Apache-2.0 AND MIT", "License": "other"}, "Apache-2.0 AND MIT"),
        ({"License": "Apache License, Version 2.0"}, "Apache-2.0"),
        ({"License": "MIT"}, "MIT"),
        (
            {
                "License": "Copyright\nof somebody",
                "Classifier": "License :: OSI Approved :: MIT License",
            },
            "MIT",
        ),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, None),
        ({"License": "ask us"}, None),
        ({}, None),
    ],
)
def test_the_licence_is_read_from_metadata(fields: dict[str, str], expression: str | None) -> None:
    assert licences.from_metadata(metadata_of(**fields)) == expression


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND 0BSD", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("AGPL-3.0-or-later", False),
        ("Not-A-Licence", False),
    ],
)
def test_all_of_and_is_needed_and_one_of_or(expression: str, allowed: bool) -> None:
    assert licences.is_allowed(expression) is allowed


def test_a_new_package_is_named() -> None:
    known: dict[str, str | None] = {name + " 1": "MIT" for name in licences.REVIEWED}

    found = licences.complaints(known | {"new 1.0": None, "other 2.0": "AGPL-3.0-only"})

    assert [line.partition(":")[0] for line in found] == ["new 1.0", "other 2.0"]


def test_what_is_reviewed_is_still_locked() -> None:
    assert any("no longer locked" in line for line in licences.complaints({}))


def test_a_lock_file_without_hashes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lock.txt"
    path.write_text("a==1.0\n", encoding="utf-8")

    with pytest.raises(ValueError, match="no hash"):
        read_lock(path)


def test_every_locked_package_has_a_version_and_hashes() -> None:
    for path in RUNTIME:
        packages = read_lock(path)
        assert len(packages) > 30
        assert all(one.hashes and one.version for one in packages)
