"""Language and country codes, what people write for them, and the letters of names."""

from typing import Final

_LANGUAGES: Final = """
id: indonesia indonesian bahasa bahasa-indonesia ind idn in
en: english inggris eng
ms: malay melayu malaysia may msa zsm
jv: javanese jawa jav
su: sundanese sunda sun
ar: arabic arab ara
zh: chinese mandarin cina tionghoa zho chi cn
nl: dutch belanda nld
fr: french prancis perancis fra fre
de: german jerman deu ger
ja: japanese jepang jpn jp
ko: korean korea kor kr
pt: portuguese portugis por
ru: russian rusia rus
es: spanish spanyol spa
th: thai thailand tha
tl: tagalog filipino tgl fil
vi: vietnamese vietnam vie vn
hi: hindi hin
it: italian italia ita
tr: turkish turki tur
fa: persian persia farsi fas
ur: urdu urd
ta: tamil tam
bn: bengali benggala ben
my: burmese burma mya
km: khmer khm
lo: lao lao
tet: tetum tetun
"""
_COUNTRIES: Final = """
ID: indonesia idn ri
MY: malaysia mys
SG: singapore singapura sgp
TH: thailand tha
PH: philippines filipina phl
VN: vietnam vnm
MM: myanmar burma mmr
KH: cambodia kamboja khm
LA: laos lao
BN: brunei brn
TL: timor-leste timor-leste tls
AU: australia aus
NZ: new-zealand selandia-baru nzl
PG: papua-new-guinea papua-nugini png
CN: china cina tiongkok chn
TW: taiwan twn
HK: hong-kong hongkong hkg
JP: japan jepang jpn
KR: south-korea korea-selatan korea kor
KP: north-korea korea-utara prk
IN: india ind
PK: pakistan pak
BD: bangladesh bgd
LK: sri-lanka srilanka lka
US: united-states amerika-serikat america amerika usa as
CA: canada kanada can
MX: mexico meksiko mex
BR: brazil brasil bra
AR: argentina arg
GB: united-kingdom inggris britain britania-raya england uk gbr
IE: ireland irlandia irl
FR: france prancis perancis fra
DE: germany jerman deu
NL: netherlands belanda nld
BE: belgium belgia bel
ES: spain spanyol esp
PT: portugal prt
IT: italy italia ita
CH: switzerland swiss che
AT: austria aut
SE: sweden swedia swe
NO: norway norwegia nor
DK: denmark dnk
FI: finland finlandia fin
PL: poland polandia pol
GR: greece yunani grc
TR: turkey turki turkiye tur
RU: russia rusia rus
UA: ukraine ukraina ukr
SA: saudi-arabia arab-saudi saudi sau
AE: united-arab-emirates uni-emirat-arab uea uae are
QA: qatar qat
YE: yemen yaman yem
IR: iran irn
IQ: iraq irak irq
IL: israel isr
PS: palestine palestina pse
JO: jordan yordania jor
LB: lebanon libanon lbn
SY: syria suriah syr
EG: egypt mesir egy
ZA: south-africa afrika-selatan zaf
NG: nigeria nga
KE: kenya ken
ET: ethiopia etiopia eth
SD: sudan sdn
SO: somalia som
AF: afghanistan afganistan afg
"""
_SMALL: Final = """
a abu ad af against al am an and antar ap ar as ash at atas av bagi bin bint binti by con da dalam
dan dari das de degli dei del della demi den der des di do dos du e ed el en et for from ibn ibnu im
in ke la le les los of oleh on or pada para per por sans se sebagai serta si tanpa ter terhadap the
to und untuk van vom von voor with without y yang zu zum zur
"""
_CAPITALS: Final = """
bkkbn bkn bkpm bmkg bnn bnpb bpbd bpjs bpk bpkp bpom bps brin bumd bumn dpd dpr dprd eu fbi fifa imf
kpai kpk kpu lbh lipi lpsk mk mpr mui nasa nato oecd ojk opec pbb pbnu pdip pgri pkb pks pln pmi
ppatk psi pssi pt pupr tni ugm unesco unhcr unicef wto
"""


def _table(lines: str) -> dict[str, str]:
    """Read lines of `code: names`; a hyphen in a name also stands for a space."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        code, _, names = line.partition(": ")
        for name in names.split():
            found.setdefault(name, code)
            found.setdefault(name.replace("-", " "), code)
    return found


LANGUAGE_NAMES: Final = _table(_LANGUAGES)
"""Language codes by the names and codes that people write, in small letters."""
LANGUAGE_CODES: Final = frozenset(LANGUAGE_NAMES.values())
COUNTRY_NAMES: Final = _table(_COUNTRIES)
"""Country codes by the names and codes that people write, in small letters."""

_PROVINCES: Final = """
AC Aceh;SU Sumatera Utara;SB Sumatera Barat;RI Riau;JA Jambi;SS Sumatera Selatan;BE Bengkulu
LA Lampung;BB Kepulauan Bangka Belitung;KR Kepulauan Riau;JK Jakarta;JB Jawa Barat;JT Jawa Tengah
YO Yogyakarta;JI Jawa Timur;BT Banten;BA Bali;NB Nusa Tenggara Barat;NT Nusa Tenggara Timur
KB Kalimantan Barat;KT Kalimantan Tengah;KS Kalimantan Selatan;KI Kalimantan Timur
KU Kalimantan Utara;SA Sulawesi Utara;ST Sulawesi Tengah;SN Sulawesi Selatan
SG Sulawesi Tenggara;GO Gorontalo;SR Sulawesi Barat;MA Maluku;MU Maluku Utara;PA Papua
PB Papua Barat;PS Papua Selatan;PT Papua Tengah;PE Papua Pegunungan;PD Papua Barat Daya
"""
PROVINCES: Final = {
    one[:2]: one[3:] for line in _PROVINCES.strip().splitlines() for one in line.split(";")
}
"""Names of the provinces of Indonesia by the second half of their codes in ISO 3166-2."""

PARTICLES: Final = frozenset(_SMALL.split())
"""Words that stay small within names, such as Ludwig van Beethoven or Bank of England."""
ACRONYMS: Final = frozenset(_CAPITALS.split())
"""Organisations that are written in capitals, also within longer names; in small letters."""


def language_code(written: str) -> str | None:
    """Return the code of a language in the form that articles have, such as `id` for `ID`."""
    lower = written.strip().lower().replace("_", "-")
    if lower in LANGUAGE_CODES:
        return lower
    found = LANGUAGE_NAMES.get(lower) or LANGUAGE_NAMES.get(lower.removeprefix("bahasa").strip())
    if found is None and "-" in lower:
        return language_code(lower.partition("-")[0])
    if found is None and len(lower) == 2 and lower.isascii() and lower.isalpha():
        return lower
    return found


def country_code(written: str) -> str | None:
    """Return the code of a country in the form that articles have, such as `ID` for `Indonesia`."""
    lower = written.strip().lower()
    if len(lower) == 2 and lower.isascii() and lower.isalpha():
        special = {"uk": "GB", "ri": "ID"}
        return special.get(lower, lower.upper())
    return COUNTRY_NAMES.get(lower)
