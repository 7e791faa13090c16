"""Branches of national bodies, with the place or airport that they are for.

`Bea Cukai Ngurah Rai`, `Kantor Pertanahan Kota Depok`, `Stasiun Klimatologi Yogyakarta` and `UIN
Syarif Hidayatullah` are organisations as wholes; an engine takes their ends for people or places.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.persons.name_words import is_after_office, may_be_full_name
from pantau.enricher.ner.corrections.spans import Words, put
from pantau.enricher.ner.engine import Mention

_HEADS: Final = (
    "Bea Cukai", "Bea dan Cukai", "Imigrasi", "Kantor Imigrasi", "Kantor SAR", "Kantor Pertanahan",
    "Kantor Pelayanan Utama Bea dan Cukai", "Kantor Pengawasan dan Pelayanan Bea dan Cukai",
    "Kantor Kemenag", "Kantor Kementerian Agama", "Kantor Pelayanan Pajak", "KPP Pratama",
    "Karantina", "Balai Karantina", "Stasiun Klimatologi", "Stasiun Meteorologi",
    "Stasiun Geofisika", "Pos Pengamatan", "Pos Pengamatan Gunung", "BPN", "BP3MI", "BPJN", "BBWS",
    "Balai Taman Nasional", "Balai Besar Taman Nasional", "Balai Taman Nasional Gunung",
    "Karang Taruna", "BKSDA", "BBKSDA", "BPTD", "Otoritas Pelabuhan", "Otoritas Bandara",
    "KSOP", "UPP", "KUPP", "Pos AL", "Posal", "Kankemenag", "Balai Besar KSDA", "Balai KSDA",
    "MDMC", "Lazisnu", "Lazismu", "Lanal", "Lantamal", "Polsek", "Koramil", "LLDIKTI", "PWNU",
    "PCNU", "MWCNU", "PWM",
    "PDM", "BPD", "KAI Divre", "KAI Daop", "PT KAI Divre", "PT KAI Daop", "Otoritas Bandar Udara",
    "Balai Karantina Hewan , Ikan , dan Tumbuhan", "Kanwil Kementerian Hukum",
    "Balai Besar Karantina Hewan , Ikan , dan Tumbuhan", "BWS", "BPK", "BPVP", "KPH", "BPBPK",
    "Balai Bahasa",
    "Balai Pelestarian Kebudayaan", "Balai Wilayah Sungai", "Balai Besar Wilayah Sungai",
    "PLN UP3", "PLN UID", "PLN UIW", "PLN UIP", "PLN UIP3B", "PLN ULP", "PLN UPT", "PLN UP2D",
    "Lembaga Pemasyarakatan", "Kantor Wilayah Kementerian Hukum", "Kantor Wilayah DJP",
    "Kantor Wilayah Kementerian Agama",
    "Kanwil Kemenag", "Kanwil Kemenkum", "Kanwil Kemenkumham", "Kanwil Ditjenpas", "Kanwil DJP",
    "Kanwil DJBC", "Kanwil Bea Cukai", "Kanwil BPN", "Kanwil Kementerian Agama", "Bapas", "KPPN",
    "KPPBC", "KPKNL", "KPHL", "KPHP", "Perwakilan BPKP", "Perwakilan Ombudsman", "Asprov PSSI",
    "Askab PSSI", "Askot PSSI",
)  # fmt: skip
"""Heads of such branches."""
_SCHOOLS: Final = frozenset(
    {
        "SMAN", "SMPN", "SDN", "SMKN", "MAN", "MTsN", "MIN", "SMA", "SMP", "SD", "SMK", "SMAK",
        "SLBN", "TKN", "SLB",
    }
)  # fmt: skip
_STATE: Final = "Negeri"
_ORDERS: Final = frozenset({"Muhammadiyah", "Katolik", "Kristen", "Swasta", "Islam", "Al"})
"""Words between a school and its number, besides the state: SMK Muhammadiyah 2 Sragen."""
_DEGREE: Final = re.compile(r" [A-Z]{2,3}\Z")
"""Letters that may follow a name without a comma: Amiruddin AS."""
_NUMBERED: Final = frozenset({"DJP", "DJBC"})
"""Last words of branches of which a province has several: Kanwil DJP Jawa Tengah II."""
_STATIONS: Final = "Stasiun"
_DISTRICT: Final = "Wilayah"
_OFFICE: Final = "Kantor"
"""The word that may stand before a whole branch: Kantor Bea Cukai Jawa Tengah."""
_COMMISSION: Final = "Komisi"
_HOUSES: Final = frozenset({"DPR", "DPRD", "DPD"})
"""Parliaments, whose commissions are names with them alone: Komisi IX DPR."""
_NUMBER: Final = re.compile(r"(?:X{0,2}I{1,3}|X{0,2}I?V|X{0,2}VI{0,3}|X{1,2}|IX|XIX)")
"""The number of a parliament's commission."""
_UNIVERSITIES: Final = ("UIN", "IAIN", "Universitas", "Universiti", "Politeknik", "Institut")
"""First words of universities, whose names are often those of people."""
_BY_FIRST: Final = {
    first: sorted(
        (tuple(head.split()) for head in _HEADS if head.split()[0] == first), key=len, reverse=True
    )
    for first in {head.split()[0] for head in _HEADS}
}
BRANCH_CUES: Final = frozenset({*_BY_FIRST, *_UNIVERSITIES, *_SCHOOLS, _COMMISSION})
"""The first words of all."""
_KINDS: Final = frozenset(
    {"Kelas", "IIA", "IIB", "Tipe", "TMP", "Khusus", "TPI", "Non", "Maritim", "Madya", "Pratama",
     "I", "II", "III", "A", "B", "C", "Kabupaten", "Kota", "Provinsi", "Wilayah", "Pelabuhan",
     "Bandara", "Api", *map(str, range(1, 10))}
)  # fmt: skip
"""Words between a head and the place."""
_MOST_KINDS: Final = 6
_AIRPORTS: Final = frozenset(
    {
        "soekarno-hatta", "soekarno hatta", "ngurah rai", "i gusti ngurah rai", "juanda", "halim",
        "kualanamu", "halim perdanakusuma", "adisutjipto", "adisucipto", "ahmad yani",
        "hang nadim", "minangkabau", "sultan hasanuddin", "hasanuddin", "sam ratulangi",
        "sultan iskandar muda", "sultan mahmud badaruddin ii", "syamsudin noor", "supadio",
        "husein sastranegara", "kertajati", "el tari", "frans kaisiepo", "pattimura", "sepinggan",
        "tanjung perak", "tanjung emas", "tanjung priok", "belawan", "marunda", "cikarang",
    }
)  # fmt: skip
"""Airports and ports by which such branches are called, in lower case."""
_LONGEST: Final = 4
"""Words of a place."""
_LEAST: Final = 3
"""Words of a university's name that no engine cuts short by chance."""


