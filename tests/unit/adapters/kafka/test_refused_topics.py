"""Kafka makes no topics: it is to be asked again, or the settings are wrong."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kafka import errors

from pantau.adapters.kafka.topics import _create
from pantau.errors import RetryError, StopError
from pantau.settings import Settings
from pantau_schemas.topics import FEEDS


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (
            "All brokers are currently fenced, or have all their log directories cordoned.",
            RetryError,
        ),
        (
            "The target replication factor of 3 cannot be reached because only 1 broker is there.",
            StopError,
        ),
    ],
)
def test_brokers_that_are_away_for_now_are_waited_for(
    said: str, outcome: type[Exception], tmp_path: Path
) -> None:
    refused: dict[str, Any] = {
        "name": "feeds",
        "error_code": errors.InvalidReplicationFactorError.errno,
        "error_message": f"Unable to replicate the partition 3 time(s): {said}",
    }
    admin = SimpleNamespace(create_topics=lambda *_, **__: {"topics": [refused]})
    with pytest.raises(outcome, match="Unable to replicate"):
        _create(admin, {"feeds": FEEDS}, Settings(data=tmp_path))
