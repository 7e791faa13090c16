"""Reporting verbs in Indonesian, Malay and English news."""

from typing import Final

_STEMS: Final = (
    "kata ujar tutur ungkap jelas tegas sebut papar imbuh ucap terang tambah cetus pungkas tukas "
    "kilah tandas beber lanjut "
    "sambung tulis seru keluh puji celetuk urai timpal jawab tanya pesan harap aku bilang cerita "
    "kenang tutup simpul bela sindir "
    "canda gurau usul klaim pinta desak imbau himbau komentar tantang nilai ajak ulas singgung "
    "kelakar tuding kata-kata lapor "
    "rinci contoh akui sahut bantah ingat saran ancam janji sesal kicau cuit komentar balas cibir "
    "isak gumam bisik ratap celoteh "
    "teriak seloroh dalih tepis gerutu rintih pekik sergah tampik kecam"
)
_LONG: Final = (
    "mengatakan menegaskan menjelaskan menyatakan mengungkapkan menuturkan menambahkan menyebut "
    "menyebutkan menilai mengaku "
    "mengakui memaparkan menyampaikan mengimbau meminta mengingatkan membantah berharap berkata "
    "bertanya menjawab menulis berujar "
    "bercerita mengklaim menerangkan membenarkan mengucapkan menyindir memastikan melanjutkan "
    "menyarankan menandaskan mencontohkan "
    "menekankan mengusulkan menceritakan mengomentari menanggapi menyesalkan menyerukan "
    "mengumumkan melaporkan membeberkan "
    "menguraikan menyimpulkan menduga mengeluh mengeluhkan memuji memperkirakan memprediksi "
    "menuding menuntut mendesak mengajak "
    "menyoroti mengomentari memberitahu memaklumkan menganggap mengutarakan mengemukakan "
    "mengisahkan menyayangkan mengenang "
    "berpesan berjanji berpendapat berseloroh berucap bilang curhat menuliskan menimpali menambah "
    "menyebutnya merespons berkomentar menyebutkannya berteriak menyampaikannya mengatakannya "
    "berdalih berkilah menepis menampik menuturkannya menjanjikan"
)
_ENGLISH: Final = (
    "said says say told tells added adds asked asks replied replies wrote writes explained "
    "explains noted notes stated states "
    "declared announced argued argues insisted insists warned warns tweeted recalled continued "
    "concluded commented remarked "
    "claimed claims acknowledged admitted predicted stressed called described reported testified "
    "joked quipped urged suggested "
    "observed answered shouted complained saying adding telling alleged cautioned estimated "
    "believes"
)

