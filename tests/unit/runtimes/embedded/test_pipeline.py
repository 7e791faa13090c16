"""The parts of `pantau run` as its main thread watches them."""

import asyncio
from typing import Any, cast

import pytest

from pantau.errors import StopError
from pantau.runtimes.embedded.pipeline import Embedded, Pipeline


class Failing:
    """A pipeline whose thread fails and ends just as it is asked whether it is alive."""

    failure: BaseException | None = None

    @property
    def alive(self) -> bool:
        self.failure = StopError("the disk is gone")
        return False


def test_a_part_that_fails_while_it_is_looked_at_ends_the_program_with_its_own_error() -> None:
    async def watched() -> None:
        nobody = cast("Any", None)
        embedded = Embedded(
            nobody, nobody, nobody, cast("Pipeline", Failing()), nobody, tidy=lambda: None
        )
        await embedded._watch_pipeline()

    with pytest.raises(StopError, match="the disk is gone"):
        asyncio.run(watched())
