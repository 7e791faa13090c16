"""Articles that their site spreads over several pages."""

import asyncio
from typing import Final

import pytest

from pantau.extractor.html.page import PageText
from pantau.extractor.html.reading import read_page
from pantau.extractor.several import NOTHING, joined
from pantau.ports import FetchResponse
from pantau.settings import ExtractSettings
from tests.unit.extractor.pages_made import SENTENCES, page
from tests.unit.extractor.test_stage import Desk, settled, woken

FIRST: Final = "https://kabar.example/banjir"
PARTS: Final = tuple(
    "\n".join(f"Bagian {part}. {one}" for one in SENTENCES[:3]) for part in range(1, 6)
)


def link(address: str, text: str = "Halaman berikutnya", *, rel: str = "") -> str:
    return f'<div class="paging"><a href="{address}" rel="{rel}">{text}</a></div>'


def leads(html: str, url: str = FIRST, **about: str) -> tuple[str | None, str | None]:
    found = read_page(html.encode(), {"url": url, "content_type": "text/html", **about})
    return found.following, found.whole


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("?page=2", "2"),
        ("?page=2", "Halaman berikutnya »"),
        ("?halaman=2", "Selanjutnya"),
        ("?hal=2", "Selengkapnya"),
        ("/banjir?page=2", "Baca selengkapnya"),
        ("banjir/2", "2"),
        ("/banjir/2/", "Next"),
        ("banjir/page/2", "Next page"),
        ("banjir/halaman/2", "Lanjut"),
        ("banjir/hal/2", "›"),
        ("banjir-2", "2"),
        ("https://kabar.example/banjir?p=2#isi", "Hal. 2"),
    ],
)
def test_links_that_lead_to_the_next_page(address: str, text: str) -> None:
    following, _ = leads(page(PARTS[0], extra=link(address, text)))
    assert following is not None
    assert "2" in following
    assert "#" not in following


@pytest.mark.parametrize(
    ("address", "text", "rel"),
    [
        ("/banjir-surut", "Halaman berikutnya", "next"),  # a blog's next article
        ("/banjir/3", "3", ""),
        ("?page=3", "Selanjutnya", ""),
        ("/banjir", "1", ""),
        ("?page=2", "Komentar", ""),
        ("/gempa?page=2", "2", ""),
        ("https://lain.example/banjir?page=2", "2", ""),
        ("//lain.example/banjir/2", "2", "next"),
        ("?page=2&urut=lama", "2", ""),
        ("/banjir/2026", "Selanjutnya", ""),
        ("/banjir-2", "Selanjutnya", ""),  # as well another article of that title
        ("#halaman-2", "2", ""),
        ("javascript:berikutnya(2)", "2", ""),
        ("http://[", "2", ""),
        ("?page=%32x", "2", ""),
    ],
)
def test_links_that_lead_elsewhere(address: str, text: str, rel: str) -> None:
    assert leads(page(PARTS[0], extra=link(address, text, rel=rel))) == (None, None)


def test_a_relation_in_the_head_counts_with_the_number_in_its_address() -> None:
    html = page(PARTS[0])
    for address, found in (("/banjir?page=2", f"{FIRST}?page=2"), ("/gempa", None)):
        given = html.replace("</head>", f'<link rel="next" href="{address}"></head>')
        assert leads(given)[0] == found


@pytest.mark.parametrize("address", ["?page=all", "?halaman=semua", "?single=1", "?view=full"])
def test_the_whole_article_on_one_page_is_found(address: str) -> None:
    html = page(PARTS[0], extra=link(address, "Tampilkan semua") + link("?page=2", "2"))
    assert leads(html) == (f"{FIRST}?page=2", f"{FIRST}{address}")


def test_a_further_page_leads_to_the_one_after_it() -> None:
    html = page(PARTS[1], extra=link("/banjir?page=1", "1") + link("/banjir?page=3", "3"))
    about = {"first": FIRST, "number": "2"}
    assert leads(html, f"{FIRST}?page=2", **about)[0] == f"{FIRST}?page=3"
    ended = page(PARTS[1], extra=link("/banjir?page=1", "1"))
    assert leads(ended, f"{FIRST}?page=2", **about) == (None, None)


def numbered(last: int) -> dict[str, str]:
    """Return the pages of an article with links to the next one."""
    made = {FIRST: page(PARTS[0], extra=link("?page=2"))}
    for number in range(2, last + 1):
        more = link(f"?page={number + 1}") if number < last else ""
        made[f"{FIRST}?page={number}"] = page(PARTS[number - 1], extra=more)
    return made


