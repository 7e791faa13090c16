"""Offices that every region of Indonesia has: their ids and names follow from the region's.

`Polres Garut` is `org:polres-garut`, `DPRD Jabar` is `org:dprd-jawa-barat`: no list could hold all.
"""

import re
from dataclasses import dataclass
from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer, GazetteerPlace
from pantau.enricher.lexicon.memo import remembered

_VARIANTS: Final = {
    "pemko": "Pemerintah Kota",
    "dispertan": "Dinas Pertanian",
    "dindik": "Dinas Pendidikan",
}
"""Other short heads that some regions use."""
_USUAL: Final = {"pemko": "pemkot", "dispertan": "distan", "dindik": "disdik"}
"""The usual ones of the same offices."""
REGIONAL_HEADS: Final = {
    "polda": "Kepolisian Daerah",
    "polres": "Kepolisian Resor",
    "polresta": "Kepolisian Resor Kota",
    "polrestabes": "Kepolisian Resor Kota Besar",
    "kejati": "Kejaksaan Tinggi",
    "kejari": "Kejaksaan Negeri",
    "dprd": "Dewan Perwakilan Rakyat Daerah",
    "pemprov": "Pemerintah Provinsi",
    "pemkab": "Pemerintah Kabupaten",
    "pemkot": "Pemerintah Kota",
    "bpbd": "Badan Penanggulangan Bencana Daerah",
    "bappeda": "Badan Perencanaan Pembangunan Daerah",
    "kpu": "Komisi Pemilihan Umum",
    "kpud": "Komisi Pemilihan Umum Daerah",
    "bawaslu": "Badan Pengawas Pemilihan Umum",
    "dinkes": "Dinas Kesehatan",
    "disdik": "Dinas Pendidikan",
    "dishub": "Dinas Perhubungan",
    "dinsos": "Dinas Sosial",
    "disnaker": "Dinas Tenaga Kerja",
    "disdukcapil": "Dinas Kependudukan dan Pencatatan Sipil",
    "dlh": "Dinas Lingkungan Hidup",
    "diskominfo": "Dinas Komunikasi dan Informatika",
    "disperindag": "Dinas Perindustrian dan Perdagangan",
    "dispora": "Dinas Pemuda dan Olahraga",
    "dpupr": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "bapenda": "Badan Pendapatan Daerah",
    "bkd": "Badan Kepegawaian Daerah",
    "kesbangpol": "Badan Kesatuan Bangsa dan Politik",
    "pn": "Pengadilan Negeri",
    "pengadilan tinggi": "Pengadilan Tinggi",
    "pengadilan agama": "Pengadilan Agama",
    "ptun": "Pengadilan Tata Usaha Negara",
    "kantor imigrasi": "Kantor Imigrasi",
    "bnn": "Badan Narkotika Nasional",
    "rsud": "Rumah Sakit Umum Daerah",
    "bnnp": "Badan Narkotika Nasional Provinsi",
    "bnnk": "Badan Narkotika Nasional Kabupaten",
    "kodim": "Komando Distrik Militer",
    "pmi": "Palang Merah Indonesia",
    "baznas": "Badan Amil Zakat Nasional",
    "mui": "Majelis Ulama Indonesia",
    "dispar": "Dinas Pariwisata",
    "disbud": "Dinas Kebudayaan",
    "disbudpar": "Dinas Kebudayaan dan Pariwisata",
    "disparbud": "Dinas Pariwisata dan Kebudayaan",
    "disparekraf": "Dinas Pariwisata dan Ekonomi Kreatif",
    "disnakertrans": "Dinas Tenaga Kerja dan Transmigrasi",
    "distan": "Dinas Pertanian",
    "disdag": "Dinas Perdagangan",
    "dishut": "Dinas Kehutanan",
    "disbun": "Dinas Perkebunan",
    "disperkim": "Dinas Perumahan dan Kawasan Permukiman",
    "dinkop": "Dinas Koperasi",
    "damkar": "Dinas Pemadam Kebakaran",
    "dpmd": "Dinas Pemberdayaan Masyarakat dan Desa",
    "dpmptsp": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "dp3a": "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
    "bpkad": "Badan Pengelolaan Keuangan dan Aset Daerah",
    "bkpsdm": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    **_VARIANTS,
}
"""Short heads of such offices in lower case, and their full forms."""
_ENGLISH: Final = {
    " regional police": "polda",
    " provincial police": "polda",
    " police": "police",
    " high prosecutor's office": "kejati",
    " prosecutor's office": "prosecutors",
    " prosecutors' office": "prosecutors",
    " prosecutors office": "prosecutors",
    " district court": "pn",
    " high court": "pengadilan tinggi",
    " religious court": "pengadilan agama",
    " state administrative court": "ptun",
    " provincial administration": "pemprov",
    " provincial government": "pemprov",
    " regency administration": "pemkab",
    " regency government": "pemkab",
    " city administration": "pemkot",
    " city government": "pemkot",
    " legislative council": "dprd",
    " regional disaster mitigation agency": "bpbd",
    " disaster mitigation agency": "bpbd",
    " health agency": "dinkes",
    " education agency": "disdik",
    " transportation agency": "dishub",
    " environment agency": "dlh",
    " social agency": "dinsos",
    " immigration office": "kantor imigrasi",
}
"""Ends of English names behind a region, the longer before their ends, and the office."""
_ENGLISH_LASTS: Final = frozenset(end.rpartition(" ")[2] for end in _ENGLISH)
_BY_LEVEL: Final = {
    "police": {"province": "polda", "regency": "polres"},
    "prosecutors": {"province": "kejati", "regency": "kejari", "town": "kejari"},
}
"""Offices that have another name on each level. The police of towns have three."""
_REGIONS: Final = frozenset({"province", "regency", "town"})
_LONG: Final = {
    full.lower(): head for head, full in REGIONAL_HEADS.items() if head not in _VARIANTS
}
OFFICES: Final = frozenset((*REGIONAL_HEADS, *_LONG))
"""Short and full heads of such offices, in lower case."""
_FIRSTS: Final = frozenset(full.partition(" ")[0] for full in _LONG)
_CAPITALS: Final = frozenset(
    {
        "dpupr",
        "bkd",
        "ptun",
        "bnn",
        "dprd",
        "bpbd",
        "kpu",
        "kpud",
        "dlh",
        "pn",
        "rsud",
        "bnnp",
        "bnnk",
        "pmi",
        "mui",
        "dpmd",
        "dpmptsp",
        "dp3a",
        "bpkad",
        "bkpsdm",
    }
)
_OF_CAPITAL: Final = "polres metro "
_POLICE: Final = "polres "
"""The police of a town in and around the capital are those of the town: Polres Metro Bekasi."""
_TOWN_POLICE: Final = " kota"
"""The word after the name of a town for its police: Polres Bogor Kota."""
_SHORT_FORM: Final = re.compile(r" \([^()]{1,20}\)(?= )")
"""A short form within a name: Kejaksaan Negeri (Kejari) Lembata."""
_MOST_NAMES: Final = 6
_MOST_WORDS: Final = 16
_KEY: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a region: its id, and the names under which it is known."""

    id: str
    names: tuple[str, ...]


@remembered
def find_office(name: str, known: Gazetteer) -> Office | None:
    """Return the office of a region that a name means, or None."""
    if ") " in name:
        name = _SHORT_FORM.sub("", name)
    low = name.lower().replace(_OF_CAPITAL, _POLICE, 1)
    head, rest = _english(low) if low.rpartition(" ")[2] in _ENGLISH_LASTS else _parted(low)
    if not head:
        return _other_office(name, known)
    region = _region(rest, known, _KINDS.get(head))
    if region is None:
        return None
    if head in _BY_LEVEL:
        head = _BY_LEVEL[head].get(region.kind, "")
        if not head:
            return None
    usual, *others = known.aliases(region.id)
    plain = [
        other for other in others if " " not in other or other.startswith(("Kabupaten", "Kota"))
    ]
    short = head.upper() if head in _CAPITALS else head.title()
    names = [
        f"{form} {place}"
        for place in dict.fromkeys((usual, *plain))
        for form in (short, REGIONAL_HEADS[head])
    ]
    listed = known.get(names[0])
    if listed is not None and listed.id is not None and listed.type == "organization":
        return Office(listed.id, tuple(names[:_MOST_NAMES]))  # Polda Jatim
    key = "-".join(f"{head} {usual.lower()}".split())
    return Office(f"org:{key}{_town(region, usual, known)}", tuple(names[:_MOST_NAMES]))


def _other_office(name: str, known: Gazetteer) -> Office | None:
    """Return the office of a head that is not listed, such as Dinas Pemadam Kebakaran Garut."""
    words = name.split()
    if words[0].lower() not in context_words("REGIONAL") or len(words) > _MOST_WORDS:
        return None
    for size in range(1, len(words)):
        region = _region(" ".join(words[size:]).lower(), known)
        if region is not None:
            usual, head = known.aliases(region.id)[0], " ".join(words[:size])
            key = "-".join(_KEY.findall(f"{head} {usual}".lower()))
            return Office(f"org:{key}{_town(region, usual, known)}", (f"{head} {usual}",))
    return None


def _town(region: GazetteerPlace, usual: str, known: Gazetteer) -> str:
    """Return what tells a town's office from that of the regency with the same name."""
    return "-kota" if region.kind == "town" and _has_regency(usual, known) else ""


