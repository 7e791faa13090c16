import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.net.address import parse


@pytest.mark.parametrize(
    "url",
    [
        "http://kabar example/",
        "http://kabar%20example/",
        "http://kabar\x00.example/",
        "http://kabar%00.example/",
        "http://kabar%0d%0ax.example/",
        "http://kabar<.example/",
        "http://" + "a." * 1_000 + "example/",
        "http://" + "é" * 100_000 + ".example/",
    ],
)
def test_hosts_that_no_host_name_has_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="host name"):
        parse(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Kabar.Example/", "kabar.example"),
        ("http://kabar_berita.example/", "kabar_berita.example"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://[2001:db8::1]:8080/", "2001:db8::1"),
        ("http://127.0.0.1/", "127.0.0.1"),
    ],
)
def test_usual_hosts_stay(url: str, host: str) -> None:
    assert parse(url).host == host


@given(st.text())
def test_nothing_that_is_read_breaks_a_line(text: str) -> None:
    try:
        address = parse("http://" + text)
    except ValueError:
        return
    assert address.host.isascii()
    assert not set("\r\n \x00") & set(address.host + address.target)
