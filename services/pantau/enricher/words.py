"""Words by what they say about the names next to them: titles, heads of organisations and places, degrees.

Hand-made lists for Indonesian and English, all in lower case, joined with `data/lexicon.tsv` (see
`data/CREDITS.md`) into one table from a word to its flags, so that the scanner asks once a word.
"""

from enum import IntFlag
from functools import cache
from importlib.resources import files
from typing import Final


class Flag(IntFlag):
    """What a word can be. A word may have several."""

    COMMON = 1  # commoner in lower case than as a name
    CAPITAL = 2  # written with a capital without being a name: Selasa, Islam
    PERSON = 4  # seen in names of people
    PLACE = 8  # seen in names of places
    ORG = 16  # seen in names of organisations
    OFFICE = 32  # an office that a person holds: ketua, minister
    RANK = 64  # a military or police rank
    HONORIFIC = 128  # Dr, H., Pak, Mrs
    DEGREE = 256  # MH, S.Sos, PhD
    ORG_HEAD = 512  # begins a name of an organisation: Kementerian, Ministry
    ORG_TAIL = 1024  # ends one: Corp, University
    PLACE_HEAD = 2048  # begins a name of a place: Jalan, Gunung, Mount
    PLACE_TAIL = 4096  # ends one: Street, Airport
    CALENDAR = 8192  # months and days
    PLACE_PREPOSITION = 16384  # before places: di, ke, dari, in, near
    SPEAKING = 32768  # kata, ujar, said: a person is near
    NO_NAME = 65536  # never part of a name, though capitals are common: Allah, WIB, Covid-19


OFFICES: Final = """
kepala ketua wakil sekjen sekretaris menteri menko gubernur bupati walikota wali presiden wapres kapolri kapolda
kapolres kapolsek kabareskrim kapuspen kadispen panglima pangdam danrem dandim kasad kasal kasau jaksa hakim
direktur dirut dirjen direksi komisaris deputi staf juru jubir sekda camat lurah kades raja ratu sultan putra perdana
pm duta dubes konsul anggota politikus politisi aktivis pengamat peneliti dosen rektor dekan guru pelatih kapten
mantan eks calon capres cawapres cagub cawagub caleg ketum waketum wasekjen bendahara koordinator manajer
penasihat pengacara advokat penyanyi aktor aktris artis penulis wartawan jurnalis sutradara petinggi pendiri
pemimpin pimpinan kabid kasi kasat kasubag kasubbag kabag kanit wakapolri wakapolda wakapolres wakasat karopenmas
kadiv kabid kabidhumas kasatreskrim kasatlantas kadis kadinkes plt plh pj terdakwa tersangka saksi korban almarhum
almarhumah mendagri menlu menhan menkes menkeu mendikbud menag menkumham menaker mensos menpora menhub menkopolhukam
mensesneg seskab menperin mendag mentan menteri menpan menristek menkominfo mensesneg menpar menpupr menlhk jampidsus
jampidum kajari kajati kajagung jagung vp ceo cfo cto coo chairman chairwoman chair chairperson president minister prime
premier chancellor governor mayor senator congressman congresswoman representative rep secretary ambassador judge justice
attorney director manager spokesman spokeswoman spokesperson chief commissioner commander deputy vice leader king queen
prince princess duke lord pope cardinal archbishop bishop coach captain professor analyst economist lawyer treasurer
founder former ex acting treasury sen gov undersecretary envoy striker midfielder defender goalkeeper
""".split()

RANKS: Final = """
jenderal jendral letjen mayjen brigjen kolonel letkol mayor kapten lettu letda serma serka sertu serda kopral praka prada
komjen irjen kombes akbp kompol akp iptu ipda aiptu aipda bripka brigadir briptu bripda pol purn tni laksamana laksda
laksma marsekal marsda marsma general gen lieutenant lt colonel col major maj capt sergeant sgt corporal cpl
admiral adm brigadier marshal inspector superintendent detective officer
""".split()

HONORIFICS: Final = """
dr drs dra ir prof profesor h hj kh k.h haji hajjah hajah kyai kiai ustaz ustadz ustad ustadzah pak bu bapak ibu mas mbak bang
abang kak kakak adik tuan nyonya nona saudara saudari sdr pdt pendeta romo pastor habib tgk tuanku mr mrs ms miss
mister sir dame madam reverend rev doctor drg drh bpk rm
""".split()

