"""`pantau local`, and the fixtures that stand on it."""

import json
import urllib.request


def test_fixtures_give_servers_that_answer(kafka_address: str, elastic_url: str) -> None:
    host, _, port = kafka_address.partition(":")
    assert host == "127.0.0.1"
    assert port.isdigit()
    with urllib.request.urlopen(f"{elastic_url}/_cluster/health", timeout=5) as answer:  # noqa: S310 (loopback)
        assert json.load(answer)["number_of_nodes"] == 1
