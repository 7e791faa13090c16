"""Registrable domains by the Public Suffix List, as its rules say."""

import subprocess
import sys

import pytest

from pantau.net.domains import publisher_of, registrable_domain


@pytest.mark.parametrize(
    ("host", "registered", "publisher"),
    [
        ("nasional.kabar.co.id", "kabar.co.id", "kabar.co.id"),
        ("desa.kabar.desa.id", "kabar.desa.id", "kabar.desa.id"),
        ("a.www.ck", "www.ck", "www.ck"),
        ("a.b.kawasaki.jp", "a.b.kawasaki.jp", "a.b.kawasaki.jp"),
        ("a.city.kawasaki.jp", "city.kawasaki.jp", "city.kawasaki.jp"),
        ("a.kabar.xn--p1ai", "kabar.xn--p1ai", "kabar.xn--p1ai"),
        ("a.one.github.io", "github.io", "one.github.io"),
        ("github.io", "github.io", "github.io"),
        ("co.id", "co.id", "co.id"),
        ("localhost", "localhost", "localhost"),
        ("berita.kabar.invalid", "berita.kabar.invalid", "berita.kabar.invalid"),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
    ],
)
def test_hosts_belong_to_the_domain_below_their_suffix(
    host: str, registered: str, publisher: str
) -> None:
    assert registrable_domain(f"https://{host}/x") == registered
    assert publisher_of(host) == publisher


def test_the_list_is_read_without_what_downloads_it() -> None:
    code = (
        "import sys; from pantau.net.domains import registrable_domain as of; "
        "assert of('https://berita.kabar.co.id/x') == 'kabar.co.id'; "
        "assert 'requests' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
