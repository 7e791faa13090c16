"""Reports from templates: each event a story of its own, and what two outlets report joined."""

import pytest

from pantau.stories.features import features
from pantau.stories.grouping import Grouping
from pantau.stories.templates import service_kind
from pantau.stories.words import read_words

HOUR = 3_600_000
Report = tuple[str, str]

TOWNS = ("Painan", "Bitung", "Pacitan", "Ternate", "Sinabang", "Maumere")
VILLAGES = ("Cikembar", "Wolowaru", "Ngadirojo", "Tobelo", "Sibolangit", "Larantuka")
FIRMS = ("Wijayatama", "Sinarindo", "Agrobuana", "Teladanika", "Bajatama", "Logistindo")
MARKETS = ("Gandrung", "Sentosa", "Bulukerto", "Oesapa", "Angso", "Kumbasari")
CLUBS = ("Wirayuda", "Samudera", "Gelora", "Persada", "Rajawali", "Mustika")
RIVALS = ("Bintara", "Cakra", "Dharma", "Kencana", "Laskar", "Sagara")
PLAYERS = ("Pranata", "Silvano", "Okonjo", "Hartawan", "Lemos", "Takeda")
SIGNS = ("Aries", "Taurus", "Gemini", "Leo", "Virgo", "Pisces")


def report(title: str, *texts: str) -> Report:
    return title, "".join(texts)


def quake(at: int) -> Report:
    town, magnitude = TOWNS[at], f"{3 + at % 3},{at + 2}"
    return report(
        f"Gempa M {magnitude} Guncang {town}",
        f"Gempa dengan magnitudo {magnitude} mengguncang {town}, Senin (3/11/2025) pukul 04.1{at} "
        f"WIB. Pusat gempa ada di laut {at + 31} kilometer barat daya {town}, pada kedalaman "
        f"{at + 12} kilometer dan koordinat {at},4{at} Lintang Selatan. Kepala BMKG Rosihan "
        "mengatakan getaran dirasakan warga. Gempa tidak berpotensi tsunami, kata Rosihan.",
    )


def match(at: int) -> Report:
    one, other = CLUBS[at], RIVALS[at]
    return report(
        f"{one} Menang {at + 1}-0 atas {other}",
        f"Tim {one} mengalahkan {other} dalam laga pekan ini, Sabtu malam WIB. Gol {PLAYERS[at]} "
        f"tercipta pada menit ke-3{at} setelah umpan silang dari sayap. Kiper {other} "
        "kebobolan lagi pada babak kedua lewat penalti. Wasit memberi tiga kartu kuning, dan "
        f"klasemen berubah: {one} kini mengoleksi 1{at} poin.",
    )


def price(at: int) -> Report:
    return report(
        f"Harga Pangan Hari Ini di {TOWNS[at]}",
        f"Harga sejumlah komoditas di pasar {TOWNS[at]} bervariasi. Cabai rawit merah dijual Rp "
        f"4{at}.{at}50 per kilogram, bawang putih Rp 3{at}.7{at}0, beras medium Rp 13.{at}25, "
        f"telur ayam Rp 2{at}.1{at}5, dan minyak goreng Rp 17.{at}80 per liter di pasar itu.",
    )


def gold(at: int) -> Report:
    return report(
        f"Harga Emas Antam Hari Ini Naik Rp {at + 2}.000",
        f"Harga emas batangan Antam naik menjadi Rp 2.3{at}1.000 per gram, dan harga buyback Rp "
        f"2.1{at}7.000. Pecahan 5 gram dijual Rp 11.6{at}5.000, dan 10 gram Rp 23.2{at}0.000 di "
        "butik emas Logam Mulia.",
    )


def rate(at: int) -> Report:
    return report(
        f"Rupiah Ditutup Melemah ke Rp 16.{at}45",
        f"Kurs rupiah melemah 0,{at}7 persen ke Rp 16.{at}45 per dolar AS. Yen dan ringgit turun, "
        f"won menguat, dan baht bergerak tipis. Kurs acuan Jisdor ada di Rp 16.{at}31.",
    )


def horoscope(at: int) -> Report:
    sign = SIGNS[at]
    return report(
        f"Ramalan Zodiak {sign} Hari Ini",
        f"Menurut ramalan zodiak, {sign} perlu sabar soal asmara dan keuangan hari ini. Bintang "
        f"menyarankan {sign} untuk tidak gegabah. Urusan kesehatan membaik.",
    )


def weather(at: int) -> Report:
    return report(
        f"Prakiraan Cuaca {TOWNS[at]} Hari Ini",
        f"BMKG memprakirakan cuaca di {TOWNS[at]} cerah berawan pada pagi hari. Hujan ringan turun "
        f"pada sore hari dengan suhu 2{at} derajat Celsius dan kelembapan 8{at} persen.",
    )


def table(at: int) -> Report:
    return report(
        f"Klasemen Liga {CLUBS[at]} Pekan Ini",
        f"Berikut klasemen sementara. {CLUBS[at]} memimpin dengan 2{at} poin, dan {PLAYERS[at]} "
        "terancam degradasi setelah kalah lagi. Selisih gol menentukan peringkat papan tengah.",
    )


