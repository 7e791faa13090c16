"""Pages that are no article though they say 200, shells, scripts with faults, and hidden spam."""

import json

import pytest
from lxml import html

from pantau.extractor.html.embedded import read_embedded
from pantau.extractor.html.page import PageText
from pantau.extractor.html.reading import read_page
from pantau.extractor.html.structured import read_json_ld
from pantau.extractor.html.unseen import drop_unseen
from pantau.extractor.html.wall import asks_for_subscription
from pantau.extractor.merging import read
from tests.support import article

TITLE = "Tanggul jebol di Demak"
PARAGRAPHS = (
    "Tanggul Sungai Tuntang di Demak jebol di dua titik pada Senin malam setelah hujan deras.",
    "Bupati meminta warga mengungsi ke masjid terdekat sebelum air naik lebih tinggi lagi.",
    "Sedikitnya dua ribu jiwa mengungsi di sebelas titik, menurut catatan badan bencana daerah.",
)
BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
SPAM = "Situs slot gacor terpercaya menang setiap hari tanpa syarat dan tanpa potongan."


def page(inside: str) -> str:
    head = f"<head><title>{TITLE} - Kabar</title></head>"
    return f"<html>{head}<body><nav><a href='/'>Beranda</a></nav>{inside}</body></html>"


def text_of(inside: str) -> str:
    return read_page(page(inside).encode(), {"url": "https://kabar.example/1"}).text


@pytest.mark.parametrize(
    "text",
    [
        "Maaf, halaman yang Anda cari tidak ditemukan atau telah dihapus. Kembali ke beranda.",
        "Berita tidak tersedia.",
        "Oops! That page can’t be found. It looks like nothing was found at this location.",
        "The page you requested does not exist.",
        "You need to enable JavaScript to run this app.",
        "Mohon aktifkan JavaScript di peramban Anda untuk membaca berita ini.",
        "Checking your browser before accessing kabar.example. DDoS protection by Cloudflare",
        "Please verify you are human by completing the action below.",
        "Sorry, you have been blocked. You are unable to access kabar.example.",
        "Akses ditolak. Anda tidak memiliki izin untuk membuka laman.",
        "We and our 842 partners store and access information on a device, such as cookies.",
        "Silakan masuk dengan akun Anda. Belum punya akun? Daftar gratis.",
        "Matikan dulu AdBlock Anda lalu muat ulang.",
        "Situs sedang dalam perbaikan, silakan kembali beberapa saat lagi.",
        "Internet Positif. Situs yang Anda tuju diblokir.",
        "Beranda\nDaerah\nOlahraga\nIndeks",
    ],
)
def test_a_page_that_is_no_article_takes_no_place_of_a_summary(text: str) -> None:
    given = article(title=TITLE, text="Air naik.")
    event = read(given, PageText(text), None, lambda _: ())
    assert (event.text, event.text_from) == ("Air naik.", "feed")


@pytest.mark.parametrize(
    "text",
    [
        "Tanggul di Demak jebol. Halaman sekolah tidak dapat ditemukan lagi di bawah lumpur itu.",
        " ".join(PARAGRAPHS),
        "Akses ditolak, kata petugas. " + "Warga menunggu di luar pagar sejak pagi. " * 20,
        "Warga dua desa mengungsi sejak Senin malam.",
    ],
)
def test_an_article_may_say_such_things(text: str) -> None:
    event = read(article(title=TITLE, text="Air naik."), PageText(text), None, lambda _: ())
    assert (event.text, event.text_from) == (text.strip(), "page")


DATA = json.dumps({"@type": "NewsArticle", "articleBody": "Air naik."})


