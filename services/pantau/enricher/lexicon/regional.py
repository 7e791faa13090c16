"""Offices that every region of Indonesia has: their ids and names follow from the region's.

`Polres Garut` is `org:polres-garut`, `DPRD Jabar` is `org:dprd-jawa-barat`: no list could hold all.
"""

from dataclasses import dataclass
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer, GazetteerPlace

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
    "pn": "Pengadilan Negeri",
    "rsud": "Rumah Sakit Umum Daerah",
    "bnnp": "Badan Narkotika Nasional Provinsi",
    "bnnk": "Badan Narkotika Nasional Kabupaten",
    "kodim": "Komando Distrik Militer",
    "pmi": "Palang Merah Indonesia",
    "baznas": "Badan Amil Zakat Nasional",
    "mui": "Majelis Ulama Indonesia",
}
"""Short heads of such offices in lower case, and their full forms."""
_REGIONS: Final = frozenset({"province", "regency", "town"})
_LONG: Final = {full.lower(): head for head, full in REGIONAL_HEADS.items()}
OFFICES: Final = frozenset((*REGIONAL_HEADS, *_LONG))
"""Short and full heads of such offices, in lower case."""
_FIRSTS: Final = frozenset(full.partition(" ")[0] for full in _LONG)
_CAPITALS: Final = frozenset(
    {"dprd", "bpbd", "kpu", "kpud", "dlh", "pn", "rsud", "bnnp", "bnnk", "pmi", "mui"}
)
_MOST_NAMES: Final = 6


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a region: its id, and the names under which it is known."""

    id: str
    names: tuple[str, ...]


def find_office(name: str, known: Gazetteer) -> Office | None:
    """Return the office of a region that a name means, or None."""
    low = name.lower()
    head, rest = _parted(low)
    if not head:
        return None
    region = _region(rest, known)
    if region is None:
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
    key = "-".join(f"{head} {usual.lower()}".split())
    kind = "-kota" if region.kind == "town" and _has_regency(usual, known) else ""
    return Office(f"org:{key}{kind}", tuple(names[:_MOST_NAMES]))


def _parted(low: str) -> tuple[str, str]:
    """Return the short head of a name in lower case and what follows it; empty if it has none."""
    head, _, rest = low.partition(" ")
    if head in REGIONAL_HEADS:
        return head, rest
    if head not in _FIRSTS:
        return "", ""
    for full, short in _LONG.items():
        if low.startswith(f"{full} "):
            return short, low[len(full) + 1 :]
    return "", ""


def _region(name: str, known: Gazetteer) -> GazetteerPlace | None:
    found = [one for one in known.places(name) if one.kind in _REGIONS]
    return found[0] if found else None


def _has_regency(name: str, known: Gazetteer) -> bool:
    """Return whether a town shares its name with a regency: Bandung, Bogor."""
    return any(one.kind == "regency" for one in known.places(name))