def test_all_pages_of_an_article_are_its_text() -> None:
    desk = Desk()
    desk.web.pages.update(numbered(4))
    desk.give()
    desk.run()
    assert desk.one.text == "\n".join(PARTS[:4])
    assert desk.one.text_from == "page"
    assert desk.lag() == 0
    assert [one for one in desk.web.asked if "robots" not in one] == list(numbered(4))


def test_the_number_of_pages_is_bounded() -> None:
    desk = Desk(settings=ExtractSettings(article_pages=2))
    desk.web.pages.update(numbered(5))
    desk.give()
    desk.run()
    assert desk.one.text == "\n".join(PARTS[:2])


def test_pages_in_a_circle_end() -> None:
    desk = Desk()
    desk.web.pages.update(numbered(2))
    desk.web.pages[f"{FIRST}?page=2"] = page(PARTS[0], extra=link("?page=3"))  # says nothing new
    desk.web.pages[f"{FIRST}?page=3"] = page(PARTS[2])
    desk.give()
    desk.run()
    assert desk.one.text == PARTS[0]


@pytest.mark.parametrize(
    "answer", [404, 410, FetchResponse(FIRST, 200, {"content-type": "a/b"}, b"")]
)
def test_a_further_page_that_is_not_there_leaves_those_before_it(
    answer: int | FetchResponse,
) -> None:
    desk = Desk()
    desk.web.pages.update({**numbered(3), f"{FIRST}?page=3": answer})
    desk.give()
    desk.run()
    assert desk.one.text == "\n".join(PARTS[:2])


def test_robots_txt_is_asked_of_every_page() -> None:
    desk = Desk()
    rules = "User-agent: *\nDisallow: /*page=2\n"
    desk.web.pages.update({**numbered(3), "https://kabar.example/robots.txt": rules})
    desk.give()
    desk.run()
    assert desk.one.text == PARTS[0]
    assert f"{FIRST}?page=2" not in desk.web.asked


def test_each_page_counts_for_the_budget_of_its_domain() -> None:
    desk = Desk(settings=ExtractSettings(pages_per_hour=2))
    desk.web.pages.update(numbered(4))
    desk.give()
    desk.run()
    assert desk.one.text == "\n".join(PARTS[:2])


def test_the_gap_of_the_domain_lies_between_the_pages() -> None:
    desk = Desk(gap_seconds=15.0)
    desk.web.pages.update(numbered(2))

    async def run() -> None:
        desk.give()
        async with desk.running() as extractor:
            for address, seconds in ((FIRST, 16), (f"{FIRST}?page=2", 0)):
                assert desk.web.asked.count(address) == 0
                await woken(extractor, lambda address=address: address in desk.web.asked)
                if seconds:
                    for _ in range(50):  # nothing comes of it: the time stands still
                        extractor.stage._wake.set()
                        await asyncio.sleep(0)
                    assert f"{FIRST}?page=2" not in desk.web.asked
                desk.clock.move(seconds=seconds)
            await settled(extractor)

    asyncio.run(run())
    assert desk.one.text == "\n".join(PARTS[:2])


def test_the_whole_article_is_fetched_in_place_of_its_pages() -> None:
    desk = Desk()
    more = link("?page=all", "Semua halaman") + link("?page=2", "2")
    desk.web.pages[FIRST] = page(PARTS[0], extra=more)
    desk.web.pages[f"{FIRST}?page=all"] = page("\n".join(PARTS))
    desk.give()
    desk.run()
    assert desk.one.text == "\n".join(PARTS)
    assert f"{FIRST}?page=2" not in desk.web.asked


def test_without_the_whole_article_its_pages_are_fetched() -> None:
    desk = Desk()
    more = link("?page=all", "Semua halaman") + link("?page=2", "2")
    desk.web.pages.update({**numbered(3), FIRST: page(PARTS[0], extra=more)})
    desk.web.pages[f"{FIRST}?page=all"] = 403
    desk.give()
    desk.run()
    assert desk.one.text == "\n".join(PARTS[:3])


def test_a_page_that_comes_later_is_waited_for_and_then_left() -> None:
    desk = Desk(settings=ExtractSettings(give_up_seconds=1.0))
    desk.web.pages.update({**numbered(3), f"{FIRST}?page=2": 503})
    desk.give()
    desk.run()
    assert desk.one.text == PARTS[0]


def test_lines_that_pages_repeat_count_once() -> None:
    assert joined("Judul\nA\nB", "judul\nC\nB") == "Judul\nA\nB\nC"
    assert joined("A", " a ") == "A"


def test_a_stub_has_no_further_page() -> None:
    given = PageText("Awal", following=f"{FIRST}?page=2", stub=True)
    assert NOTHING.take(given, 6).following is None
