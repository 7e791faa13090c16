"""The saved objects name existing fields, and are sent to Kibana in its format."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from pantau.adapters.elasticsearch.kibana import import_objects
from pantau.errors import RetryError, StopError, UsageError
from pantau.settings import ElasticSettings
from pantau_schemas import kibana
from pantau_schemas.fields import FIELDS, FieldKind
from pantau_schemas.index_template import alias

OBJECTS = kibana.objects()
BY_TYPE = {kind: [one for one in OBJECTS if one["type"] == kind] for kind in kibana._VERSIONS}


def inner(value: dict[str, Any], name: str) -> Any:
    return json.loads(value["attributes"][name])


class TestObjects:
    def test_the_file_is_current(self) -> None:
        for path, text in kibana.files():
            assert path.read_text(encoding="utf-8") == text, "run `make schemas`"

    def test_the_view_is_of_the_alias_and_by_first_seen(self) -> None:
        (view,) = BY_TYPE["index-pattern"]
        assert view["attributes"]["title"] == alias()
        assert view["attributes"]["timeFieldName"] == "first_seen"
        assert FIELDS["first_seen"].kind is FieldKind.DATE
        assert inner(view, "fieldAttrs").keys() == FIELDS.keys()

    def test_every_field_that_is_named_exists_and_those_counted_are_exact_values(self) -> None:
        (search,) = BY_TYPE["search"]
        assert set(search["attributes"]["columns"]) <= FIELDS.keys()
        assert {name for name, _ in search["attributes"]["sort"]} <= FIELDS.keys()
        counted = [
            one["params"]["field"]
            for chart in BY_TYPE["visualization"]
            for one in inner(chart, "visState")["aggs"]
            if one["type"] == "terms"
        ]
        assert len(counted) == len(kibana.COUNTED) == len(BY_TYPE["visualization"])
        assert {FIELDS[name].kind for name in counted} == {FieldKind.KEYWORD}

    def test_every_reference_leads_to_an_object_that_comes_before(self) -> None:
        known: set[tuple[str, str]] = set()
        for one in OBJECTS:
            assert {(other["type"], other["id"]) for other in one["references"]} <= known
            known.add((one["type"], one["id"]))
        assert len(known) == len(OBJECTS)

    def test_what_is_referred_to_by_name_is_among_the_references(self) -> None:
        for kind in ("search", "visualization"):
            for one in BY_TYPE[kind]:
                source = json.loads(one["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
                assert [other["name"] for other in one["references"]] == [source["indexRefName"]]
        (dashboard,) = BY_TYPE["dashboard"]
        panels = inner(dashboard, "panelsJSON")
        names = [f"{panel['panelIndex']}:{panel['panelRefName']}" for panel in panels]
        assert [one["name"] for one in dashboard["references"]] == names
        assert [one["type"] for one in dashboard["references"]] == [
            panel["type"] for panel in panels
        ]

    def test_the_panels_fit_and_do_not_overlap(self) -> None:
        (dashboard,) = BY_TYPE["dashboard"]
        taken: set[tuple[int, int]] = set()
        for panel in inner(dashboard, "panelsJSON"):
            grid = panel["gridData"]
            cells = {
                (x, y)
                for x in range(grid["x"], grid["x"] + grid["w"])
                for y in range(grid["y"], grid["y"] + grid["h"])
            }
            assert max(x for x, _ in cells) < 48  # the width of Kibana's grid
            assert not cells & taken
            taken |= cells

    def test_another_prefix_has_objects_of_its_own(self) -> None:
        other = kibana.objects("redaksi-")
        assert not {one["id"] for one in other} & {one["id"] for one in OBJECTS}
        assert other[0]["attributes"]["title"] == alias("redaksi-")


@dataclass
class Stub:
    url: str = ""
    status: int = 200
    answer: Any = field(default_factory=lambda: {"success": True, "successCount": 7})
    location: str = ""
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextlib.contextmanager
def stub() -> Iterator[Stub]:
    """Run a stub of Kibana on the loopback."""
    made = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.calls.append(
                (self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            )
            answer = (
                made.answer if isinstance(made.answer, bytes) else json.dumps(made.answer).encode()
            )
            self.send_response(made.status)
            if made.location:
                self.send_header("Location", made.location)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server uses)
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class TestImport:
    def test_the_request_is_what_kibana_wants(self) -> None:
        with stub() as made:
            assert import_objects(made.url, kibana.ndjson(), ElasticSettings()) == 7
        ((path, headers, body),) = made.calls
        assert path == "/api/saved_objects/_import?overwrite=true"
        assert headers["kbn-xsrf"]
        assert "authorization" not in headers
        form = message_from_bytes(
            b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body, policy=HTTP
        )
        (part,) = form.iter_parts()
        assert part.get_param("name", header="content-disposition") == "file"
        assert str(part.get_filename()).endswith(".ndjson")  # Kibana refuses other endings
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert [json.loads(line) for line in content.decode().splitlines() if line] == OBJECTS

    def test_a_base_path_and_credentials_are_used(self) -> None:
        by_password = ElasticSettings(username="elastic", password=SecretStr("geheim"))
        by_key = ElasticSettings(api_key=SecretStr("a2V5"))
        with stub() as made:
            import_objects(f"{made.url}/kibana/", "{}\n", by_password)
            import_objects(made.url, "{}\n", by_key)
        assert made.calls[0][0].startswith("/kibana/api/")
        assert made.calls[0][1]["authorization"] == "Basic ZWxhc3RpYzpnZWhlaW0="
        assert made.calls[1][1]["authorization"] == "ApiKey a2V5"

    @pytest.mark.parametrize("status", [429, 502, 503])
    def test_one_that_is_not_ready_is_waited_for(self, status: int) -> None:
        with stub() as made:
            made.status, made.answer = status, b"Kibana server is not ready yet"
            with pytest.raises(RetryError, match="not ready"):
                import_objects(made.url, "{}\n", ElasticSettings())

    def test_one_that_is_down_is_waited_for(self) -> None:
        with stub() as made:
            url = made.url
        with pytest.raises(RetryError, match="does not answer"):
            import_objects(url, "{}\n", ElasticSettings())

    def test_a_refusal_names_the_settings(self) -> None:
        with stub() as made:
            made.status, made.answer = 401, {"message": "Unauthorized"}
            with pytest.raises(StopError, match=r"elasticsearch\.username"):
                import_objects(made.url, "{}\n", ElasticSettings())

    def test_objects_that_are_refused_are_named(self) -> None:
        errors = [{"type": "dashboard", "id": "x", "error": {"type": "missing_references"}}]
        with stub() as made:
            made.answer = {"success": False, "successCount": 6, "errors": errors}
            with pytest.raises(StopError, match="dashboard x: missing_references"):
                import_objects(made.url, "{}\n", ElasticSettings())

    @pytest.mark.parametrize(
        "answer", [b"<html>", b"[]", b'{"message": "no"}', b'{"errors": [3, {"error": 4}]}']
    )
    def test_what_is_no_kibana_is_told(self, answer: bytes) -> None:
        with stub() as made:
            made.status, made.answer = 404, answer
            with pytest.raises(UsageError, match="does not answer as Kibana does"):
                import_objects(made.url, "{}\n", ElasticSettings())

    def test_a_redirect_is_not_followed(self) -> None:
        with stub() as made, stub() as foreign:
            made.status, made.location, made.answer = 302, f"{foreign.url}/login", b""
            with pytest.raises(UsageError, match="status 302"):
                import_objects(made.url, "{}\n", ElasticSettings(api_key=SecretStr("a2V5")))
            assert not foreign.calls

    @pytest.mark.parametrize(
        "url",
        [
            "127.0.0.1:5601",
            "ftp://x",
            "http://",
            "http://u:geheim@x",
            "http://x:port",
            "http://[::1",
            "",
        ],
    )
    def test_what_is_no_address_is_refused_and_not_repeated(self, url: str) -> None:
        with pytest.raises(UsageError, match="no address of a Kibana") as caught:
            import_objects(url, "{}\n", ElasticSettings())
        assert "geheim" not in str(caught.value)
