"""Hosts have the public suffixes that `tldextract` finds, over the whole list."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
import tldextract

from pantau.net.suffixes import _rules, under_suffix

THEIRS = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def hosts() -> Iterator[str]:
    """Yield hosts at, below and beside each rule of the list, and each end of one."""
    for rule in _rules(private=True):
        name = rule.removeprefix("!").replace("*", "apa")
        yield from (name, f"kabar.{name}", f"www.kabar.{name}", f"Kabar.{name.upper()}")


def theirs(host: str, *, private: bool) -> str:
    found = THEIRS(host, include_psl_private_domains=private)
    return str(found.top_domain_under_public_suffix)


@pytest.mark.parametrize("private", [False, True])
def test_every_rule_counts_as_in_tldextract(private: bool) -> None:
    unlike = [
        host
        for host in hosts()
        if under_suffix(host, private=private) != theirs(host, private=private)
    ]
    assert not unlike


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize(
    "host",
    [
        "", "localhost", "127.0.0.1", "[::1]", "[::ffff:1.2.3.4]", "256.1.2.3", "kabar.invalid",
        "ck", "www.ck", "a.www.ck", "a.b.ck", "city.kawasaki.jp", "a.city.kawasaki.jp",
        "a.b.kawasaki.jp", "kabar.xn--p1ai", "a.kabar.xn--p1ai", "kabar.рф", "a.xn--", "a.xn--0",
        "xn--55qx5d.cn", "a.xn--55qx5d.cn", "one.github.io", "a.one.github.io", "github.io",
    ],
)  # fmt: skip
def test_odd_hosts_are_as_in_tldextract(host: str, private: bool) -> None:
    assert under_suffix(host, private=private) == theirs(host, private=private)


def test_the_list_is_read_without_what_downloads_it() -> None:
    code = (
        "import sys; from pantau.net.domains import registrable_domain as of; "
        "assert of('https://berita.kabar.co.id/x') == 'kabar.co.id'; "
        "assert not {'tldextract', 'requests'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