@pytest.mark.parametrize(
    "script",
    [
        f"//<![CDATA[\n{DATA}\n//]]>",
        f"/*<![CDATA[*/{DATA}/*]]>*/",
        f"<!--\n{DATA}\n-->",
        f"<!-- {DATA} //-->;",
        DATA[:-1] + ",}",
        '{"@type":"NewsArticle","author":["Ani",],"articleBody":"Air naik.",\n}',
        '{"@type":"WebSite"}\n' + DATA,
        '{"@type":"WebSite"},' + DATA + "; kosong",
        json.dumps({"@type": "WebPage", "mainEntityOfPage": json.loads(DATA)}),
    ],
)
def test_data_with_the_faults_of_their_writers_are_read(script: str) -> None:
    assert read_json_ld([script]).text == "Air naik."


@pytest.mark.parametrize("script", ["//" * 200_000, "{,},", " ", "[" * 100_000, ",}" * 100_000])
def test_other_faults_say_nothing(script: str) -> None:
    assert read_json_ld([script]).text == ""


def test_a_shell_has_its_article_in_its_data() -> None:
    other = "Liga berakhir seri di kandang lawan. " * 30
    data = {"props": {"article": {"title": TITLE, "content": BODY}, "other": [{"body": other}]}}
    script = f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(data)}</script>"
    assert text_of(f"<div id='__next'></div>{script}") == "\n".join(PARAGRAPHS)
    # What the page shows goes before its data, and a page that asks for money gives nothing more.
    shown = "<article>" + f"<p>{'Rapat warga digelar di balai desa. ' * 20}</p>" * 2 + "</article>"
    assert "Tuntang" not in text_of(shown + script)
    assert "Tuntang" not in text_of(f"<p>Subscribe to continue reading</p>{script}")


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"content": 7}', '{"content": "pendek"}', '{"x": null}']
)
def test_other_data_have_no_article(script: str) -> None:
    assert read_embedded([script], [TITLE]) == ""
    named = json.dumps({"judul": BODY})
    assert read_embedded([named], [TITLE]) == ""
    assert read_embedded([json.dumps({"content": BODY})], ["Liga berakhir seri"]) == ""


@pytest.mark.parametrize(
    "style",
    [
        "position:absolute;left:-9999px", "font-size:0", "font-size: 0px; color:#fff",
        "text-indent: -5000px", "visibility:hidden", "display:none",
    ],
)  # fmt: skip
def test_what_styles_hide_is_no_text(style: str) -> None:
    tree = html.document_fromstring(f"<div><p>Air naik.</p><p style='{style}'>{SPAM}</p></div>")
    drop_unseen(tree)
    assert tree.text_content() == "Air naik."


def test_an_article_in_a_script_without_spaces_is_one() -> None:
    """Its headline and its text have few words in common, and each of its lines has one."""
    text = (
        "周一晚间，德马克县的堤坝在大雨后两处决口，"
        "县长呼吁居民在水位继续上涨之前前往附近的清真寺避难，已有两千人撤离。"
    )
    given = article(title="印尼中爪哇堤坝决口", text="")
    event = read(given, PageText(text), None, lambda _: ())
    assert (event.text, event.text_from) == (text, "page")


def test_a_part_without_a_size_around_text_with_one_stays() -> None:
    cell = "<td style='font-size:0'><p style='font-size:13px'>Air naik.</p></td>"
    tree = html.document_fromstring(f"<table><tr>{cell}</tr></table>")
    drop_unseen(tree)
    assert tree.text_content() == "Air naik."


@pytest.mark.parametrize(
    "style", ["left:-10px", "font-size:0.9em", "margin-left:-9999", "display:block", "opacity:0"]
)
def test_what_other_styles_show_stays(style: str) -> None:
    tree = html.document_fromstring(f"<div><p style='{style}'>Air naik.</p></div>")
    drop_unseen(tree)
    assert tree.text_content() == "Air naik."


@pytest.mark.parametrize(
    "text",
    [
        "You've reached your limit of free stories this month.",
        "You have used all your free articles.",
        "You have reached your monthly limit.",
    ],
)
def test_a_limit_of_free_articles_is_a_wall(text: str) -> None:
    assert asks_for_subscription(text)
