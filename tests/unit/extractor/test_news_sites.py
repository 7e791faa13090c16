"""Pages in the manner of Indonesian news sites: the text is the article, and nothing else."""

import json
from collections.abc import Callable

import pytest
from lxml import html

from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.extractor.html.body_mark import mark_body
from pantau.extractor.html.page import PageText
from pantau.extractor.html.reading import read_page
from pantau.extractor.html.related import drop_related
from pantau.extractor.html.structured import read_json_ld
from pantau.extractor.html.wall import asks_for_subscription
from pantau.extractor.merging import without_clutter
from pantau.extractor.page_lines import is_of_frame
from tests.cost import excess
from tests.unit.extractor.pages_made import body, page

LINES = body(6).split("\n")
TITLE = "Banjir Merendam Tiga Kecamatan"
MENU = "<header><nav><ul><li><a href=/>Beranda</a><li><a href=/n>Nasional</a></ul></nav></header>"


def read(document: str) -> PageText:
    return read_page(document.encode(), {"url": "https://www.kabar.example/banjir"})


def text_of(document: str) -> str:
    return without_clutter(read(document).text, find_boilerplate)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{one}</p>" for one in lines)


def site(inside: str, *, holder: str = "<div class=isi-kabar>", data: object = None) -> str:
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>" if data else ""
    return (
        f"<!doctype html><html><head><title>{TITLE}</title>{script}</head><body>{MENU}"
        f"{holder}<h1>{TITLE}</h1>{inside}</div>"
        "<aside><h3>Terpopuler</h3><ul><li><a href=/x>Harga cabai naik</a></ul></aside>"
        "<footer><p>Hak cipta redaksi</p></footer></body></html>"
    )


RELATED = {
    "in bold": "<p><strong>Baca juga: <a href=/1>Pompa Air Dikirim ke Pesisir</a></strong></p>",
    "in a table": (
        "<table><tbody><tr><td><div><strong>Baca juga:</strong><h2><a href=/1>Pompa Air Dikirim"
        "</a></h2></div></td></tr></tbody></table>"
    ),
    "a list below": "<p>BACA JUGA:</p><ul><li><a href=/1>Pompa</a><li><a href=/2>Jalan</a></ul>",
    "a box of choices": (
        "<table><tr><td>Pilihan Redaksi<ul><li><a href=/1>Pompa Air</a></ul></td></tr></table>"
    ),
    "in two elements": "<div><span>Lihat Juga</span><a href=/1>Pompa Air Dikirim</a></div>",
    "without a colon": "<div><div>Baca Juga</div><ul><li><a href=/1>Pompa Air</a></ul></div>",
    "in English": "<p><em>Also read: <a href=/1>Pumps sent to the coast</a></em></p>",
    "tags": "<div><span>Tag</span><ul><li><a href=/t>banjir</a><li><a href=/u>rob</a></ul></div>",
}


@pytest.mark.parametrize("holder", ["<div class=isi-kabar>", "<div itemprop=articleBody>"])
@pytest.mark.parametrize("name", RELATED)
def test_links_to_other_articles_go_with_their_label(name: str, holder: str) -> None:
    inside = paragraphs(LINES[:3]) + RELATED[name] + paragraphs(LINES[3:])
    assert text_of(site(inside, holder=holder)) == body(6)


def test_links_between_lines_without_paragraphs_go_too() -> None:
    label = "<strong>Baca Juga: <a href=/1>Pompa Air Dikirim</a></strong><br><br>"
    found = text_of(site(f"{LINES[0]}<br><br>{label}" + "<br><br>".join(LINES[1:])))
    assert [one for one in found.split("\n") if one.strip()] == LINES


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga buku itu penting, kata <a href=/s>Sutarno</a> kepada anak-anak di pengungsian.",
        "Berita terkait banjir itu dibantah bupati, yang meminta warga tenang dan tidak panik.",
        "Tag harga di pasar naik dua kali lipat sejak jalan utama terendam pada hari Minggu.",
    ],
)
def test_a_paragraph_that_begins_like_a_label_stays(line: str) -> None:
    plain = line.replace("<a href=/s>", "").replace("</a>", "")
    found = text_of(site(paragraphs([*LINES[:3], line, *LINES[3:]])))
    assert found == "\n".join([*LINES[:3], plain, *LINES[3:]])


def test_the_text_after_a_link_stays() -> None:
    inside = f"<p>{LINES[0]}</p><div><p>Baca juga: <a href=/1>Pompa</a></p>{LINES[1]}</div>"
    found = text_of(site(inside + paragraphs(LINES[2:])))
    assert LINES[1] in found
    assert "Pompa" not in found


@pytest.mark.parametrize(
    "inside",
    [
        "".join(f"<div>{one}</div>" for one in LINES),
        "".join(f"<div><span>{one}</span></div>" for one in LINES),
        paragraphs(LINES),
    ],
    ids=["div", "span", "p"],
)
def test_a_text_in_elements_without_a_name_comes_without_the_menu(inside: str) -> None:
    assert text_of(site(inside)) == body(6)


def test_headings_between_paragraphs_stay() -> None:
    inside = f"{paragraphs(LINES[:3])}<h2>Bantuan Berdatangan</h2>{paragraphs(LINES[3:])}"
    assert text_of(site(inside)).split("\n")[3] == "Bantuan Berdatangan"


