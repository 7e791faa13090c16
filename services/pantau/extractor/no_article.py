"""Pages that sites answer with instead of an article, though with status 200. Pure.

They are not found, ask for a login, consent or another browser, or check for robots. Their text
must never take the place of a summary.
"""

import re
from typing import Final

_LONGEST: Final = 120
"""Words of such a page at most; a longer text is an article, whatever it says."""
_NAVIGATION: Final = 4
"""Words that a line of an article has at least, unless it is a heading or a list."""
_SHORT: Final = 40
"""Characters up to which a line may be one of navigation; Chinese and Thai have no spaces."""
_SAYS: Final = re.compile(
    r"\b(?:"
    r"(?:halaman|berita|artikel|laman)\b[^.\n]{0,40}\b"
    r"(?:tidak (?:dapat |bisa )?(?:ditemukan|tersedia|ada\b)|(?:telah|sudah) dihapus)"
    r"|page\b[^.\n]{0,40}\b(?:not (?:be )?found|can(?:no|['’])t be found"
    r"|(?:does|do)(?: not|n['’]t) exist|no longer (?:exists|available))"
    r"|(?:enable|turn on|activate|requires?|aktifkan|nyalakan) (?:java ?script|cookies?)"
    r"|(?:disable|turn off|nonaktifkan|matikan)[^.\n]{0,20} (?:ad ?block\w*|pemblokir iklan)"
    r"|checking (?:your browser|if the site connection is secure)|you have been blocked"
    r"|verif(?:y|ying|ikasi)[^.\n]{0,30} (?:human|manusia|(?:bukan|not a) robot)|unusual traffic"
    r"|are you a (?:robot|human)|access (?:\w+ ){0,5}denied|akses (?:anda )?(?:ditolak|diblokir)"
    r"|ddos protection by|internet ?positif|situs [^.\n]{0,30}(?:diblokir|terindikasi)"
    r"|we (?:and|use) (?:our )?(?:\d+ )?(?:partners|cookies)|mitra kami (?:menyimpan|menggunakan)"
    r"|(?:silakan|mohon|harap) (?:masuk|log ?in|daftar)\b"
    r"|(?:log|sign) in to (?:your|continue|view)"
    r"|(?:site|situs|website)\b[^.\n]{0,30}\b(?:under (?:maintenance|construction)"
    r"|dalam (?:perbaikan|pemeliharaan|perawatan))"
    r"|domain\b[^.\n]{0,30}\b(?:for sale|dijual|expired|kedaluwarsa|parked)"
    r"|account (?:has been )?suspended"
    r")",
    re.IGNORECASE,
)


def is_no_article(text: str) -> bool:
    """Return whether the text of a page is that of a page without an article."""
    words = text.split(None, _LONGEST)
    if len(words) > _LONGEST:
        return False
    if _SAYS.search(" ".join(words)):
        return True
    return bool(words) and all(
        len(line) <= _SHORT and len(line.split()) < _NAVIGATION for line in text.split("\n")
    )