def income(at: int) -> Report:
    name = FIRMS[at]
    return report(
        f"{name} Q3 net profit rises {at + 2} percent",
        f"PT {name} Tbk said third-quarter net profit rose {at + 2} percent to {at + 1}.{at + 3} "
        f"trillion rupiah. Revenue rose {at + 4} percent to {at + 7}.{at + 1} trillion rupiah.",
    )


def flood(at: int) -> Report:
    return report(
        f"Banjir Rendam {at + 4} Desa di {VILLAGES[at]}",
        f"Banjir merendam {at + 4} desa di {VILLAGES[at]} akibat luapan sungai. "
        f"Sebanyak {at + 3}.100 warga mengungsi. BPBD mendirikan dapur umum di kantor desa.",
    )


def bourse(at: int) -> Report:
    return report(
        "Wall Street closes higher",
        f"Wall Street stocks closed higher. The Dow Jones rose 0.{at + 1} percent to "
        f"47,{at + 1}12.45 and the Nasdaq gained 2.{at} percent to 22,8{at}2.0{at}.",
    )


def chilli(at: int) -> Report:
    return report(
        f"Harga Cabai di {MARKETS[at]} Naik",
        f"Harga cabai rawit di pasar {MARKETS[at]} naik menjadi Rp 9{at}.000 per kilogram. "
        "Pedagang menyebut pasokan berkurang akibat hujan.",
    )


KINDS = [
    quake, match, price, gold, rate, horoscope, weather, table, income, flood, bourse, chilli,
]  # fmt: skip


def grouped(reports: list[Report], hours: int = 3) -> list[int]:
    """Return the sizes of the stories of some reports that come a few hours apart."""
    grouping = Grouping(72 * HOUR, 1_000)
    for at, (title, text) in enumerate(reports):
        moment = at * hours * HOUR
        made = features(read_words(title, text))
        placed = grouping.place(str(at), moment, moment, made, f"story {at}")
        grouping.add(placed.member)
        for ended in placed.merges:
            grouping.merge(ended)
    return sorted(len(members) for _, members in grouping.stories())


@pytest.mark.parametrize("kind", KINDS)
def test_reports_of_one_template_are_stories_of_their_own(kind: object) -> None:
    assert callable(kind)
    assert grouped([kind(at) for at in range(6)]) == [1] * 6


def test_all_of_them_together_are_stories_of_their_own() -> None:
    assert grouped([kind(at) for at in range(6) for kind in KINDS], hours=1) == [1] * 6 * len(KINDS)


@pytest.mark.parametrize(
    "reports",
    [
        [
            quake(0),
            report(
                "Painan Diguncang Gempa 3,2",
                "Warga Painan panik saat gempa 3,2 magnitudo terjadi. Sejumlah rumah di Painan ",
                "retak, dan BPBD mendata kerusakan.",
            ),
            report(
                "Rumah Warga Painan Rusak akibat Gempa",
                "Belasan rumah di Painan rusak akibat gempa Senin pagi. Bupati meninjau Painan ",
                "dan membagikan terpal.",
            ),
        ],
        [
            flood(0),
            report(
                "Ribuan Warga Cikembar Mengungsi",
                "Ribuan warga Cikembar mengungsi akibat banjir yang merendam rumah. BPBD mencatat ",
                "ketinggian air di Cikembar satu meter, dan genangan belum surut.",
            ),
        ],
        [
            match(0),
            report(
                "Pranata Antar Wirayuda Bekuk Bintara",
                "Gol tunggal Pranata membawa Wirayuda menaklukkan Bintara. Laga itu keras sejak ",
                "babak pertama, dan wasit memberi kartu kuning kepada dua pemain. Kiper gemilang.",
            ),
        ],
        [
            rate(0),
            report(
                "Rupiah Loyo di Rp 16.045 Sore Ini",
                "Kurs rupiah di pasar spot ditutup di Rp 16.045 per dolar AS. Yen turun, ringgit ",
                "menguat, won melemah, dan baht tetap. Jisdor tercatat Rp 16.031.",
            ),
        ],
    ],
)
def test_reports_of_one_event_are_one_story(reports: list[Report]) -> None:
    assert grouped(reports) == [len(reports)]


@pytest.mark.parametrize(
    ("report", "kind"),
    [
        (horoscope(1), "horoscope"),
        (weather(1), "forecast"),
        (table(1), "results"),
        (price(1), "prices"),
        (gold(1), "prices"),
        (rate(1), "prices"),
        (
            report(
                "Jadwal SIM Keliling Demak",
                "Satlantas membuka gerai SIM keliling di alun-alun. Pemohon perpanjangan membawa ",
                "KTP.",
            ),
            "schedule",
        ),
        (quake(1), None),
        (match(1), None),
        (("Harga Diri Bangsa", "Ani Wijaya berpidato di Demak tentang sejarah kota."), None),
        (("Cuaca Panas, Ani Wijaya Tunda Panen", "Petani menunggu hujan turun."), None),
        (("", ""), None),
    ],
)  # fmt: skip
def test_service_pieces_are_known(report: Report, kind: str | None) -> None:
    assert service_kind(read_words(*report)) == kind
