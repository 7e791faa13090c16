from ipaddress import IPv4Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.net.guard import BLOCKED_PORTS, check_address, check_url, parse_address, unwrap


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "103.10.10.10",
        "2606:4700::1111",
        "2606:4700::5efe:808:808",
        "168.63.129.17",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
    ],
)
def test_public_addresses_pass(address: str) -> None:
    assert check_address(ip_address(address), ()) is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "this machine"),
        ("0.0.0.0", "this machine"),
        ("0.1.2.3", "this machine"),
        ("::1", "this machine"),
        ("::", "this machine"),
        ("10.0.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("100.64.0.1", "shared"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("240.0.0.1", ""),
        ("255.255.255.255", ""),
        ("192.0.0.8", "reserved"),
        ("192.88.99.1", "reserved"),
        ("198.18.0.1", ""),
        ("2001:db8::1", ""),
        ("3fff::1", "reserved"),
        ("fec0::1", ""),
        ("168.63.129.16", "Azure"),
        ("::ffff:168.63.129.16", "Azure"),
        ("64:ff9b::168.63.129.16", "Azure"),
        ("2002:a83f:8110::1", "Azure"),
        ("100.100.100.200", "shared"),  # Alibaba
        ("192.0.0.192", "reserved"),  # Oracle
        ("fd00:ec2::254", "private"),  # AWS
        ("fd20:ce::254", "private"),  # Google
        ("::ffff:0:10.0.0.1", ""),  # SIIT
        ("2606:4700::5efe:7f00:1", "this machine"),  # ISATAP
        ("2606:4700::200:5efe:a9fe:a9fe", "link-local"),
        ("fe80::5efe:808:808", "link-local"),  # ISATAP, public inside of a network that is not
        ("4000::1", "reserved"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:127.0.0.1", "this machine"),
        ("::10.0.0.1", "private"),
        ("64:ff9b::10.0.0.1", "private"),
        ("64:ff9b:1::10.0.0.1", ""),
        ("2002:a00:1::", "private"),
        ("2002:7f00:1::", "this machine"),
        ("2001:0:0808:0808:0:0:f5ff:fffe", "private"),  # Teredo: client 10.0.0.1
    ],
)
def test_others_are_refused_by_what_they_are(address: str, kind: str) -> None:
    reason = check_address(ip_address(address), ())
    assert reason is not None
    assert kind in reason


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "fd00::7"])
def test_allowed_networks_pass_also_when_wrapped(address: str) -> None:
    allowed = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert check_address(ip_address(address), allowed) is None
    assert check_address(ip_address("10.2.0.1"), allowed) is not None


def test_of_an_address_that_wraps_two_both_have_to_be_allowed() -> None:
    teredo = ip_address("2001:0:a00:1:0:0:5601:5601")  # server 10.0.0.1, client 169.254.169.254
    assert check_address(teredo, (ip_network("10.0.0.0/8"),)) is not None
    assert check_address(teredo, (ip_network("10.0.0.0/8"), ip_network("169.254.0.0/16"))) is None
    assert check_address(teredo, (ip_network("2001::/32"),)) is None


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="192.168.0.0/16"))
def test_no_wrapping_hides_a_private_address(inner: object) -> None:
    number = int(inner)  # type: ignore[call-overload]  # hypothesis types its addresses loosely
    wrapped = (
        0xFFFF << 32 | number,
        number,
        0x64FF9B << 96 | number,
        0x2002 << 112 | number << 80,
        0x20010000 << 96 | 0x08080808 << 64 | (number ^ 0xFFFFFFFF),
        0x26064700 << 96 | 0x00005EFE << 32 | number,
        0x26064700 << 96 | 0x02005EFE << 32 | number,
    )
    for one in wrapped:
        address = ip_address(one.to_bytes(16, "big"))
        assert unwrap(address)
        assert check_address(address, (IPv4Network("172.16.0.0/12"),)) is not None


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("ftp://example.org/x", "'ftp'"),
        ("file:///etc/passwd", "'file'"),
        ("example.org/feed", "lacks"),
        ("http:///x", "no host"),
        ("http://example.org:25/", "port 25"),
        ("http://example.org:99999/", "no web address"),
        ("http://[::1/", "no web address"),
    ],
)
def test_urls_that_can_never_be_fetched(url: str, part: str) -> None:
    reason = check_url(url)
    assert reason is not None
    assert part in reason


def test_usual_urls_pass() -> None:
    assert check_url("https://example.org/feed?x=1") is None
    assert check_url("HTTP://example.org:8080/") is None
    assert not BLOCKED_PORTS & {80, 443, 8080, 8443, 3000}


def test_a_scope_is_no_part_of_the_address() -> None:
    assert parse_address("fe80::1%eth0") == ip_address("fe80::1")


def _ip_address(text: str) -> object:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _parsed(text: str) -> object:
    try:
        return parse_address(text)
    except ValueError:
        return None


@given(
    st.one_of(
        st.text("0123456789abcdef.:xg\u0663 ", max_size=20),
        st.ip_addresses().map(str),
        st.ip_addresses().map(lambda one: one.exploded),
        st.sampled_from(("example.org", "1.example", "example.1", "1.2.3.4.", "::ffff:1.2.3.4")),
    )
)
def test_what_is_parsed_is_what_the_standard_library_parses(text: str) -> None:
    for _ in range(2):  # the second answer may come from memory
        assert _parsed(text) == _ip_address(text)


def test_a_verdict_is_kept_for_the_networks_that_it_was_given_for_alone() -> None:
    address, same = ip_address("10.0.0.1"), ip_address("::a00:1")
    for _ in range(2):
        assert check_address(address, ()) == "a private address"
        assert check_address(address, [ip_network("10.0.0.0/8")]) is None
        assert check_address(address, [ip_network("10.1.0.0/16")]) == "a private address"
    assert int(address) == int(same)
    assert check_address(same, [ip_network("10.1.0.0/16")]) == "a private address"
    assert check_address(ip_address("0.0.0.1"), ()) == check_address(ip_address("::1"), ())
    assert check_address(ip_address("8.8.8.8"), ()) is None
    assert check_address(ip_address("::8.8.8.8"), ()) is None
    assert check_address(ip_address("100::808:808"), ()) is not None
