"""Pictures of articles on pages, over HTTP: a console, a site of pictures, the real Pillow."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network
from pathlib import Path

import pytest
from PIL import Image

from pantau.bootstrap import open_store
from pantau.bootstrap import pictures as bootstrap_pictures
from pantau.bootstrap.provider import build_console_parts
from pantau.errors import UsageError
from pantau.ports import Store
from pantau.settings import ConsoleSettings, FetchSettings, Settings
from tests.consoles import Client, serving
from tests.http_server import serving as serving_site
from tests.support import START, FixedClock, enriched

SHOWN, GONE, HTML, PLAIN, INSIDE = "banjir", "hilang", "masuk", "polos", "dalam"


@dataclass
class Site:
    """A site of pictures, and what was asked of it."""

    address: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site()
    out = io.BytesIO()
    Image.new("RGB", (800, 600), (200, 20, 20)).save(out, "JPEG", comment=b"rahasia")
    bodies = {"/banjir.jpg": out.getvalue(), "/masuk.jpg": b"<script>alert(1)</script>"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            body = bodies.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Write nothing."""

    with serving_site(Handler) as address:
        made.address = address
        yield made


def ids() -> dict[str, str]:
    return {name: enriched(name).article_id for name in (SHOWN, GONE, HTML, PLAIN, INSIDE)}


def filled(folder: Path, site: Site, *, on: bool) -> tuple[Store, Settings]:
    settings = Settings(
        data=folder,
        console=ConsoleSettings(pictures=on),
        fetch=FetchSettings(allow_networks=(ip_network("127.0.0.0/8"),)),
    )
    store = open_store(settings, FixedClock(START))
    images = {name: f"{site.address}/{name}.jpg" for name in (SHOWN, GONE, HTML)}
    images[INSIDE] = "http://169.254.169.254/latest/meta-data/"
    store.index.put(
        enriched(name, title=f"Berita {name}", text="Air naik.", image=images.get(name))
        for name in ids()
    )
    store.index.refresh()
    return store, settings


@pytest.fixture(scope="module")
def client(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    store, settings = filled(tmp_path_factory.mktemp("pictures"), site, on=True)
    parts = build_console_parts(store, settings, FixedClock(START))
    assert parts.pictures is not None
    parts.pictures._wait_seconds = 120.0  # for a busy machine
    with serving(parts) as address:
        yield Client(address)
    store.close()


@pytest.fixture(scope="module")
def without(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    store, settings = filled(tmp_path_factory.mktemp("plain"), site, on=False)
    with serving(build_console_parts(store, settings, FixedClock(START))) as address:
        yield Client(address)
    store.close()


def test_the_picture_of_an_article_is_a_webp_of_our_own(client: Client, site: Site) -> None:
    found = client.get(f"/articles/{ids()[SHOWN]}/picture")
    assert (found.status, found.headers["content-type"]) == (200, "image/webp")
    assert found.headers["cache-control"].startswith("private, max-age=")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "img-src 'self'" in found.headers["content-security-policy"]
    assert b"rahasia" not in found.content
    assert Image.open(io.BytesIO(found.content)).size == (800, 600)
    small = client.get(f"/articles/{ids()[SHOWN]}/picture?size=small")
    assert Image.open(io.BytesIO(small.content)).size == (192, 144)
    assert small.headers["etag"] != found.headers["etag"]
    assert site.asked.count("/banjir.jpg") == 1

    known = {"If-None-Match": found.headers["etag"]}
    again = client.get(f"/articles/{ids()[SHOWN]}/picture", headers=known)
    assert (again.status, again.content) == (304, b"")
    assert again.headers["cache-control"] == found.headers["cache-control"]


def test_the_address_names_an_article_and_nothing_else(client: Client, site: Site) -> None:
    before = list(site.asked)
    address = f"{site.address}/lain.jpg"
    for path in (
        "/articles/tidak-ada/picture",
        f"/articles/{ids()[PLAIN]}/picture",
        f"/articles/{ids()[PLAIN]}/picture?url={address}&image={address}",
        f"/articles/{ids()[SHOWN]}/picture?size=huge",
        f"/articles/{ids()[INSIDE]}/picture",
    ):
        found = client.get(path)
        assert (found.status, found.content) == (404, b""), path
        assert found.headers["cache-control"] == "no-store"
    encoded = address.replace("/", "%2F")
    assert client.get(f"/articles/{encoded}/picture").status == 404
    assert site.asked == before


def test_a_picture_that_cannot_be_had_is_asked_for_once_and_left_out(
    client: Client, site: Site
) -> None:
    for name in (GONE, HTML):
        page = f"/articles/{ids()[name]}"
        before = client.get(page).text
        if f"/{name}.jpg" not in site.asked:
            assert f'src="{page}/picture"' in before
        for _ in range(2):
            assert client.get(f"{page}/picture").status == 404
        assert "<img" not in client.get(page).text
        assert site.asked.count(f"/{name}.jpg") == 1


def test_pages_show_pictures_that_shift_nothing(client: Client) -> None:
    page = client.get(f"/articles/{ids()[SHOWN]}").text
    assert (
        f'<img src="/articles/{ids()[SHOWN]}/picture" alt="" width="640" height="360" '
        'loading="lazy" decoding="async">' in page
    )
    assert "pictures.css" in page
    found = client.get("/search", {"q": "berita"}).text
    assert f'<img src="/articles/{ids()[SHOWN]}/picture?size=small" alt="" width="96"' in found
    assert f"/articles/{ids()[PLAIN]}/picture" not in found
    assert "127.0.0.1" not in found.replace(client.address, "")


def test_other_sites_do_not_get_pictures(client: Client) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    found = client.get(f"/articles/{ids()[SHOWN]}/picture", headers=foreign)
    assert found.status == 403


def test_without_the_setting_there_is_no_picture_anywhere(without: Client, site: Site) -> None:
    before = list(site.asked)
    assert without.get(f"/articles/{ids()[SHOWN]}/picture").status == 404
    for path in (f"/articles/{ids()[SHOWN]}", "/search?q=berita"):
        page = without.get(path).text
        assert "<img" not in page
        assert "pictures.css" not in page
    assert site.asked == before


def test_the_extra_is_named_where_it_is_missing(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, settings = filled(tmp_path, site, on=True)
    monkeypatch.setattr(bootstrap_pictures, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pantau\[pictures\]"):
        build_console_parts(store, settings, FixedClock(START))
    store.close()
