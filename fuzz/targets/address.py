"""Addresses, times and header values."""

from fuzz.promises import answer, require, require_clean, text_of
from pantau.common.dates.reading import read_time
from pantau.feeds.links import LinkBudget, resolve_link
from pantau.net.address import WebAddress, parse
from pantau.net.guard import check_url, without_password
from pantau.net.link_header import read_link_header
from pantau.net.retry_after import read_retry_after
from pantau.poller.decision.outcome import freshness
from pantau_schemas.links.canonical import normalise_link, site_of
from tests.support import START

KIND = "address"
MAX_LEN = 500
SEEDS = (
    b"https://user:secret@www.Kabar.example:443/a/../b;c?utm_source=x&d=1&e#f",
    b"//kabar.example/\xc3\xa9?q=%41%2f", b"http://[::1]:80/", b"http://127.1/", b"http://0x7f.1/",
    b"javascript:a", b"Mon, 02 Mar 2026 08:00:00 +0700", b"2026-03-02T08:00:00.123Z",
    b"2 Maret 2026 08.00 WIB", b"max-age=60, s-maxage=1",
)  # fmt: skip


def check(data: bytes) -> None:
    """Read a text as each of them."""
    text = text_of(data)
    link: str | None = answer(lambda: normalise_link(text))
    if link is not None:
        require_clean(link, "a link", kept="")
        require(
            normalise_link(link) == link,
            "a link in normal form stays so",
            link,
            normalise_link(link),
        )
        answer(lambda: site_of(link))
    answer(
        lambda: (
            check_url(text),
            without_password(text),
            freshness({"cache-control": text, "age": text, "expires": text}, START),
            read_link_header(text),
            read_retry_after(text, START),
        )
    )
    moment = answer(lambda: read_time(text))
    require(moment is None or moment.tzinfo is not None, "times have a zone", moment)
    resolved: str | None = answer(
        lambda: resolve_link(text, "https://kabar.example/a/", LinkBudget(len(text)))
    )
    require_clean(resolved, "a resolved link", kept="")
    address: WebAddress | None = answer(lambda: parse(text), ValueError)
    if address is not None:
        require(
            address.target.isascii() and address.host.isascii(),
            "addresses are ASCII on the wire",
            address,
        )
        require(
            not set("\r\n ") & set(address.target + address.host),
            "no address breaks a line",
            address,
        )
