"""Articles for `fulltext_pages.py`: sentences put together by chance, in our own words."""

import random
from dataclasses import dataclass, field
from typing import Final

PLACES: Final = {
    "id": ("Demak", "Lembata", "Palu", "Sambas", "Bima", "Kupang", "Pati", "Belitung"),
    "en": ("Northport", "Elmsford", "Caldwell", "the Vale", "Harbour Bay", "Redcliff", "Stanmore"),
}
NAMES: Final = {
    "id": ("Maya Larasati", "Arya Wirasena", "Bagas Prakoso", "Nadia Kusuma", "Yusuf Halim"),
    "en": ("Helen Marsh", "Daniel Okafor", "Priya Nair", "Tom Ashworth", "Grace Lindqvist"),
}
THINGS: Final = {
    "id": ("tanggul", "jembatan", "pelabuhan", "pasar induk", "jaringan listrik", "rumah sakit"),
    "en": ("levee", "bridge", "harbour", "wholesale market", "power grid", "county hospital"),
}
SENTENCES: Final = {
    "id": (
        "{name} mengatakan perbaikan {thing} di {place} membutuhkan waktu sekitar {n} hari.",
        "Menurut data dinas setempat, {n} keluarga di {place} terdampak penutupan {thing}.",
        "Pekerjaan dimulai pada pagi hari dan berlangsung sampai petugas terakhir pulang.",
        '"Kami tidak ingin warga menunggu terlalu lama," kata {name} di sela peninjauan {thing}.',
        "Anggaran sebesar {n} miliar rupiah disiapkan untuk membangun kembali {thing} itu.",
        "Warga {place} berharap {thing} dapat dipakai sebelum musim hujan datang lagi.",
        "Hasil pemeriksaan menunjukkan retakan sepanjang {n} sentimeter pada sisi utara {thing}.",
        "Sejumlah pedagang mengaku pendapatan mereka turun sejak {thing} di {place} ditutup.",
        "Pemerintah kabupaten menyediakan {n} kendaraan pengganti tanpa memungut biaya.",
        "Para ahli dari universitas setempat akan mengukur ulang ketinggian tanah pekan depan.",
        "{name} menambahkan, laporan lengkap akan diumumkan kepada masyarakat bulan ini.",
        "Hujan yang turun selama {n} jam membuat permukaan air naik lebih cepat dari perkiraan.",
    ),
    "en": (
        "{name} said that repairs to the {thing} in {place} would take about {n} days.",
        "Figures from the council show that {n} households in {place} depend on the {thing}.",
        "Work began before dawn and went on until the last crew left the site.",
        '"We do not want people to wait any longer than they must," {name} said at the {thing}.',
        "A budget of {n} million was set aside to rebuild the {thing} after the storm.",
        "Residents of {place} hope that the {thing} can be used again before winter.",
        "Inspectors found a crack {n} centimetres long on the northern side of the {thing}.",
        "Several traders reported falling sales since the {thing} in {place} was closed.",
        "The county lent {n} buses to the district and charged nothing for the rides.",
        "Engineers from the local university will measure the ground again next week.",
        "{name} added that the full report would be published within the month.",
        "Rain that fell for {n} hours made the river rise faster than anybody had expected.",
    ),
}
HEADINGS: Final = {
    "id": ("Warga Diminta Bersabar", "Biaya Perbaikan", "Langkah Berikutnya", "Dampak Ekonomi"),
    "en": ("What happens next", "Who pays for it", "A long wait", "Lessons of the storm"),
}
TITLES: Final = {
    "id": ("Perbaikan {thing} di {place} Dimulai", "{thing} {place} Ditutup, Warga Memutar"),
    "en": ("Repairs to {place}'s {thing} begin", "{thing} in {place} stays closed, council says"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """An article: blocks are (kind, text) with the kinds p, h2, li and quote."""

    lang: str
    title: str
    author: str
    blocks: tuple[tuple[str, str], ...]
    others: tuple[str, ...] = field(default=())  # headlines of other articles

    @property
    def text(self) -> str:
        """Return the text that an extraction should find."""
        return "\n".join(text for _, text in self.blocks)


def make_story(chance: random.Random, lang: str) -> Story:
    """Return an article of 5 to 14 paragraphs, some with headings, a list or a quotation."""

    def fill(pattern: str) -> str:
        return pattern.format(
            name=chance.choice(NAMES[lang]),
            place=chance.choice(PLACES[lang]),
            thing=chance.choice(THINGS[lang]),
            n=chance.randint(3, 480),
        )

    def paragraph() -> str:
        return " ".join(map(fill, chance.sample(SENTENCES[lang], chance.randint(1, 4))))

    blocks = [("p", paragraph()) for _ in range(chance.randint(5, 14))]
    if chance.random() < 0.4:
        blocks.insert(len(blocks) // 2, ("h2", chance.choice(HEADINGS[lang])))
    if chance.random() < 0.3:
        items = [("li", fill(one)) for one in chance.sample(SENTENCES[lang], 3)]
        blocks[len(blocks) // 3 : len(blocks) // 3] = items
    if chance.random() < 0.3:
        blocks.insert(-2, ("quote", fill(SENTENCES[lang][3])))
    titles = [fill(chance.choice(TITLES[lang])) for _ in range(12)]
    title = titles[0][0].upper() + titles[0][1:]
    return Story(lang, title, chance.choice(NAMES[lang]), tuple(blocks), tuple(titles[1:]))