def with_branches(words: Words, heads: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with such branches; `heads` are the tokens that may begin one."""
    found = list(_branches(words, heads))
    if not found:
        return mentions
    text, parted = words.passage.text, list[Mention]()
    ends = [branch.end for branch in found]
    cut = False  # whether the mention before is what was left of another one
    for one in mentions:
        part = _behind(text, one, _around(one, found, ends), words.gazetteer)
        joined = cut and part is one and part.type == parted[-1].type == "person"
        if joined and text[parted[-1].end : part.start] == " ":
            parted[-1] = Mention(parted[-1].start, part.end, "person")
        else:
            cut = part is not one
            parted.append(part)
    return put(parted, found)


def _around(one: Mention, branches: Sequence[Mention], ends: Sequence[int]) -> list[Mention]:
    """Return the branches, of which `ends` are the ends, in which a mention begins or ends."""
    first, last = bisect_right(ends, one.start), bisect_left(ends, one.end)
    return [branches[at] for at in dict.fromkeys((first, last)) if at < len(branches)]


def _behind(text: str, one: Mention, branches: Sequence[Mention], gazetteer: Gazetteer) -> Mention:
    """Return a mention that goes on behind a branch as the person there, or as one body."""
    for branch in branches:
        if one.end == branch.end and one.start < branch.start and text[one.start].islower():
            return branch  # masjid SMAN 72 Jakarta
        if not branch.start <= one.start < branch.end < one.end:
            continue
        behind = _DEGREE.sub("", text[branch.end + 1 : one.end]).lower().split(" ")
        flags = word_flags()
        if any(flags.get(word, 0) & Flag.PERSON for word in behind) or (
            is_after_office(text, branch.start) and may_be_full_name(behind, gazetteer)
        ):
            return Mention(branch.end + 1, one.end, "person")
        return Mention(branch.start, one.end, "organization")
    return one


def _branches(words: Words, heads: Sequence[int]) -> Iterator[Mention]:
    tokens, past = words.tokens, 0
    for at in heads:
        if at < past:
            continue
        last = _end(tokens, at, words.gazetteer)
        if last:
            past = last
            first = at - 1 if at and tokens[at - 1] == _OFFICE else at
            yield words.mention(first, last, "organization")


def _end(tokens: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after the branch that begins at a token; 0 if none does."""
    if tokens[at] == _COMMISSION:
        numbered = at + 2 < len(tokens) and _NUMBER.fullmatch(tokens[at + 1])
        return at + 3 if numbered and tokens[at + 2] in _HOUSES else 0
    if tokens[at] in _UNIVERSITIES:
        return _university_end(tokens, at, gazetteer)
    if tokens[at] in _SCHOOLS:
        end = _school_end(tokens, at, gazetteer)
        return end + (end > 0 and _is_number(tokens, end))  # SDN Torjek II
    for head in _BY_FIRST[tokens[at]]:
        if tuple(tokens[at : at + len(head)]) == head:
            return _branch_end(tokens, head, at, gazetteer)
    return 0


def _university_end(tokens: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after a listed university that a person's name may follow, or 0."""
    lowers = [token.lower() for token in tokens[at : at + 2 * _LONGEST]]
    found = gazetteer.longest(lowers, 0, len(lowers))
    if found is None or found[1].type != "organization":
        return 0
    last = at + found[0]
    if found[0] < _LEAST:  # Universitas Indonesia Rose; but Universitas Indonesia Timur
        behind = list(takewhile(lambda token: token[:1].isupper(), tokens[last : last + _LEAST]))
        flags = word_flags()
        if not any(flags.get(token.lower(), 0) & Flag.PERSON for token in behind):
            return 0
    return last


def _school_end(tokens: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after a state school with its number and place: SMP Negeri 1 Kudus."""
    state = tokens[at + 1 : at + 2] == [_STATE] or _is_of_order(tokens, at + 1)
    number = at + 1 + state
    if not tokens[number : number + 1] or not tokens[number].isdigit():
        return _named_school_end(tokens, at, gazetteer) if tokens[at][-1] in "NK" else 0
    numbered = number + 1 if state or tokens[at].endswith("N") else 0  # SMP 13 tahun
    return _place_end(tokens, number + 1, gazetteer) or numbered


def _named_school_end(tokens: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after a school that has a name and a town: SMAK Penabur Gading Serpong."""
    for first in range(at + 1, at + 2 + _LONGEST):
        if not all(token[:1].isupper() for token in tokens[first - 1 : first + 1]):
            return 0
        end = _place_end(tokens, first, gazetteer)
        if end:
            return end
    return 0


def _is_of_order(tokens: Sequence[str], index: int) -> bool:
    return index < len(tokens) and tokens[index] in _ORDERS


def _branch_end(tokens: Sequence[str], head: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after a branch with the head at a token, or 0."""
    first = at + len(head)
    listed = gazetteer.longest([token.lower() for token in tokens[at : at + _LONGEST]], 0, _LONGEST)
    end = _place_end(tokens, first, gazetteer)
    longer = listed is not None and listed[0] > max(len(head), end - at)
    if listed is not None and longer and listed[1].type == "organization":
        return at + listed[0]  # BBWS Pemali Juana
    if end:
        return end + (head[-1] in _NUMBERED and _is_number(tokens, end))
    if tokens[first : first + 1] == [_DISTRICT] and _is_number(tokens, first + 1):
        return first + 2  # LLDIKTI Wilayah IX
    if head[0] != _STATIONS:
        return 0
    # Stasiun Meteorologi Sultan Salahuddin Bima
    for last in range(first + 1, min(first + 1 + _LONGEST, len(tokens))):
        if not tokens[last - 1][0].isupper():
            break
        known = gazetteer.get(tokens[last])
        if known is not None and known.is_home:
            end = last + 1
    return end


def _is_number(tokens: Sequence[str], index: int) -> bool:
    return index < len(tokens) and _NUMBER.fullmatch(tokens[index]) is not None


def _place_end(tokens: Sequence[str], first: int, gazetteer: Gazetteer) -> int:
    """Return the token after the place of a branch, or 0."""
    start = first
    while start < len(tokens) and start - first < _MOST_KINDS and tokens[start] in _KINDS:
        start += 1
    for last in range(min(start + _LONGEST, len(tokens)), start, -1):
        name = tokens[start:last]
        if all(word[:1].isupper() for word in name) and _is_place(" ".join(name), gazetteer):
            return last
    return 0


def _is_place(name: str, gazetteer: Gazetteer) -> bool:
    low = name.lower()
    if low in _AIRPORTS:
        return True
    known = gazetteer.get(low)
    if known is not None:
        return known.type == "place" and (known.is_home or not known.sure)
    return bool(find_areas(low))
