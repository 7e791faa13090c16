"""As `test_growth`, of queries; apart, so that two processes share the work."""

from typing import Final

import pytest

from tests.growth.subjects import Subject
from tests.growth.trial import complaints, params

SHOWN: Final = 8


@pytest.mark.parametrize("subject", params(queries=True))
def test_time_and_volume_grow_no_faster_than_the_query(subject: Subject) -> None:
    wrong = complaints(subject)

    assert not wrong, f"{subject.name}, {len(wrong)} shapes:\n" + "\n".join(wrong[:SHOWN])
