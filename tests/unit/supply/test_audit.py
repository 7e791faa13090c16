from typing import Any

import pytest

from scripts import audit

CLEAN: dict[str, Any] = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}
UNKNOWN = {
    "dependencies": [
        {"name": "a", "skip_reason": "not found"},
        {"name": "b", "version": "1", "vulns": []},
    ]
}
WRONG = {
    "dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]
}


def test_it_says_that_nobody_knows_where_there_is_no_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "ask", lambda _: UNKNOWN)

    assert audit.main() == audit.NO_DATA
    assert "no data for 1 of 2 packages" in capsys.readouterr().err


def test_another_service_is_asked_where_one_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(service: str) -> dict[str, Any]:
        if service == "pypi":
            message = "no route"
            raise ValueError(message)
        return CLEAN

    monkeypatch.setattr(audit, "ask", ask)

    assert audit.main() == 0


def test_vulnerabilities_are_named_with_what_mends_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "ask", lambda _: WRONG)

    assert audit.main() == audit.FOUND
    assert "a 1: X-1, mended in 2" in capsys.readouterr().err
