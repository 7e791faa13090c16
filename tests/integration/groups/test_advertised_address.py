"""Which Kafka of a test process sends its clients to the proxy."""

from pathlib import Path

from pantau.local import kafka
from tests.faults.proxy import HOST, advertised, proxy_to

TARGET, OTHER, CONTROLLER = 20_001, 20_002, 20_003


def address(port: int) -> str:
    """Return what a Kafka on this port tells its clients."""
    lines = kafka.properties(Path("unused"), port, CONTROLLER).splitlines()
    name = "advertised.listeners="
    return next(one.removeprefix(name) for one in lines if one.startswith(name))


def test_the_target_alone_sends_its_clients_to_the_proxy() -> None:
    with proxy_to(TARGET) as proxy, advertised(proxy):
        assert address(TARGET) == f"PLAINTEXT://{HOST}:{proxy.port}"
        assert address(OTHER) == f"PLAINTEXT://{HOST}:{OTHER}"
    assert address(TARGET) == f"PLAINTEXT://{HOST}:{TARGET}"