DEGREES: Final = """
mh sh m.h s.h se s.e mm m.m msi m.si s.sos ssos s.ip sip m.a ma ph.d phd s.pd spd m.pd mpd s.t st m.t mt s.kom skom m.kom mkom
s.ag sag m.ag mag s.h.i shi lc llm ll.m mba m.b.a s.psi m.sc msc s.si ssi sik s.i.k m.hum mhum sp.og sp.pd s.ked mkes m.kes
s.kep skm s.k.m bsc b.sc esq jr sr ak ca m.ap s.p m.p s.tp s.farm apt mpa mpp mph
""".split()

ORG_HEADS: Final = """
kementerian kementrian kemenko kemenkes kemenkeu kemenag kemendagri kemenlu kemendikbud kemenhub kemenhan kementan kominfo
kemenkominfo kemkominfo kemensos kemnaker kemenaker kemenparekraf kemenkumham kemendag kemenperin kemenpora kemenristek
departemen badan komisi dewan majelis mahkamah pengadilan kejaksaan kejati kejari kejagung kepolisian polda polres
polresta polrestabes polsek bareskrim ditreskrimum ditreskrimsus brimob densus kodam kodim korem koramil kopassus kostrad
angkatan universitas institut politeknik akademi sekolah fakultas stikes sma smk smp sd sman smkn smpn sdn madrasah pesantren
ponpes yayasan lembaga perhimpunan perkumpulan persatuan ikatan asosiasi himpunan serikat gabungan federasi konfederasi
forum aliansi koalisi gerakan partai fraksi bank pt cv pd perum perusahaan koperasi bursa otoritas dinas disdik dinkes
dishub biro direktorat ditjen inspektorat sekretariat pemerintah pemprov pemkot pemkab pemda satpol satgas satuan
dprd dpd dpc dpw kpud bpbd bappeda bumn rsud rsup rs puskesmas klinik kantor pusat markas mabes organisasi front laskar
harian koran majalah radio televisi kpu bawaslu panwaslu panitia tim timnas klub persatuan liga kabinet uni konsulat kedutaan
kedubes rumah palang garda barisan pemuda perserikatan dirjen kelompok jaringan komunitas komite
ministry department university institute bank federal bureau office agency council commission committee court
association federation board international national european american united world asian african royal british
""".split()

ORG_TAILS: Final = """
corp corporation inc ltd llc plc co company companies tbk group grup holdings holding fc afc sc cf united party
university college school institute institution academy ministry department agency bureau council commission committee
association federation foundation union league organization organisation alliance authority bank airlines airways air
court parliament congress senate assembly army navy police force forces club society network news times post herald
journal tribune television tv radio records studios pictures entertainment press magazine newspaper hospital
museum orchestra band team motors electronics industries systems technologies technology software partners
services securities capital insurance trust fund center centre laboratories laboratory labs oil energy petroleum gas
resources mining steel exchange brothers bros sons associates international pharmaceuticals savings financial corp.
""".split()

PLACE_HEADS: Final = """
jalan jl jln gang jembatan tol gunung bukit pulau kepulauan sungai kali danau waduk laut selat teluk tanjung samudra samudera
pantai desa kelurahan kecamatan kabupaten kab kota kotamadya provinsi propinsi distrik dusun kampung kampong
nagari bandara bandar pelabuhan stasiun terminal stadion pasar taman alun-alun lapangan gedung istana hotel apartemen
perumahan kompleks masjid gereja pura candi museum monumen tugu pegunungan lembah gua goa air benua semenanjung negara
kerajaan wilayah simpang gelora gor mal mall plaza pondok pangkalan lapas rutan republik kawedanan
mount mt lake river gulf cape fort port saint st san santa los las el isle isles north south east west northern
southern eastern western central new republic downtown upper lower greater
""".split()

PLACE_TAILS: Final = """
street st road rd avenue ave boulevard blvd highway airport island islands isle river lake bay sea ocean mountain mountains
valley beach bridge park square county district province city town village hill hills peninsula desert forest canal
creek falls strait gulf coast station stadium square harbor harbour state states republic kingdom territory territories
utara selatan timur barat tengah tenggara laut raya
""".split()

