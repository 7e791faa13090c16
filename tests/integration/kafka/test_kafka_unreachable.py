"""Messages about unreachable brokers name the setting to check."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pantau.adapters.kafka import reachable
from pantau.adapters.kafka.ready import require_topics
from pantau.errors import PantauError, RetryError, StopError
from pantau.settings import KafkaSettings
from tests.support import SOON


@pytest.fixture
def silent() -> Iterator[str]:
    """Yield the address of a server that accepts connections and closes them without a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a busy broker to answer."""
    monkeypatch.setattr(reachable, "LOOK_SECONDS", SOON)


def failure(seconds: float = 1.0, **settings: Any) -> PantauError:
    """Return how a first try ends.

    What is wrong is looked for after its seconds, however many: few show the same.
    """
    began = time.monotonic()
    with pytest.raises(PantauError) as caught:
        require_topics(KafkaSettings.model_validate(settings), ["articles"], seconds)
    assert time.monotonic() - began < 2 * SOON
    return caught.value


@pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in. <ssl")
@pytest.mark.usefixtures("refusing")
class TestUnreachable:
    def test_nothing_listens(self, refusing_port: int) -> None:
        error = failure(servers=(f"127.0.0.1:{refusing_port}",))
        assert isinstance(error, RetryError)
        assert "nothing listens" in str(error)
        assert "port" in str(error)

    def test_the_time_is_over_before_a_connection_has_failed(self, refusing_port: int) -> None:
        error = failure(0.0, servers=(f"127.0.0.1:{refusing_port}",))
        assert isinstance(error, RetryError)
        assert "nothing listens" in str(error)

    def test_a_name_that_nobody_knows(self) -> None:
        error = failure(servers=("kafka.invalid:9092",))
        assert isinstance(error, RetryError)
        assert "kafka.invalid cannot be resolved" in str(error)

    def test_no_tls_on_the_port(self, kafka_address: str) -> None:
        error = failure(servers=(kafka_address,), security="tls")
        assert isinstance(error, StopError)
        assert "TLS" in str(error)
        assert "kafka.security" in str(error)

    def test_no_login_on_the_listener(self, kafka_address: str) -> None:
        error = failure(
            SOON,  # the broker itself refuses; it may need a while to answer
            servers=(kafka_address,),
            security="sasl_plaintext",
            username="u",
            password="geheim",
        )
        assert isinstance(error, StopError)
        assert "kafka.sasl_mechanism" in str(error)
        assert "geheim" not in str(error)

    def test_another_protocol(self, silent: str) -> None:
        error = failure(servers=(silent,))
        assert isinstance(error, RetryError)
        assert "kafka.security" in str(error)
