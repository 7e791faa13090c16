"""Reporting verbs in Indonesian, Malay and English news."""

from typing import Final

_STEMS: Final = (
    "kata ujar tutur ungkap jelas tegas sebut papar imbuh ucap terang tambah cetus pungkas tukas "
    "kilah tandas beber lanjut "
    "sambung tulis seru keluh puji celetuk urai timpal jawab tanya pesan harap aku bilang cerita "
    "kenang tutup simpul bela sindir "
    "canda gurau usul klaim pinta desak imbau himbau komentar tantang nilai ajak ulas singgung "
    "kelakar tuding kata-kata lapor "
    "rinci contoh akui sahut bantah ingat saran ancam janji sesal kicau cuit komentar balas cibir"
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
    "menyebutnya merespons berkomentar menyebutkannya berteriak"
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

STEMS: Final = frozenset(_STEMS.split())
"""Before a name: `kata Ani`; with -nya after a quotation: `katanya`."""
WITH_SUFFIX: Final = frozenset(f"{stem}nya" for stem in STEMS)
"""The speaker was named before."""
LONG: Final = frozenset(_LONG.split())
"""After a name: `Ani mengatakan`."""
ENGLISH: Final = frozenset(_ENGLISH.split())
"""Before or after a name."""
SAYS: Final = STEMS | WITH_SUFFIX | LONG | ENGLISH
DOCUMENTS: Final = frozenset({"bunyi", "isi", "demikian", "begitu"})
"""After a cited document: `bunyi pasal itu`."""
PRONOUNS: Final = frozenset(["dia", "ia", "beliau", "he", "she"])
"""Pronouns of a speaker who was named before."""
ACCORDING: Final = frozenset({"menurut", "bagi", "according"})
