"""Plain lists of addresses, and tables that have a column of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.formats.address_list import read_addresses
from pantau.feeds.formats.opml import FEEDS_LIMIT, OpmlList
from pantau.poller.reading.readings import OPML, NoFeed

A, B = "https://a.example/rss", "http://b.example/rss?x=1&y=2"


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        (f"{A}\n{B}\n", [(A, None), (B, None)]),
        (f"# daftar\n\n{A}\r\n  {B}  \r\n", [(A, None), (B, None)]),
        (f"nama,alamat\nKompas,{A}\nTempo,{B}\n", [(A, "Kompas"), (B, "Tempo")]),
        (f"{A};Kompas, koran;nasional\n{B};Tempo;x\n", [(A, "Kompas, koran"), (B, "Tempo")]),
        (f'"Kabar, ""Kita""",{A}\n"Dua",{B}', [(A, 'Kabar, "Kita"'), (B, "Dua")]),
        (f"no\tsitus\tumpan\n1\tKompas\t{A}\n2\t\t{B}\n", [(A, "1"), (B, "2")]),
        (f"Kompas {A}\n- Tempo: {B}\n", [(A, "Kompas"), (B, "Tempo")]),
        (f"\ufeff{A}\n", [(A, None)]),
        (f"feed:{A}\n", [(A, None)]),
        (f'"Kompas,{A}\nTempo,{B}\n', [(A, "Kompas"), (B, "Tempo")]),
        (f'"{A}\n"{B}"\n', [(A, None), (B, None)]),
    ],
)
def test_a_list_of_addresses_is_read(text: str, feeds: list[tuple[str, str | None]]) -> None:
    for body in (text.encode(), text.encode("utf-16")):
        found = read_addresses(body)
        assert found is not None
        assert [(one.url, one.title) for one in found.feeds] == feeds
        assert (found.warnings, found.left_out) == ((), 0)


def test_a_cell_may_have_line_breaks() -> None:
    found = read_addresses(f'{A},"Kabar\nKita"\n{B}\n'.encode())
    assert found is not None
    assert [(one.url, one.title) for one in found.feeds] == [(A, "Kabar Kita"), (B, None)]


def test_what_is_left_out_is_named() -> None:
    found = read_addresses(f"{A}\n{A}\nKompas\n{B}\nftp://c.example/x\n{B}/2".encode())
    assert found is not None
    assert [one.url for one in found.feeds] == [A, B, f"{B}/2"]
    assert found.left_out == 2
    assert found.warnings == (
        f"{A} is listed more than once; the first is used",
        "'Kompas' has no http(s) address; left out",
        "'ftp://c.example/x' has no http(s) address; left out",
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "Tidak ada apa-apa di sini.", f"<opml><outline xmlUrl='{A}'/></opml>",
        f"Satu\nDua\nTiga\nlihat {A}\nEmpat", f'{{"a": "{A}"}}', "#", '"' * 200_001,
    ],
)  # fmt: skip
def test_other_texts_are_no_lists(text: str) -> None:
    assert read_addresses(text.encode()) is None


def test_a_long_list_is_cut() -> None:
    body = "\n".join(f"https://s{n}.example/rss" for n in range(FEEDS_LIMIT + 5)).encode()
    found = read_addresses(body)
    assert found is not None
    assert len(found.feeds) == FEEDS_LIMIT
    assert found.warnings[-1].startswith(f"it lists {FEEDS_LIMIT + 5:,} feeds")


def test_lists_are_imported_where_those_of_readers_are() -> None:
    found = OPML.read(f"{A}\n".encode(), {})
    assert isinstance(found, OpmlList)
    assert OPML.unpack(OPML.pack(found)) == found
    assert isinstance(OPML.read(b"Tidak ada.", {}), NoFeed)


@given(st.text(max_size=300) | st.text(alphabet='h"tps:/.,;\t\n#a', max_size=300))
def test_any_text_is_read_or_none(text: str) -> None:
    read_addresses(text.encode("utf-8", "surrogatepass"))
