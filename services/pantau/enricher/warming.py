"""Texts that an enricher reads before its first article of a language, to fill its caches.

The first article takes some 100 ms in Indonesian and 300 in English, the twentieth 5: English has a
network of its own, dictionaries are indexed, and patterns compiled when they are first needed. Each
text has a name of every type, a date, a quotation and an office, so that every part runs once.
"""

from datetime import UTC, datetime
from typing import Final

_INDONESIAN: Final = (
    "Garut - Gubernur Jawa Barat Rahmat Suganda meninjau jembatan di Kecamatan Cikajang, Kabupaten"
    ' Garut, Senin (3/3). "Jembatan ini dibuka bulan depan," kata Rahmat. Menurut Kepala Dinas'
    " Perhubungan (Dishub) Garut, Siti Marlina, PT Karya Baja Tbk dan Komisi Pemberantasan Korupsi"
    " (KPK) ikut mengawasi pekerjaan itu.\n\nBaca juga: Jembatan lama ditutup"
)
_ENGLISH: Final = (
    'The Minister of Transport, Anna Miller, opened a bridge near Bandung on Monday. "It took two'
    ' years," she said. Miller met officials of the World Bank and of Western Steel Inc. in'
    " Indonesia and the United States on 3 March 2025.\n\nRead also: The old bridge closes"
)
SAMPLES: Final = {
    "id": ("Gubernur Jawa Barat meninjau jembatan di Garut", _INDONESIAN),
    "en": ("Minister opens a bridge near Bandung", _ENGLISH),
}
"""Headline and text by language."""
SAMPLED: Final = datetime(2025, 3, 3, tzinfo=UTC)
"""When the samples were published: relative dates need a time."""
