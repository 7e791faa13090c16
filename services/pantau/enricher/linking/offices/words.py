"""Words within offices that are in lower case, and the parts of ranks.

`pengamat politik Ani Wijaya`, `Kapten tim Budi Santoso`, `Letkol Inf Budi Santoso`.
"""

from typing import Final

_FIELDS: Final = (
    "politik hukum tata negara pidana perdata ekonomi kebijakan publik sosial pendidikan "
    "lingkungan transportasi gizi penerbangan keuangan modal perbankan kesehatan masyarakat jiwa "
    "bedah kandungan anak jantung paru saraf forensik sejarah budaya agama olahraga otomotif "
    "properti komunikasi media digital teknologi informasi telekomunikasi perkotaan energi migas "
    "lanskap interior nuklir statistik agraria perburuhan ketenagakerjaan pajak perpajakan maritim "
    "syariah pertambangan pangan pertanian perikanan kelautan kehutanan satwa iklim cuaca "
    "kebencanaan geologi "
    "vulkanologi terorisme keamanan siber konstitusi pemilu militer pertahanan intelijen saham "
    "komoditas pasar uang emas minyak adat bahasa sastra seni musik film fesyen mode kecantikan"
)
_SPORTS: Final = (
    "sepak bola bulu tangkis voli basket renang tinju futsal tenis reli balap catur panahan "
    "angkat besi atletik silat sayap tengah belakang depan kiri kanan bertahan serang tim timnas"
)
_UNITS: Final = (
    "kota kabupaten provinsi daerah wilayah desa kelurahan kecamatan dusun cabang pusat dinas "
    "bagian seksi subbagian divisi badan biro lembaga komisi unit satuan sekolah kampus dewan "
    "majelis panitia fraksi partai koperasi kelompok komunitas paguyuban yayasan asosiasi serikat "
    "keluarga perusahaan kepolisian polisi pemuda tani buruh nelayan pers"
)
_KINDS: Final = (
    "senior junior utama muda madya nasional internasional regional eksekutif harian ahli bicara "
    "besar luar negeri tinggi tugas nonaktif terpilih petahana definitif penuntut penyidik "
    "penyelidik pelaksana lapangan operasional pemasaran penjualan pengadaan humas riset "
    "investigasi advokasi aksi mata kunci parkir masak sita pertama kedua ketiga keempat "
    "penggugat tergugat pemohon termohon pelapor terlapor "
    "tunggal warung toko kios usaha perempuan kehormatan pembina kepala dari asal untuk"
)
COMPLEMENTS: Final = frozenset(f"{_FIELDS} {_SPORTS} {_UNITS} {_KINDS}".split())
"""Nouns and adjectives that go on with an office which begins before them."""
BRANCHES: Final = frozenset(
    (
        "inf", "kav", "arm", "arh", "czi", "cpl", "cba", "cpm", "cku", "cke", "caj", "ckm", "cpn",
        "chk", "ctp", "laut", "pnb", "tek", "lek", "kal", "pas", "sus", "mar", "kes", "adm",
    )
)  # fmt: skip
"""Branches of service behind a rank: Letkol Inf, Kolonel Laut."""
ENGLISH_HEADS: Final = frozenset(
    (
        "president", "minister", "secretary", "chancellor", "governor", "mayor", "ambassador",
        "attorney", "director", "manager", "spokesman", "spokeswoman", "spokesperson", "chairman",
        "chairwoman", "chief", "commissioner", "commander", "leader", "analyst", "economist",
        "lawyer", "treasurer", "founder", "speaker", "professor", "envoy", "undersecretary",
        "coach", "representative", "ceo", "prime", "executive", "general",
    )
)  # fmt: skip
"""Offices that may follow their scope: Finance Minister."""
SMALL_LINKS: Final = frozenset({"dari", "asal", "untuk"})
"""Words within an office that none ends with."""
NO_ROLE: Final = frozenset(
    (
        "adalah", "is", "was", "mengaku", "he", "she", "dia", "ia", "menjadi", "has", "had", "have",
        "will", "akan",
    )
)  # fmt: skip
"""Words of a clause behind a name that gives no office."""
NO_MODIFIER: Final = frozenset(
    (
        "yesterday", "today", "earlier", "meanwhile", "later", "both", "new", "however",
        "according", "with",
    )
)  # fmt: skip
"""Words before an English office that say no more of it."""
KINSHIP: Final = tuple(
    form
    for kin in (
        "istri", "suami", "anak", "cucu", "ayah", "ibu", "ibunda", "ayahanda", "putra", "putri",
        "adik", "kakak", "menantu", "mertua", "keponakan", "sepupu", "keluarga", "ajudan", "sopir",
    )
    for form in (kin, kin.capitalize())
)  # fmt: skip
"""Before an office: `cucu presiden ketiga RI, Ani Wijaya` is not the president."""
_HONOURS: Final = frozenset({"datuk", "dato", "dato'", "datok", "datin", "tan", "toh", "tok"})
HONOUR_PARTS: Final = frozenset({"seri", "sri", "tan", "paduka", "tun"})
"""Words of Malay titles that are also words of names."""


def continues_honour(word: str, before: str, after: str) -> bool:
    """Return whether a word is a part of a Malay title: the Seri of Datuk Seri, the Tan of Tan Sri.

    All three are in lower case.
    """
    if word == "tan":
        return after == "sri"
    if word == "tun":
        return True
    return before in _HONOURS