def _english(low: str) -> tuple[str, str]:
    """Return the same for an English name: east java police."""
    for end, head in _ENGLISH.items():
        if low.endswith(end):
            return head, low.removesuffix(end)
    return "", ""


def _parted(low: str) -> tuple[str, str]:
    """Return the short head of a name in lower case and what follows it; empty if it has none."""
    head, _, rest = low.partition(" ")
    if head in REGIONAL_HEADS:
        return _USUAL.get(head, head), rest
    if head not in _FIRSTS:
        return "", ""
    for full, short in _LONG.items():
        if low.startswith(f"{full} "):
            return short, low[len(full) + 1 :]
    return "", ""


_KINDS: Final = {"pemkab": "regency", "polres": "regency", "pemkot": "town"}
"""The kind of region that has an office; where a town shares its name, the regency is meant."""


def _region(name: str, known: Gazetteer, kind: str | None = None) -> GazetteerPlace | None:
    found = [one for one in known.places(name) if one.kind in _REGIONS]
    found.sort(key=lambda one: one.kind != kind)
    if not found and name.endswith(_TOWN_POLICE):
        towns = known.places(name.removesuffix(_TOWN_POLICE))
        found = [one for one in towns if one.kind == "town"]
    return found[0] if found else None


def _has_regency(name: str, known: Gazetteer) -> bool:
    """Return whether a town shares its name with a regency: Bandung, Bogor."""
    return any(one.kind == "regency" for one in known.places(name))