_STANCES: Final = (
    "mengecam mengkritik mengkritisi mengapresiasi mempertanyakan disagreed agreed denied "
    "countered objected criticised criticized welcomed condemned apologised apologized responded "
    "praised"
)
_PASSIVE: Final = (
    "disampaikan dikatakan diungkapkan ditegaskan dijelaskan dikemukakan diutarakan dituturkan "
    "dibenarkan diakui disebutkan diucapkan dinyatakan dilontarkan diungkap diamini "
    "ditambahkan dipaparkan diterangkan disuarakan"
)
_NO_SUBJECT_AFTER: Final = (
    "tentang soal terkait mengenai kepada terhadap untuk bersama dengan seperti atas bernama "
    "bagi bertemu berjumpa melalui menyangkut perihal about against with to"
)
_PERSON_NOUNS: Final = (
    "tersangka terdakwa terpidana korban pelaku pelatih pemain saksi aktivis artis penyanyi "
    "aktor aktris calon mantan almarhum almarhumah rekannya istrinya suaminya anaknya kuasa "
    "hukum pengacara penasihat anggota ketua wakil kepala pasangan rival lawan pengusaha "
    "politikus"
)
_KIN: Final = (
    "istri suami ayah ibu anak kakak adik paman bibi keluarga kerabat tetangga sepupu menantu "
    "mertua putra putri ajudan hukum bicara sahabat rekan"
)
_FRONTED: Final = (
    "menanggapi menjawab ditanya saat ketika usai seusai setelah sebelum dalam didampingi "
    "ditemani selain meski di merespons membalas menyikapi after when asked responding while "
    "in"
)
_NO_SAYING: Final = (
    "lalu kemudian dan serta atau ketika saat di ke dari untuk sementara hingga sampai dalam "
    "agar supaya karena tetapi namun yakni yaitu and when"
)
_CREDITED: Final = "karya ciptaan milik garapan besutan gubahan arahan yang adalah which"
_DENYING: Final = "membantah menepis menampik menyangkal bantah tepis tampik bertanya tanya asked"
_THINGS_SAID: Final = (
    "fakta tudingan tuduhan kabar isu rumor anggapan bukti informasi laporan dugaan kesan "
    "kenyataan alasan pernyataan hoaks klaim sinyal pertanda syarat catatan artinya berarti "
    "ingat contoh saran janji"
)
_PAPERS: Final = (
    "laporan data survei riset studi aturan undang-undang pasal hasil dokumen surat situs catatan "
    "jadwal rencana hukum"
)
STEMS: Final = frozenset(_STEMS.split())
"""Before a name: `kata Ani`; with -nya after a quotation: `katanya`."""
WITH_SUFFIX: Final = frozenset(f"{stem}nya" for stem in STEMS)
"""The speaker was named before."""
LONG: Final = frozenset(_LONG.split())
"""After a name: `Ani mengatakan`."""
ENGLISH: Final = frozenset(_ENGLISH.split())
"""Before or after a name."""
STANCES: Final = frozenset(_STANCES.split())
"""After a name: the next quotation of `he` or `-nya` is that person's."""
SAYS: Final = STEMS | WITH_SUFFIX | LONG | ENGLISH
DOCUMENTS: Final = frozenset({"bunyi", "isi", "demikian", "begitu"})
"""After a cited document: `bunyi pasal itu`."""
PRONOUNS: Final = frozenset(["dia", "ia", "beliau", "he", "she"])
"""Pronouns of a speaker who was named before."""
ACCORDING: Final = frozenset({"menurut", "bagi", "according"})
PASSIVE: Final = frozenset(_PASSIVE.split())
"""Before a name, with or without `oleh`: `hal itu disampaikan Ani`."""
NO_SUBJECT_AFTER: Final = frozenset(_NO_SUBJECT_AFTER.split())
"""Words before a person whom the sentence speaks about or to."""
PERSON_NOUNS: Final = frozenset(_PERSON_NOUNS.split())
"""Nouns in lower case between the word before a person and the name."""
KIN: Final = frozenset(_KIN.split())
"""Before a name: a relative or an aide of that person (`kuasa hukum`, `juru bicara`)."""
FRONTED: Final = NO_SUBJECT_AFTER | frozenset(_FRONTED.split())
"""First words of a sentence whose subject follows a comma."""
NO_SAYING: Final = NO_SUBJECT_AFTER | frozenset(_NO_SAYING.split())
"""Words in lower case after a quotation that no speaker follows."""
CREDITED: Final = frozenset(_CREDITED.split())
"""Words after a title or a name between marks, which nobody says."""
DENYING: Final = frozenset(_DENYING.split())
"""Verbs whose subject does not say what follows `bahwa`."""
THINGS_SAID: Final = frozenset(_THINGS_SAID.split())
"""Words before `bahwa` that say nothing: `tudingan bahwa dia bersalah` is nobody's own word.

Some are stems of verbs: `pembaca masih ingat bahwa` remembers.
"""
NEGATIONS: Final = frozenset({"tidak", "tak", "belum", "bukan", "not", "never"})
"""Up to two words before a verb: its subject does not say what follows `bahwa`."""
ONLY: Final = frozenset({"hanya", "cuma", "sekadar", "only", "just"})
"""After a negation: `tidak hanya mengatakan bahwa`."""
PAPERS: Final = frozenset(_PAPERS.split())
"""After `menurut`: no person says it, `menurut laporan itu`."""
