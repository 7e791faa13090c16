"""The console's pages for reading: now, search, articles, stories."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "pages.query": Text(en="Query", id="Kueri"),
    "pages.language": Text(en="Language", id="Bahasa kueri"),
    "pages.find": Text(en="Find", id="Cari"),
    "pages.from": Text(en="from", id="dari"),
    "pages.to": Text(en="until", id="sampai"),
    "pages.show": Text(en="show", id="tampilkan"),
    "pages.by-article": Text(en="each article", id="tiap artikel"),
    "pages.by-story": Text(en="each story once", id="tiap cerita sekali"),
    "pages.reads": Text(en="Finds articles with:", id="Mencari artikel dengan:"),
    "pages.try": Text(en="Try", id="Coba"),
    "pages.examples": Text(en="Queries to begin with", id="Kueri untuk memulai"),
    "pages.examples-all": Text(en="Every article:", id="Semua artikel:"),
    "pages.matches": Text(
        en="{count:n article matches|articles match}",
        id="{count:n artikel cocok}",
    ),
    "pages.matches-least": Text(
        en="at least {count:n article matches|articles match}",
        id="sedikitnya {count:n artikel cocok}",
    ),
    "pages.of-held": Text(en="of {count:n article|articles}", id="dari {count:n artikel}"),
    "pages.watch-this": Text(en="Alert me about this", id="Beri tahu saya tentang ini"),
    "pages.take-out": Text(en="take out of the query", id="keluarkan dari kueri"),
    "pages.timeline": Text(en="Matches over time", id="Kecocokan dari waktu ke waktu"),
    "pages.timeline-cut": Text(
        en="The bars count the newest 10,000 matches.",
        id="Batang menghitung 10.000 kecocokan terbaru.",
    ),
    "pages.as-table": Text(en="As a table", id="Sebagai tabel"),
    "pages.when": Text(en="When", id="Waktu"),
    "pages.articles": Text(en="Articles", id="Artikel"),
    "pages.results": Text(en="Results", id="Hasil"),
    "pages.untitled": Text(en="(without a title)", id="(tanpa judul)"),
    "pages.historical": Text(en="of the past", id="artikel lama"),
    "pages.more-of-story": Text(
        en="{count:n more|more} of the story",
        id="{count:n lagi} dari cerita ini",
    ),
    "pages.more-of-story-least": Text(
        en="at least {count:n more|more} of the story",
        id="sedikitnya {count:n lagi} dari cerita ini",
    ),
    "pages.story": Text(en="story", id="cerita"),
    "pages.original": Text(en="original", id="asli"),
    "pages.nothing-found": Text(
        en="Nothing matches. A shorter query or a longer time finds more.",
        id="Tidak ada yang cocok. Kueri lebih pendek atau waktu lebih panjang menemukan "
        "lebih banyak.",
    ),
    "pages.newest": Text(en="Newest", id="Terbaru"),
    "pages.older": Text(en="Older", id="Lebih lama"),
    "pages.narrow": Text(en="Narrow down", id="Persempit"),
    "pages.more": Text(en="more", id="lainnya"),
    "pages.without": Text(en="without", id="tanpa"),
    "pages.sampled": Text(
        en="Names and languages: of the newest {count:n match|matches}.",
        id="Nama dan bahasa: dari {count:n kecocokan} terbaru.",
    ),
    "pages.also-as": Text(en="Also as", id="Juga sebagai"),
    "pages.field-source": Text(en="Source", id="Sumber"),
    "pages.field-lang": Text(en="Language", id="Bahasa"),
    "pages.field-people": Text(en="People", id="Orang"),
    "pages.field-organizations": Text(en="Organisations", id="Organisasi"),
    "pages.field-places": Text(en="Places", id="Tempat"),
    "pages.published": Text(en="published", id="terbit"),
    "pages.seen": Text(en="first seen", id="pertama terlihat"),
    "pages.no-text": Text(en="The feed gave no text.", id="Umpan tidak memberi teks."),
    "pages.known": Text(en="What is known", id="Yang diketahui"),
    "pages.whole-story": Text(en="The whole story", id="Cerita lengkap"),
    "pages.service-horoscope": Text(en="Service: horoscope", id="Layanan: ramalan bintang"),
    "pages.service-schedule": Text(en="Service: schedule", id="Layanan: jadwal"),
    "pages.service-prices": Text(en="Service: prices", id="Layanan: harga"),
    "pages.service-results": Text(en="Service: results", id="Layanan: hasil"),
    "pages.service-forecast": Text(en="Service: forecast", id="Layanan: prakiraan cuaca"),
    "pages.quotes": Text(en="Quotes", id="Kutipan"),
    "pages.indirect": Text(en="indirect speech", id="kalimat tidak langsung"),
    "pages.dates": Text(en="Days named", id="Hari yang disebut"),
    "pages.alerted": Text(en="Alerted", id="Diberitahukan"),
    "pages.from-feed": Text(en="From the feed", id="Dari umpan"),
    "pages.no-feed": Text(en="The feed is no longer watched.", id="Umpan tidak lagi dipantau."),
    "pages.revision": Text(en="revision {number}", id="revisi {number}"),
    "pages.period": Text(en="Period", id="Jangka waktu"),
    "pages.last-24h": Text(en="24 hours", id="24 jam"),
    "pages.last-3d": Text(en="3 days", id="3 hari"),
    "pages.last-7d": Text(en="7 days", id="7 hari"),
    "pages.last-30d": Text(en="30 days", id="30 hari"),
    "pages.began": Text(en="began:", id="bermula:"),
    "pages.articles-of": Text(en="{count:n article|articles}", id="{count:n artikel}"),
    "pages.sources-of": Text(en="{count:n source|sources}", id="{count:n sumber}"),
    "pages.no-stories": Text(
        en="No story of several articles; {count:n article was|articles were} seen in this time.",
        id="Tidak ada cerita dari beberapa artikel; {count:n artikel} terlihat dalam waktu ini.",
    ),
    "pages.stories-cut": Text(
        en="Only the newest {count:n articles} were looked at.",
        id="Hanya {count:n artikel} terbaru yang dilihat.",
    ),
    "pages.had-first": Text(en="First:", id="Pertama:"),
    "pages.lanes": Text(
        en="Articles by source over time",
        id="Artikel menurut sumber dari waktu ke waktu",
    ),
    "pages.newest-only": Text(
        en="The newest {count:n articles} are shown.",
        id="{count:n artikel} terbaru ditampilkan.",
    ),
    "pages.names": Text(en="Names", id="Nama"),
    "pages.welcome": Text(en="Begin with a feed", id="Mulai dengan umpan"),
    "pages.welcome-how": Text(
        en="Pantau watches feeds of news sites. Give it the address of a site, and articles "
        "appear here within a minute; then search, and save a search as a subscription "
        "to be alerted.",
        id="Pantau mengawasi umpan situs berita. Berikan alamat sebuah situs, dan artikel "
        "muncul di sini dalam satu menit; lalu cari, dan simpan pencarian sebagai "
        "langganan agar diberi tahu.",
    ),
    "pages.last-day": Text(en="Articles in 24 hours", id="Artikel dalam 24 jam"),
    "pages.usual": Text(en="usually {count:n} a day", id="biasanya {count:n} sehari"),
    "pages.moving": Text(en="Moving stories", id="Cerita yang bergerak"),
    "pages.nothing-moves": Text(
        en="No story of several articles in the last 24 hours.",
        id="Tidak ada cerita dari beberapa artikel dalam 24 jam terakhir.",
    ),
    "pages.all-stories": Text(en="All stories", id="Semua cerita"),
    "pages.watch": Text(en="Alerts and feeds", id="Pemberitahuan dan umpan"),
}
