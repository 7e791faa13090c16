"""A copy of a topic takes hardly more than the topic's values."""

import random
from hashlib import sha256
from pathlib import Path

import pytest

from pantau.adapters.kafka.tables.replica import ReplicaRow, opened_replica

ROWS = 2_000


@pytest.mark.parametrize(
    ("topic", "size", "most"), [("alerts", 2_400, 1.3), ("deliveries", 650, 1.4)]
)
def test_a_row_takes_hardly_more_than_its_value(
    tmp_path: Path, topic: str, size: int, most: float
) -> None:
    noise = random.Random(7)  # which stays as it is: what is packed takes less
    with opened_replica(tmp_path, topic) as replica:
        for first in range(0, ROWS, 500):
            rows = [
                ReplicaRow(sha256(b"%d" % one).hexdigest()[:26], noise.randbytes(size), one, 0, one)
                for one in range(first, first + 500)
            ]
            replica.take(rows, {0: first + 500})
    files = sum(one.stat().st_size for one in tmp_path.iterdir())
    assert files / ROWS < most * size