@pytest.mark.parametrize(
    "line",
    [
        "Senin, 30 November 2026 | 08:15 WIB", "30 Nov 2026, 08.15", "Rp 65.000 per bulan",
        "* Fakta atau Hoaks? Silakan kirim ke nomor cek fakta kami.", "Salin tautan", "Follow",
        "Dilarang keras mengambil konten untuk AI tanpa izin tertulis.", "Komentar (12)",
        "Simak breaking news dan berita pilihan kami langsung di ponselmu.",
        "Cek berita dan artikel lain di Google News dan WA Channel",
        "Dibaca 1.234 kali", "A+ A-", "Premium", "Bagikan artikel ini", "Suka artikel ini? Nilai",
        "Menarik Dibaca: Manfaat Jahe", "Selanjutnya: Jadwal Kereta",
    ],
)  # fmt: skip
def test_lines_of_the_frame_go(line: str) -> None:
    assert is_of_frame(line)
    assert without_clutter(f"Satu.\n{line}\nDua.", find_boilerplate) == "Satu.\nDua."


@pytest.mark.parametrize(
    "line",
    [
        "Pada Senin, 30 November 2026 pukul 08.15 WIB tanggul jebol.",
        "Simak penjelasan bupati tentang penanganan banjir.",
        "Ikuti perintah petugas, warga diminta tidak menyebarkan hoaks di WhatsApp.",
        "Rp 65.000", "Premium naik dua kali lipat.", "AA",
        "Komentar bupati disambut warga.", "Selanjutnya, petugas menutup tanggul.",
        "Rekomendasi tim ahli: tanggul dibangun ulang.", "10.30 WIB", "", "Follow the money.",
    ],
)  # fmt: skip
def test_lines_of_the_article_stay(line: str) -> None:
    assert not is_of_frame(line)


@pytest.mark.parametrize(
    "line",
    [
        "Scroll untuk melanjutkan membaca", "Gulir untuk melanjutkan membaca",
        "ADVERTISEMENT SCROLL TO CONTINUE READING",
    ],
)  # fmt: skip
def test_to_scroll_is_not_to_subscribe(line: str) -> None:
    assert not asks_for_subscription(f"Iklan{line}. Satu kalimat.")
    inside = f"{paragraphs(LINES[:3])}<p>Iklan</p><p>{line}</p>{paragraphs(LINES[3:])}"
    found = read(page("", extra=inside))
    assert (found.stub, without_clutter(found.text, find_boilerplate)) == (False, body(6))


def test_a_wall_beside_an_advertisement_is_noticed() -> None:
    assert asks_for_subscription("Gulir untuk membaca. Untuk melanjutkan membaca, berlangganan.")


@pytest.mark.parametrize(
    "line",
    [
        "Untuk membaca artikel ini, silakan berlangganan.",
        "Anda memiliki 3 artikel gratis tersisa bulan ini",
        "You have 2 free articles remaining",
    ],
)
def test_other_words_of_walls(line: str) -> None:
    assert asks_for_subscription(line)
    assert read(page(LINES[0], extra=f"<p>{line}</p>")).stub


@pytest.mark.parametrize(
    "part", ["<p hidden>{}</p>", "<template><p>{}</p></template>", "<dialog>{}</dialog>"]
)
def test_what_no_reader_sees_is_no_text(part: str) -> None:
    unseen = part.format("Tsunami besar melanda kota itu, kata seorang saksi mata.")
    assert text_of(site(paragraphs(LINES[:3]) + unseen + paragraphs(LINES[3:]))) == body(6)


def test_an_article_that_a_script_shows_later_is_read() -> None:
    assert text_of(site(f"<div hidden>{paragraphs(LINES)}</div>")) == body(6)


def test_a_text_in_the_data_may_be_escaped_html() -> None:
    escaped = "".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in LINES)
    found = read(site("Memuat...", data={"@type": "NewsArticle", "articleBody": escaped}))
    assert found.text == body(6)


def test_a_text_of_one_line_gets_the_paragraphs_of_the_page() -> None:
    said = [*LINES[:3], "Baca juga: Pompa Air Dikirim ke Pesisir", *LINES[3:], "Kalimat terakhir."]
    data = {"@type": "NewsArticle", "articleBody": " ".join(said)}
    found = text_of(site(paragraphs(LINES), data=data))
    assert found == "\n".join([*LINES, "Kalimat terakhir."])


def test_the_entries_of_a_live_blog_are_its_text() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"Kabar {n}", "articleBody": line}
        for n, line in enumerate(LINES)
    ]
    data = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": [*updates, 5, {}]}
    declared = read_json_ld([json.dumps(data)])
    assert declared.text.split("\n")[:4] == ["Kabar 0", LINES[0], "Kabar 1", LINES[1]]
    assert read(site("<p>Langsung</p>", data=data)).text == declared.text


@pytest.mark.parametrize(
    "inside",
    ["<p>Baca juga</p>", "<p>aa<b>Baca juga</b>d</p>", "<p>Baca juga <a href=/1>x</a></p>"],
)
def test_marking_and_removing_take_time_in_proportion_to_the_page(inside: str) -> None:
    def prepare(number: int) -> Callable[[], object]:
        tree = html.document_fromstring(f"<html><body>{inside * number}</body></html>")

        def both() -> None:
            drop_related(tree)
            mark_body(tree)

        return both

    assert excess(prepare, 2_000) < 2.5
