"""Known names, areas, whole names and headlines: one case for each kind, in our own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher import Enricher
from pantau.enricher.lexicon.areas import Areas, find_areas
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.lexicon.regional import find_office
from pantau.enricher.ner.corrections.headline_case import in_sentence_case
from pantau.enricher.ner.corrections.institutions.neighbours import Neighbours
from pantau.enricher.ner.corrections.persons.doubtful_persons import DoubtfulPersons
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import Entity
from tests.unit.enricher.conftest import article


def found(enricher: Enricher, text: str, title: str = "") -> dict[tuple[str, str], Entity]:
    """Return the entities by type and name."""
    entities = enricher.enrich(article(title, text, lang="id")).entities
    return {(one.type, one.name): one for one in entities}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Seorang warga Malaysia ditangkap polisi.", "Malaysia", "MY"),
        ("Perdana Menteri Jepang tiba kemarin.", "Jepang", "JP"),
        ("Tentara Israel menembak dua orang.", "Israel", "IL"),
        ("Seorang warga Kosta Rika ditangkap.", "Kosta Rika", "CR"),
        ("Warga Gaza menunggu bantuan.", "Gaza", "PS"),
        ("Ribuan orang berdemonstrasi di San Jose, Kosta Rika.", "San Jose", "CR"),
        ("Pengungsi tiba di Medina, Ohio.", "Medina", "US"),
        ("Timnas berlatih di Natal, Brasil.", "Natal", "BR"),
        ("Gempa mengguncang Leon, Nikaragua.", "Leon", "NI"),
        ("Longsor menimpa Palma, Spanyol.", "Palma", "ES"),
        ("Mahasiswa itu ditembak di Athens, Georgia.", "Athens", "US"),
        ("Ledakan di Tbilisi, Georgia, melukai dua orang.", "Georgia", "GE"),
        ("Ketegangan Kamboja-Thailand meningkat.", "Thailand", "TH"),
        ("Pedagang pasar Bojongsoang mengeluh.", "Bojongsoang", "ID"),
        ("Banjir melanda Kecamatan Web, Senin malam.", "Kecamatan Web", "ID"),
        ("Kepala Desa Omega membenarkan kejadian itu.", "Desa Omega", "ID"),
        ("Kapal karam di dekat Pulau Batususun, Senin.", "Pulau Batususun", "ID"),
        ("Pemerintah Kota Padang Sidempuan rapat.", "Kota Padang Sidempuan", "ID"),
        ("Erupsi Gunung Semeru terjadi lagi.", "Gunung Semeru", "ID"),
        ("Seorang warga Lima ditangkap polisi.", "Lima", "PE"),
        ("Seorang warga Sisilia ditangkap polisi.", "Sisilia", "IT"),
        ("Ratusan warga Lanny Jaya berunjuk rasa.", "Lanny Jaya", "ID"),
        ("Situasi di Trinidad dan Tobago masih tegang.", "Trinidad dan Tobago", "TT"),
        ("Situasi di Republik Mali masih tegang.", "Republik Mali", "ML"),
        ("Banjir melanda Kabupaten Lahat, Senin.", "Kabupaten Lahat", "ID"),
        ("Kecelakaan di Lagos, Nigeria.", "Lagos", "NG"),
        ("Pemilu di Georgia, Amerika Serikat, ketat.", "Georgia", "US"),
        ("Warga Punjab, Pakistan, mengungsi.", "Punjab", "PK"),
        ("Banjir melanda warga di Wawonii Timur Laut, Senin malam.", "Wawonii Timur Laut", "ID"),
        ("Kapal karam di dekat Pulau Semakau Beras, Senin.", "Pulau Semakau Beras", "ID"),
    ],
)
def test_places_have_a_country(enricher: Enricher, text: str, name: str, country: str) -> None:
    assert found(enricher, text)["place", name].country == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Menurut Kemenag, aturan itu berlaku.", "Kemenag"),
        ("Telkom mencatat laba.", "Telkom"),
        ("Juru bicara McDonald's menjawab.", "McDonald's"),
        (
            "Menurut Kementerian Pendidikan Tinggi, Sains, dan Teknologi, kuliah daring.",
            "Kementerian Pendidikan Tinggi, Sains, dan Teknologi",
        ),
        ("Ketua DPRD Kota Bandung Asep Mulyadi setuju.", "DPRD Kota Bandung"),
        ("Pemkab Bantul membuka posko.", "Pemkab Bantul"),
        ("Kata Majlis Perbandaran Dungun, acara ditunda.", "Majlis Perbandaran Dungun"),
        (
            "Ia dari Kementerian Kebudayaan, Belia dan Sukan.",
            "Kementerian Kebudayaan, Belia dan Sukan",
        ),
        (
            "Kepala Pusat Gempabumi dan Tsunami BMKG Darma Siregar hadir.",
            "Pusat Gempabumi dan Tsunami BMKG",
        ),
        ("Dana itu untuk Panenin, startup agritech asal Bandung.", "Panenin"),
        ("CEO & Co-Founder Panenin, Jessica Widjaja, hadir.", "Panenin"),
        ("PT Nusa Daya Indonesia (PLN Nusa Daya) merugi.", "PT Nusa Daya Indonesia"),
        ("Polres Humbang Hasundutan menangkap pelaku.", "Polres Humbang Hasundutan"),
        ("Kejari Lima Puluh Kota menahan dia.", "Kejari Lima Puluh Kota"),
        ("Pengadilan Tinggi Jawa Timur menolak.", "Pengadilan Tinggi Jawa Timur"),
        (
            "Kepala Dinas Sosial, Dinas Kesehatan Kabupaten Garut hadir.",
            "Dinas Kesehatan Kabupaten Garut",
        ),
        (
            "Dinas Pekerjaan Umum dan Tata Ruang Kota Bandung menutup jalan itu.",
            "Dinas Pekerjaan Umum dan Tata Ruang Kota Bandung",
        ),
        ("Menurut Basarnas, pencarian dilanjutkan.", "Basarnas"),
        ("Menurut UI, kuliah dimulai Senin.", "UI"),
        ("Juru bicara inDrive menjawab pertanyaan itu.", "inDrive"),
        ("Juru bicara Tempo menjawab pertanyaan itu.", "Tempo"),
        ("Menurut Berau Coal, produksi turun.", "Berau Coal"),
    ],
)
def test_organisations_are_whole(enricher: Enricher, text: str, name: str) -> None:
    assert ("organization", name) in found(enricher, text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("M. Yusuf Subandi dan A.A. Prabowo hadir.", {"M. Yusuf Subandi", "A.A. Prabowo"}),
        ("Terdakwa Hasrul Tahir bin Muchlis hadir.", {"Hasrul Tahir bin Muchlis"}),
        ("Lurah Ngalang Suharyanta menyebut angka itu.", {"Suharyanta"}),
        ("Ketua RT 05 Gatot mengatakan air mati.", {"Gatot"}),
        ("Warganet memuji acara itu. Rutin berolahraga itu baik.", set()),
        ("Daftar:\n1. Menteri Koperasi: Ferdy Julianto Siagian\n", {"Ferdy Julianto Siagian"}),
        ("Polisi menutup Jalan Dr. Ir. H. Soekarno.", set()),
        ("Ketua RT 03 Slamet dan Ketua RW 07 Tugiman hadir.", {"Slamet", "Tugiman"}),
        ("Kapolsek Kretek Sarjono turun tangan.", {"Sarjono"}),
        ("Camat Banguntapan Fauzan Muarif setuju.", {"Fauzan Muarif"}),
        ("Danramil Pakem Kapten Inf Sugeng Riyanto hadir.", {"Sugeng Riyanto"}),
        ("Piala Bang Yos II ditunda.", set()),
        ("Menlu RI Sugiarto bertemu Menlu Jepang.", {"Sugiarto"}),
        (
            "Tiurma br Simanjuntak dan Rosmawati binti Lahade bersaksi.",
            {"Tiurma br Simanjuntak", "Rosmawati binti Lahade"},
        ),
        ("Terdakwa Ahmad bin Salim hadir.", {"Ahmad bin Salim"}),
        ("La Ode Kamaluddin dilantik.", {"La Ode Kamaluddin"}),
        ("Mohd Faizal Ismail tiba di Jakarta.", {"Mohd Faizal Ismail"}),
        ("Ia datang bersama Lalu Gita Aryadi.", {"Lalu Gita Aryadi"}),
        ("Kapolres Gresik Rovan Ricardo hadir.", {"Rovan Ricardo"}),
        ("Acara di Gedung Mr. Moh. Yamin dan Balai Kartini.", set()),
        ("Bandel, sopir itu tetap menerobos palang.", set()),
        ("Longsor terjadi di Padukuhan Boyo.", set()),
        ("Turut hadir Tan Sri Lim Wei Chong.", {"Lim Wei Chong"}),
        ("Kapolres Solok Kota AKBP Dony Setiawan hadir.", {"Dony Setiawan"}),
        ("Kasat Narkoba AKP Made Surya hadir.", {"Made Surya"}),
        ("Polisi menahan RR selaku Dirut PT Bina, FM selaku direktur.", {"RR", "FM"}),
        (
            "Wadir Penindakan Kortas Tipikor Polri Kombes Bhakti Erlangga hadir.",
            {"Bhakti Erlangga"},
        ),
        ("Puang Tola dan Daeng Tayang hadir.", {"Puang Tola", "Daeng Tayang"}),
        ("Ahmad dan M. Atras Mafaz-turut hadir.", {"Ahmad", "M. Atras Mafaz"}),
        ("Pasien dirujuk ke RSUD dr. Soetomo dan RSUP Dr. Kariadi.", set()),
    ],
)
def test_people_are_whole_and_real(enricher: Enricher, text: str, names: set[str]) -> None:
    assert {name for kind, name in found(enricher, text) if kind == "person"} == names


@pytest.mark.parametrize(
    ("text", "name", "result"),
    [
        ("Selamat Jalan Eyang Habibi", "Eyang Habibi", ("Eyang Habibi", "person")),
        ("di Jalan Eyang Habibi", "Eyang Habibi", ("Jalan Eyang Habibi", "place")),
        ("RSUP Dr. Kariadi", "Kariadi", ("RSUP Dr. Kariadi", "place")),
        ("SMA Santo Yosef", "Santo Yosef", ("SMA Santo Yosef", "organization")),
        ("Kepala Stasiun Budi", "Budi", ("Budi", "person")),
        ("Letkol Czi Hartono", "Czi Hartono", ("Hartono", "person")),
        ("Yang Berhormat Dato Seri Nazmi", "Yang Berhormat Dato Seri", None),
        ("Tan Sri Lim", "Tan Sri Lim", ("Lim", "person")),
        ("Tan Sri Lim", "Sri Lim", ("Lim", "person")),
        ("Dato Nazmi", "Dato Nazmi", ("Dato Nazmi", "person")),
        ("Wadir Penindakan", "Penindakan", None),
    ],
)
def test_the_word_before_says_what_a_name_is(
    text: str, name: str, result: tuple[str, str] | None
) -> None:
    start = text.index(name)
    one = DoubtfulPersons().classified(text, Mention(start, start + len(name), "person"), 0)
    assert (None if one is None else (text[one.start : one.end], one.type)) == result


def test_fields_of_a_minister_are_nobody() -> None:
    text = "Menteri Kebudayaan, Belia dan Sukan, Budi dan Ani hadir."
    neighbours = Neighbours(load_gazetteer())
    belia, budi = (
        Mention(text.index(name), text.index(name) + len(name), "person")
        for name in ("Belia", "Budi")
    )
    assert neighbours.is_field(text, belia)
    assert not neighbours.is_field(text, budi)


@pytest.mark.parametrize(
    ("title", "people", "places"),
    [
        ("Fans Nekat Serang Sandra Wirasena, Acara Ditunda", {"Sandra Wirasena"}, set()),
        ("Hendra Saputra Tewas Ditusuk, Polisi Buru Pelaku", {"Hendra Saputra"}, set()),
        ("Banjir Landa Kota Serang Dini Hari", set(), {"Kota Serang"}),
        ("Startup Raih Dana US$12 Juta", set(), set()),
        ("Profil Yoga Pradipta, Pemain Muda yang Curi Perhatian", {"Yoga Pradipta"}, set()),
        ("Momen Haru Putri Kinasih Wisuda Tanpa Ayah", {"Putri Kinasih"}, set()),
        ("Istri Ditahan, Ini Alasan Sutrisno Melawan", {"Sutrisno"}, set()),
        ("Konser Solo Tiara Anggun di Bandung Ditunda", {"Tiara Anggun"}, {"Bandung"}),
        ("POLISI PERIKSA RENDRA MAHESA DI BANDUNG", {"Rendra Mahesa"}, {"Bandung"}),
        ("BUPATI KUDUS SAMANI INTAKORIS LANTIK PEJABAT", {"Samani Intakoris"}, {"Kudus"}),
        ("Suporter Solo Rusuh, Polisi Serang Balik", set(), {"Solo"}),
        ("WARGA SERANG SERANG BALAI DESA", set(), {"Serang"}),
        ("Harga Cabai Naik, Emak-Emak Goda Pedagang Jamu", set(), set()),
    ],
)
def test_headlines(enricher: Enricher, title: str, people: set[str], places: set[str]) -> None:
    entities = found(enricher, "", title)
    assert {name for kind, name in entities if kind == "person"} == people
    assert {name for kind, name in entities if kind == "place"} == places


def test_a_headline_above_a_text_takes_its_names_from_there(enricher: Enricher) -> None:
    title, text = "Momen Kinasih Wisuda", "Ayah Putri Kinasih hadir di acara itu.\n" * 20
    (person,) = found(enricher, text, title).values()
    assert (person.name, person.mentions[0].field) == ("Putri Kinasih", "title")


@pytest.mark.parametrize(
    ("title", "known", "sentence"),
    [
        ("Fans Serang Nadine Kusuma", "", "fans serang Nadine Kusuma"),
        ("TAHAN YOGA PRADIPTA DI SERANG", "SERANG", "tahan Yoga Pradipta di Serang"),
        ("Harga Mutiara dan Melati Naik", "", "harga mutiara dan melati naik"),
        ("", "", ""),
    ],
)
def test_headlines_as_sentences(title: str, known: str, sentence: str) -> None:
    start = title.index(known)
    named = [Mention(start, start + len(known), "place")] if known else []
    assert in_sentence_case(title, named, load_gazetteer()) == sentence


@given(st.text(st.sampled_from("AaBDIiİßſ -'.,ǅ\n"), max_size=30))
def test_a_headline_as_a_sentence_keeps_every_place(title: str) -> None:
    written = in_sentence_case(title, (), load_gazetteer())
    assert len(written) == len(title)
    assert written.lower() == title.lower()


def test_a_tax_is_no_party(enricher: Enricher) -> None:
    text = "Pajak Kendaraan Bermotor (PKB) dan Pajak Bumi dan Bangunan (PBB) turun."
    assert enricher.enrich(article("", text, lang="id")).organizations == ()


def test_a_dollar_is_no_country(enricher: Enricher) -> None:
    text = "Perusahaan itu meraih dana US$ 80 miliar."
    assert enricher.enrich(article("", text, lang="id")).place_codes == ()


def test_the_context_chooses_among_villages_of_one_name(enricher: Enricher) -> None:
    text = "Longsor terjadi di Desa Sukamaju, Kabupaten Bengkalis."
    village = found(enricher, text)["place", "Desa Sukamaju"]
    alone = found(enricher, "Longsor terjadi di Desa Sukamaju.")["place", "Desa Sukamaju"]
    assert (village.id or "").startswith("id:14.03.")
    assert (alone.id, alone.country) == (None, "ID")


def test_areas_are_looked_up_by_name_and_kind() -> None:
    areas = Areas(b"beta\t3205012001\nweb\t950406", b"pulau uji\t110140001,3.31,97.12")
    assert [one.id for one in areas.find("kecamatan web")] == ["id:95.04.06"]
    assert areas.find("desa web") == ()
    assert [one.kind for one in areas.find("beta")] == ["village"]
    (island,) = areas.find("uji")
    assert (island.id, island.latitude, island.longitude) == ("id:11.01.40001", 3.31, 97.12)
    assert areas.find("alfa") == areas.find("zulu") == ()


def test_a_name_of_any_length_is_looked_up_in_bounded_memory() -> None:
    assert find_areas("x" * 1_000_000) == ()


def test_offices_of_regions_have_derived_ids() -> None:
    known = load_gazetteer()
    office = find_office("Kepolisian Resor Garut", known)
    assert office is not None
    assert office.id == "org:polres-garut"
    assert {"Polres Garut", "Kepolisian Resor Garut"} <= set(office.names)
    assert find_office("Polres Antah Berantah", known) is None
    town, regency = (find_office(f"DPRD {kind} Bandung", known) for kind in ("Kota", "Kabupaten"))
    assert town is not None
    assert regency is not None
    assert town.id != regency.id


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Susunan Kabinet Indonesia Maju diumumkan.", "Indonesia"),
        ("Survei dari Parameter Politik Indonesia dirilis.", "Indonesia"),
        ("Film Warkop DKI tayang lagi.", "DKI"),
        ("Rupiah melemah terhadap US dollar hari ini.", "US"),
    ],
)
def test_a_country_inside_a_longer_name_is_no_place(
    enricher: Enricher, text: str, name: str
) -> None:
    assert ("place", name) not in found(enricher, text)


def test_a_country_counts_once_two_sentences_have_it(enricher: Enricher) -> None:
    text = "Utusan itu menuding Zimbabwe. Serangan Zimbabwe dikecam banyak pihak."
    assert found(enricher, text)["place", "Zimbabwe"].country == "ZW"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Juru bicara Universitas Udayana Ni Nyoman Dewi Pascarani menjawab.",
            {("organization", "Universitas Udayana"), ("person", "Ni Nyoman Dewi Pascarani")},
        ),
        (
            "Ketua Fraksi Partai Golkar DPR RI Muhammad Sarifudin hadir.",
            {("organization", "Partai Golkar"), ("organization", "DPR RI")},
        ),
        (
            "Majelis hakim Pengadilan Tindak Pidana Korupsi memvonisnya.",
            {("organization", "Pengadilan Tindak Pidana Korupsi")},
        ),
        ("Menlu RI Sugiarto tiba di Bogor.", {("person", "Sugiarto")}),
        ("Ia dirawat di Hospital Sultanah Nur Zahirah, Terengganu.", set()),
    ],
)
def test_institutions_end_where_other_names_begin(
    enricher: Enricher, text: str, names: set[tuple[str, str]]
) -> None:
    entities = found(enricher, text)
    assert names <= set(entities)
    assert not any(name.startswith("Menlu") for _, name in entities)
    assert ("person", "Nur Zahirah") not in entities


def test_headlines_join_two_countries_by_a_hyphen(enricher: Enricher) -> None:
    entities = found(enricher, "", title="Tiga Negara Bahas Ketegangan Kamboja-Thailand")
    assert {("place", "Kamboja"), ("place", "Thailand")} <= set(entities)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kapolres Lahat membenarkan kejadian itu.", {("place", "Lahat")}),
        ("Bupati Bima meninjau lokasi.", {("place", "Bima")}),
        (
            "Kemarin mereka bertemu Gubernur Sumatera Barat Mahyeldi.",
            {("place", "Sumatera Barat"), ("person", "Mahyeldi")},
        ),
        ("Bupati Bima Arya Sugiarto hadir.", {("person", "Bima Arya Sugiarto")}),
    ],
)
def test_the_region_of_an_official_is_a_place(
    enricher: Enricher, text: str, names: set[tuple[str, str]]
) -> None:
    assert set(found(enricher, text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Seorang warga Tionghoa membuka toko itu.",
        "Seorang warga Muslim membuka toko itu.",
        "Warga Desa itu membuka toko.",
        "Seorang warga Sumarni membuka toko itu.",
    ],
)
def test_a_people_or_a_person_is_no_home(enricher: Enricher, text: str) -> None:
    assert not {name for kind, name in found(enricher, text) if kind == "place"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Polres Bogor Kota", "org:polres-bogor-kota"),
        ("Polres Lima Puluh Kota", "org:polres-lima-puluh-kota"),
        ("Dinas Pemadam Kebakaran Kabupaten Garut", "org:damkar-garut"),
        ("Damkar Garut", "org:damkar-garut"),
        ("Dinas Kesehatan Provinsi Jawa Barat", "org:dinkes-jawa-barat"),
    ],
)
def test_an_office_of_a_region_has_a_derived_id(name: str, key: str) -> None:
    office = find_office(name, load_gazetteer())
    assert office is not None
    assert office.id == key


def test_a_product_with_a_number_is_no_company(enricher: Enricher) -> None:
    entities = found(enricher, "Pesawat itu sejenis dengan pesawat Boeing 737 buatan lama.")
    assert ("organization", "Boeing") not in entities
