"""Parts of a text that change without the article saying anything else, left out for comparing.

View counters, relative times ("5 menit yang lalu"), times of the last update, teasers of other
articles ("Baca juga") and addresses differ at every request of some feeds. The text that is
published keeps them; only whether an article changed is asked of the rest. Pure.
"""

import functools
import re
from typing import Final

_NUMBER: Final = r"\d[\d.,]{0,15}(?:\s?(?:k|rb|ribu|jt|juta|m|mio)\b)?"
_UNIT: Final = (
    r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun"
    r"|sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)"
)
_COUNTED: Final = (
    r"(?:dibaca|dilihat|ditonton|disukai|dibagikan|diunduh|pembaca|penonton|pengunjung|tayangan|komentar"
    r"|views?|viewed|viewers?|reads?|readers?|hits?|shares?|likes?|comments?|downloads?|visitors?)"
)
_ALSO: Final = (
    r"(?:(?:baca|simak|lihat|tonton|dengar)\s(?:juga|pula|selengkapnya|lainnya)"
    r"|(?:artikel|berita)\s(?:terkait|lainnya|populer)|rekomendasi|terpopuler|trending"
    r"|(?:read|see|watch)\s(?:also|more|next)|also\sread|related(?:\s(?:articles?|stories|news))?)"
)

CHURN: Final = re.compile(
    rf"\b(?:{_NUMBER}|se|satu|dua|beberapa|an?|one|few)\s?{_UNIT}\s(?:yang\s|yg\s)?(?:lalu|ago)\b"
    r"|\b(?:baru saja|just now)\b"
    rf"|\b{_COUNTED}\b(?:\s|:|\(|=|-){{0,3}}{_NUMBER}(?:\s?(?:kali|x|times))?"
    rf"|\b{_NUMBER}(?:\s?(?:kali|x|times|orang))?\s{_COUNTED}\b"
    r"|\b(?:diperbarui|diupdate|updated?|last\supdated?)(?:\spada|\sat|\son)?(?:\s|:){1,3}"
    r"[\d/.:, -]{3,25}(?:\s?(?:wib|wita|wit|gmt|utc|am|pm)\b)?"
    rf"|\b{_ALSO}\b(?:\s?:|\s?-|\s?\n|(?-i:(?=\s[A-Z0-9\"'\u201c])))[^\n]{{0,300}}?(?:(?<=[.!?])(?=\s)|$)"
    r"|https?://\S{1,2000}",
    re.IGNORECASE | re.MULTILINE,
)


_SIGNS: Final = (
    " lalu", " ago", "baru saja", "just now", "http", "baca", "lihat", "onton", "disukai",
    "dibagikan", "diunduh", "pengunjung", "tayangan", "komentar", "view", "read", "hits", "hit ",
    "share", "like", "comment", "download", "visitor", "updat", "diperbarui", "simak ", "dengar ",
    "artikel ", "berita ", "rekomendasi", "terpopuler", "trending", "see ", "watch ", "related",
)  # fmt: skip
"""Words without one of which nothing churns: looking for them takes a tenth of the time."""


@functools.lru_cache(maxsize=16)  # of one text, its fingerprint and its pairs of words are asked
def without_churn(text: str) -> str:
    """Return a text without what churns; a text that has nothing of the kind as it is."""
    lower = text.lower()
    return CHURN.sub(" ", text) if any(map(lower.__contains__, _SIGNS)) else text
