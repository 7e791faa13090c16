"""The console's first run, and the import of a list of feeds."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "start.title": Text(en="Your first alert", id="Pemberitahuan pertama Anda"),
    "start.what": Text(
        en="Pantau watches feeds of news, and alerts you when an article matches a query. There "
        "are four steps; each of them can wait.",
        id="Pantau mengawasi umpan berita, dan memberi tahu Anda bila ada artikel yang cocok "
        "dengan sebuah kueri. Empat langkah, masing-masing boleh ditunda.",
    ),
    "start.is-done": Text(en="done", id="selesai"),
    "start.feeds": Text(en="What is watched", id="Yang dipantau"),
    "start.articles": Text(en="The first article", id="Artikel pertama"),
    "start.alert": Text(en="What to be alerted about", id="Yang ingin Anda ketahui"),
    "start.channel": Text(en="Where alerts go", id="Ke mana pemberitahuan dikirim"),
    "start.watched": Text(
        en="{count:n feed is|feeds are} watched.", id="{count:n umpan} dipantau."
    ),
    "start.starters": Text(
        en="Watch {count:n feed|feeds} to begin with", id="Pantau {count:n umpan} untuk memulai"
    ),
    "start.starters-help": Text(
        en="Well-known news in Indonesian and English; each can be removed.",
        id="Berita ternama dalam bahasa Indonesia dan Inggris; masing-masing dapat dihapus.",
    ),
    "start.import": Text(en="Import a list of feeds", id="Impor daftar umpan"),
    "start.import-help": Text(
        en="An OPML file, as other readers export it, or a list of addresses.",
        id="Berkas OPML, seperti yang diekspor pembaca lain, atau daftar alamat.",
    ),
    "start.any-address": Text(en="Address of a site or a feed", id="Alamat situs atau umpan"),
    "start.arrived": Text(
        en="{count:n article is|articles are} here.", id="{count:n artikel} sudah ada di sini."
    ),
    "start.waiting": Text(
        en="{count:n feed waits|feeds wait} for the first poll; it takes seconds while "
        "`pantau run` works.",
        id="{count:n umpan} menunggu pemeriksaan pertama; itu hanya beberapa detik selama "
        "`pantau run` bekerja.",
    ),
    "start.polled": Text(
        en="The feeds were polled; their articles are being read.",
        id="Umpan sudah diperiksa; artikelnya sedang diolah.",
    ),
    "start.look-again": Text(en="Look again", id="Lihat lagi"),
    "start.after-feeds": Text(
        en="It appears once a feed is watched.", id="Muncul setelah ada umpan yang dipantau."
    ),
    "start.word": Text(
        en="A word, a name in quotation marks, or a query",
        id="Sebuah kata, nama dalam tanda kutip, atau kueri",
    ),
    "start.count": Text(en="Count", id="Hitung"),
    "start.save-alert": Text(en="Alert me about this", id="Beri tahu saya tentang ini"),
    "start.alerting": Text(en="You are alerted about:", id="Anda diberi tahu tentang:"),
    "start.after-alert": Text(
        en="Choose this after step 3.",
        id="Dipilih setelah langkah 3 selesai.",
    ),
    "start.inbox": Text(
        en="Alerts are in the inbox of these pages. They can be sent as well:",
        id="Pemberitahuan ada di halaman Kotak masuk, dan dapat juga dikirim:",
    ),
    "start.has-channel": Text(
        en="Alerts are sent, and are in the inbox:",
        id="Pemberitahuan dikirim, dan ada di halaman",
    ),
    "start.channel-help": Text(
        en="Such as email:desk@example.org, webhook:https://example.org/in or terminal.",
        id="Seperti email:desk@example.org, webhook:https://example.org/in atau terminal.",
    ),
    "start.no-channel": Text(
        en="name a channel, such as email:desk@example.org",
        id="sebutkan saluran, misalnya email:desk@example.org",
    ),
    "start.add-channel": Text(en="Send them there", id="Kirim ke sana"),
    "start.skip": Text(en="Skip this", id="Lewati"),
    "start.skip-help": Text(
        en="What is left stays on the first page.", id="Sisanya tetap ada di halaman pertama."
    ),
    "start.hide": Text(en="Hide this list", id="Sembunyikan daftar ini"),
    "start.complete": Text(en="All is set up.", id="Semuanya siap."),
    "start.file": Text(en="File", id="Berkas"),
    "start.file-help": Text(
        en="OPML, CSV with a column of addresses, or text with one a line; up to 5 MB. Feeds that "
        "are watched already stay as they are.",
        id="OPML, CSV dengan kolom alamat, atau teks dengan satu alamat per baris; sampai 5 MB. "
        "Umpan yang sudah dipantau tidak berubah.",
    ),
    "start.this-file": Text(en="this file", id="berkas ini"),
    "start.no-file": Text(
        en="choose a file that is not empty", id="pilih berkas yang tidak kosong"
    ),
    "start.import-button": Text(en="Import", id="Impor"),
    "start.imported": Text(
        en="{count:n feed is|feeds are} watched now; {known:n} of the list were watched already.",
        id="{count:n umpan} kini dipantau; {known:n} dari daftar sudah dipantau sebelumnya.",
    ),
    "start.left-out": Text(
        en="{count:n entry|entries} cannot be watched.", id="{count:n entri} tidak dapat dipantau."
    ),
    "start.go-on": Text(en="Go on", id="Lanjut"),
}
