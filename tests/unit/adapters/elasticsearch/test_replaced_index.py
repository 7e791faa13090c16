"""A search whose index a rebuild removes meanwhile goes to the new one."""

import json
from contextlib import closing
from http.server import BaseHTTPRequestHandler

import pytest

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.adapters.elasticsearch.replaced import TRIES
from pantau.adapters.elasticsearch.search import find
from pantau.errors import RetryError
from pantau.ports import SearchRequest
from pantau.query import ast
from pantau.settings import ElasticSettings
from tests.http_server import serving
from tests.support import START

NOTHING: dict[str, object] = {"hits": {"total": {"value": 0, "relation": "eq"}, "hits": []}}


def fault(kind: str, status: int) -> dict[str, object]:
    cause = {"type": kind, "reason": None}
    return {
        "error": {"root_cause": [cause], "type": "search_phase_execution_exception"},
        "status": status,
    }


GONE = fault("no_shard_available_action_exception", 503)


@pytest.mark.parametrize(
    ("answers", "fails"),
    [
        ([GONE, NOTHING], False),
        ([fault("index_not_found_exception", 404), NOTHING], False),
        ([fault("search_context_missing_exception", 404), NOTHING], False),
        ([fault("already_closed_exception", 500), NOTHING], False),
        ([GONE, fault("search_context_missing_exception", 404), GONE, NOTHING], False),
        ([GONE] * TRIES, True),
        ([fault("circuit_breaking_exception", 429), NOTHING], True),
        ([fault("illegal_state_exception", 500), NOTHING], True),
    ],
)
def test_it_is_asked_again(answers: list[dict[str, object]], *, fails: bool) -> None:
    left = [*answers, NOTHING]  # in the newest days, then in all

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = left.pop(0)
            body = json.dumps(answer).encode()
            status = answer.get("status", 200)
            assert isinstance(status, int)
            self.send_response(status)
            self.send_header("X-elastic-product", "Elasticsearch")
            self.send_header("Content-Type", "application/vnd.elasticsearch+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with (
        serving(Handler) as address,
        closing(ElasticClient(ElasticSettings(url=address))) as client,
    ):
        request = SearchRequest(ast.MatchAll())
        if fails:
            with pytest.raises(RetryError):
                find(client, "articles", request, START)
        else:
            assert find(client, "articles", request, START).hits == ()
            assert not left
