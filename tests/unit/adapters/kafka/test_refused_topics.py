"""What Kafka says when it makes no topics: to be asked again, or a fault of the settings."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kafka import errors

from pantau.adapters.kafka.topics import _create
from pantau.errors import RetryError, StopError
from pantau.settings import Settings
from pantau_schemas.topics import FEEDS

UNABLE = "Unable to replicate the partition 3 time(s): "


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (
            f"{UNABLE}All brokers are currently fenced, or have all their log directories "
            "cordoned.",
            RetryError,
        ),
        (
            f"{UNABLE}The target replication factor of 3 cannot be reached because only 1 "
            "broker(s) are registered.",
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
        "error_message": said,
    }
    admin = SimpleNamespace(create_topics=lambda *_, **__: {"topics": [refused]})
    with pytest.raises(outcome, match="Unable to replicate"):
        _create(admin, {"feeds": FEEDS}, Settings(data=tmp_path))
