"""The console: its process, its frame, its errors, ages."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "console.listening": Text(
        en="console: {address} (open it in a browser)",
        id="konsol: {address} (buka di peramban)",
    ),
    "console.port-taken": Text(
        en="console: port {port} is taken by another program, so the pages are not served; "
        "set console.port to another one, or start with --no-console",
        id="konsol: porta {port} dipakai program lain, sehingga halaman tidak disajikan; "
        "atur console.port ke porta lain, atau mulai dengan --no-console",
    ),
    "console.no-address": Text(
        en="console: this machine cannot listen on {host} ({reason}); set console.host to "
        "one of its addresses",
        id="konsol: komputer ini tidak dapat melayani di {host} ({reason}); atur "
        "console.host ke salah satu alamatnya",
    ),
    "console.unprotected": Text(
        en="console: it does not listen on {host}: other machines would reach it, and nobody "
        "has to sign in, so everybody there could read all articles and change feeds and "
        "subscriptions. Make an account (pantau accounts add NAME --role admin) and set "
        "console.accounts = true, or keep console.host at 127.0.0.1. If the network admits only "
        "people you trust, set console.allow_unprotected = true",
        id="konsol: tidak melayani di {host}: komputer lain dapat mencapainya, dan tidak ada "
        "yang harus masuk, sehingga siapa pun di sana dapat membaca semua artikel serta "
        "mengubah umpan dan langganan. Buat akun (pantau accounts add NAMA --role admin) lalu "
        "atur console.accounts = true, atau biarkan console.host pada 127.0.0.1. Bila jaringannya "
        "hanya untuk orang tepercaya, atur console.allow_unprotected = true",
    ),
    "console.mcp-missing": Text(
        en="console: console.mcp needs the package mcp, so the pages are not served; install it "
        "with: pip install 'pantau[mcp]', or set console.mcp = false",
        id="konsol: console.mcp memerlukan paket mcp, sehingga halaman tidak disajikan; pasang "
        "dengan: pip install 'pantau[mcp]', atau atur console.mcp = false",
    ),
    "console.pictures-missing": Text(
        en="console: console.pictures needs the package pillow, so the pages are not served; "
        "install it with: pip install 'pantau[pictures]', or set console.pictures = false",
        id="konsol: console.pictures memerlukan paket pillow, sehingga halaman tidak disajikan; "
        "pasang dengan: pip install 'pantau[pictures]', atau atur console.pictures = false",
    ),
    "console.failed": Text(en="console: {text}", id="konsol: {text}"),
    "console.no-number": Text(
        en="{name}: expected a number from 1 to {most}",
        id="{name}: seharusnya angka dari 1 sampai {most}",
    ),
    "console.no-upload": Text(
        en="the form with the file did not arrive whole; send it again",
        id="formulir dengan berkas tidak tiba dengan utuh; kirim lagi",
    ),
    "console.too-many-values": Text(
        en="the address has more than {most} values",
        id="alamat memuat lebih dari {most} nilai",
    ),
    "console.too-long": Text(
        en="{name}: longer than {most} characters",
        id="{name}: lebih dari {most} karakter",
    ),
    "console.no-page": Text(
        en="there is no such page; the menu has all that there are",
        id="halaman ini tidak ada; semua halaman ada di menu",
    ),
    "console.no-method": Text(
        en="there is no method {method} here; use GET, or what the forms and the API use",
        id="metode {method} tidak ada di sini; gunakan GET, atau yang dipakai formulir dan API",
    ),
    "console.broken": Text(
        en="This page could not be made. The log of `pantau run` says why.",
        id="Halaman ini gagal dibuat. Log `pantau run` mencatat sebabnya.",
    ),
    "console.no-feed-address": Text(
        en="give the address of a web page or a feed; a mailbox is added by `pantau feeds add`",
        id="berikan alamat halaman web atau umpan; kotak surat ditambahkan dengan `pantau "
        "feeds add`",
    ),
    "console.no-file-channel": Text(
        en="the console does not write to files; use `pantau subscribe --to {channel}` on "
        "the machine",
        id="konsol tidak menulis ke berkas; gunakan `pantau subscribe --to {channel}` di "
        "komputernya",
    ),
    "console.new-alerts": Text(
        en="{count:n new alert|new alerts}: show",
        id="{count:n pemberitahuan baru}: tampilkan",
    ),
    "console.name": Text(en="Console", id="Konsol"),
    "console.menu": Text(en="Pages", id="Halaman"),
    "console.menu-now": Text(en="Now", id="Kini"),
    "console.menu-search": Text(en="Search", id="Cari"),
    "console.menu-stories": Text(en="Stories", id="Cerita"),
    "console.menu-entities": Text(en="Names", id="Nama"),
    "console.menu-inbox": Text(en="Inbox", id="Kotak masuk"),
    "console.menu-subscriptions": Text(en="Subscriptions", id="Langganan"),
    "console.menu-feeds": Text(en="Feeds", id="Umpan"),
    "console.menu-reports": Text(en="Reports", id="Laporan"),
    "console.menu-pipeline": Text(en="Pipeline", id="Alur kerja"),
    "console.skip": Text(en="Skip to the content", id="Langsung ke isi"),
    "console.keys": Text(en="Keys:", id="Tombol:"),
    "console.key-search": Text(en="search", id="cari"),
    "console.key-move": Text(en="move", id="pindah"),
    "console.key-open": Text(en="open", id="buka"),
    "console.key-help": Text(en="help", id="bantuan"),
    "console.problem": Text(en="That did not work", id="Tidak berhasil"),
    "console.problem-403": Text(en="Not allowed", id="Tidak diizinkan"),
    "console.problem-404": Text(en="Not found", id="Tidak ditemukan"),
    "console.to-start": Text(en="To the page Now", id="Ke halaman Kini"),
    "console.subscribed": Text(
        en="The subscription is saved. Articles that match from now on raise alerts.",
        id="Langganan disimpan. Artikel yang cocok mulai sekarang akan diberitahukan.",
    ),
    "console.too-many-streams": Text(
        en="too many pages listen for new alerts; close some, or ask for the list again later",
        id="terlalu banyak halaman menunggu pemberitahuan baru; tutup sebagian, atau minta "
        "daftarnya lagi nanti",
    ),
    "console.no-feed": Text(
        en="this list cannot be a feed; open it as a page, which says why",
        id="daftar ini tidak bisa menjadi umpan; buka sebagai halaman, yang menjelaskan sebabnya",
    ),
    "console.address-ended": Text(
        en="The feed has no address any more.", id="Umpan tidak lagi mempunyai alamat."
    ),
    "console.triaged": Text(en="Marked.", id="Ditandai."),
    "console.nothing-ticked": Text(
        en="tick at least one story, and choose what to do with it",
        id="centang sedikitnya satu cerita, lalu pilih tindakannya",
    ),
    "console.away": Text(
        en="The console does not answer. Check the connection; what you typed is still here.",
        id="Konsol tidak menjawab. Periksa koneksi; yang Anda ketik masih ada.",
    ),
    "console.over": Text(
        en="Your session has ended. Sign in in another tab, then go on here.",
        id="Sesi Anda berakhir. Masuk di tab lain, lalu lanjutkan di sini.",
    ),
    "console.paused": Text(en="Paused.", id="Dijeda."),
    "console.resumed": Text(en="Resumed.", id="Dilanjutkan."),
    "console.removed": Text(en="Removed.", id="Dihapus."),
    "console.watched": Text(en="The feed is watched.", id="Umpan dipantau."),
    "console.polled": Text(en="The feed is polled next.", id="Umpan segera diperiksa."),
    "console.retried": Text(en="The record is processed again.", id="Rekaman diproses lagi."),
    "console.discarded": Text(en="The record is discarded.", id="Rekaman dibuang."),
    "console.seconds-ago": Text(en="{count:n second|seconds} ago", id="{count:n detik} lalu"),
    "console.minutes-ago": Text(en="{count:n minute|minutes} ago", id="{count:n menit} lalu"),
    "console.hours-ago": Text(en="{count:n hour|hours} ago", id="{count:n jam} lalu"),
    "console.days-ago": Text(en="{count:n day|days} ago", id="{count:n hari} lalu"),
    "console.in-seconds": Text(en="in {count:n second|seconds}", id="dalam {count:n detik}"),
    "console.in-minutes": Text(en="in {count:n minute|minutes}", id="dalam {count:n menit}"),
    "console.in-hours": Text(en="in {count:n hour|hours}", id="dalam {count:n jam}"),
    "console.in-days": Text(en="in {count:n day|days}", id="dalam {count:n hari}"),
}
