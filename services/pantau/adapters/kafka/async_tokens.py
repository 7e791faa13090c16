"""Access tokens for aiokafka, the client of Faust, which asks for them in its event loop."""

import asyncio

from aiokafka.abc import AbstractTokenProvider
from kafka.errors import KafkaError

from pantau.adapters.kafka.tokens import TokenSource


class AsyncTokenProvider(AbstractTokenProvider):  # type: ignore[misc]  # (aiokafka has no types)
    """The provider that aiokafka asks for tokens."""

    def __init__(self, source: TokenSource) -> None:
        self._source = source

    async def token(self) -> str:
        """Return a token that is still valid; the loop goes on while one is requested.

        Raises ConnectionError, which aiokafka takes for a broker that is not reachable now.
        """
        try:
            return await asyncio.to_thread(self._source.current)
        except KafkaError as error:
            raise ConnectionError(str(error)) from error
