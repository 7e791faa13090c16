"""Logs as JSON Lines: every record one object, whatever it quotes."""

import io
import json
import logging
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.commands.cli.json_log import JsonFormatter
from pantau.commands.cli.logs import set_up_logging
from pantau.errors import RetryError
from pantau.ports import Received, Record
from pantau.stream.dead_letter import warn_rejected


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Yield what is written to standard error as JSON."""
    root, own = logging.getLogger(), logging.getLogger("pantau")
    before = root.handlers[:], root.level, own.level
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    set_up_logging("INFO", "json", service="alerter")
    try:
        yield written
    finally:
        root.handlers[:], root.level = before[0], before[1]
        own.setLevel(before[2])


def records(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def formatted(message: str, *arguments: object, **extra: object) -> dict[str, Any]:
    record = logging.LogRecord("pantau", logging.WARNING, "x.py", 1, message, arguments, None)
    record.__dict__.update(extra)
    text = JsonFormatter().format(record)
    assert len(text.splitlines()) == 1
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_record_has_its_time_with_offset_level_and_service(lines: io.StringIO) -> None:
    logging.getLogger("pantau.test").info("at %s", "work")
    logging.getLogger("pantau.test").debug("left out")
    (one,) = records(lines)
    assert one["message"] == "at work"
    assert (one["level"], one["logger"], one["service"]) == ("INFO", "pantau.test", "alerter")
    moment = datetime.fromisoformat(one["time"])
    assert moment.utcoffset() == timedelta(0)
    assert one["time"].endswith("+00:00")


def test_ids_are_fields(lines: io.StringIO) -> None:
    received = Received(Record("articles", "key 1", b"{}"), 7, 2)
    warn_rejected(logging.getLogger("pantau.test"), "enricher", received, ValueError("no"))
    (one,) = records(lines)
    assert one["message"] == "enricher: rejected key 1: no"
    expected = {"stage": "enricher", "topic": "articles", "key": "key 1", "offset": 7}
    assert expected.items() <= one.items()
    assert one["partition"] == 2


def test_so_are_the_ids_of_errors() -> None:
    assert formatted("waiting: %s", RetryError("away", group="g1"))["group"] == "g1"


def test_an_id_replaces_no_field_of_the_log() -> None:
    found = formatted("text", ids={"message": "forged", "level": "forged", "key": "k"})
    assert (found["message"], found["level"], found["key"]) == ("text", "WARNING", "k")


def test_a_traceback_is_one_field(lines: io.StringIO) -> None:
    try:
        raise RetryError("the text of\x1b[31m an error", topic="articles")  # noqa: TRY301 (as it happens)
    except RetryError:
        logging.getLogger("pantau.test").exception("unexpected")
    (one,) = records(lines)
    assert one["error"].startswith("Traceback")
    assert "\x1b" not in one["error"]
    assert one["topic"] == "articles"


def test_what_is_long_is_cut() -> None:
    found = formatted("%s", "x" * 1_000_000, ids={"key": "k" * 10_000})
    assert len(found["message"]) == 2_000
    assert len(found["key"]) == 200


@given(st.text(alphabet=st.characters(exclude_categories=())), st.text())
def test_any_text_gives_one_harmless_line(text: str, key: str) -> None:
    found = formatted("%s", text, ids={"key": key})
    shown = found["message"] + found["key"]
    assert not {unicodedata.category(one) for one in shown} & {"Cc", "Cs", "Zl", "Zp"}