CALENDAR: Final = """
januari februari maret april mei juni juli agustus september oktober november desember pebruari nopember
senin selasa rabu kamis jumat jum'at sabtu minggu ahad ramadan ramadhan syawal muharram rajab safar
january february march may june july august october december monday tuesday wednesday thursday friday
saturday sunday jan feb mar apr jun jul aug agu sep sept oct okt nov dec des mon tue wed thu fri sat sun
""".split()

PLACE_PREPOSITIONS: Final = "di ke dari in at near from kota kabupaten provinsi desa pulau wilayah asal se to around outside across".split()

SPEAKING: Final = """
kata ujar tutur ucap jelas ungkap tegas imbuh tambah papar sebut cetus tukas terang lanjut menurut oleh bersama said says told
added according mengatakan menyatakan menyebutkan menuturkan menambahkan menjelaskan mengungkapkan menegaskan
mengaku menilai berharap menyebut membantah mengakui memaparkan meminta mengimbau mengingatkan menyampaikan
wrote asked replied announced explained argued bernama named dengan
""".split()

NO_NAMES: Final = """
wib wita wit uu ruu perppu pp pp perda perpres pasal ayat rp usd idr km kg cm ktp sim stnk bpkb nik npwp apbn apbd bbm blt bpjs umr umk
ump phk thr pns asn tki tkw tkp psbb ppkm covid covid-19 corona hiv aids sars dna rt rw no sd vs pilkada pilpres pemilu pileg pilgub
pilkades pancasila bhinneka piala tv hp sms dvd cd internet twitter gdp pdb ihsg ukm umkm sdm sda hut ham hoax hukum
allah tuhan nabi rasul islam kristen katolik hindu buddha budha konghucu muslim alquran al-quran idul fitri idulfitri adha natal
nyepi waisak imlek god bible christmas easter internet english ok am pm gmt ii iii iv vi vii viii ix xi xii kl pt
saya aku kami kita anda dia ia mereka ini itu yang dan atau di ke dari pada untuk dengan oleh karena sebagai dalam akan
tidak bukan ada adalah juga sudah telah belum bisa harus tak kalau jika bila namun tetapi tapi sedangkan sementara
selain setelah sebelum sebelumnya selanjutnya kemudian lalu meski meskipun walaupun bahkan sehingga agar maka hal menurut
i you he she it we they the a an and or but if in on at for to of with by from as this that these those there here when
while where who what why how my your his her its our their mr. not no yes so then than also after before since
i'm i'll i've i'd it's don't
undang-undang k/l p/cve sos q&a faq cctv gps pdf html www http url ipo kpr bi-rate swt saw as.
""".split()

_GROUPS: Final = (
    (Flag.OFFICE, OFFICES),
    (Flag.RANK, RANKS),
    (Flag.HONORIFIC, HONORIFICS),
    (Flag.DEGREE, DEGREES),
    (Flag.ORG_HEAD, ORG_HEADS),
    (Flag.ORG_TAIL, ORG_TAILS),
    (Flag.PLACE_HEAD, PLACE_HEADS),
    (Flag.PLACE_TAIL, PLACE_TAILS),
    (Flag.CALENDAR, CALENDAR),
    (Flag.PLACE_PREPOSITION, PLACE_PREPOSITIONS),
    (Flag.SPEAKING, SPEAKING),
    (Flag.NO_NAME, NO_NAMES),
)
_LETTERS: Final = {
    "c": Flag.COMMON,
    "n": Flag.CAPITAL,
    "p": Flag.PERSON,
    "l": Flag.PLACE,
    "o": Flag.ORG,
}


@cache
def word_flags() -> dict[str, int]:
    """Give the flags of every known word in lower case; plain integers, for speed. Read once, never changed."""
    table: dict[str, int] = {}
    lexicon = files("pantau.enricher").joinpath("data", "lexicon.tsv").read_text("utf-8")
    combined = {letters: _combine(letters) for letters in {line.rpartition("\t")[2] for line in lexicon.splitlines()}}
    for line in lexicon.splitlines():
        word, _, letters = line.partition("\t")
        table[word] = combined[letters]
    for flag, words in _GROUPS:
        for word in words:
            table[word] = table.get(word, 0) | int(flag)
    return table


def _combine(letters: str) -> int:
    flags = 0
    for letter in letters:
        flags |= int(_LETTERS[letter])
    return flags
