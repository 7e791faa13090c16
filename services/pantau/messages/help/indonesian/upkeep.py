"""The help of the commands that look after a store."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Enrich stored articles again, so that searches over history find the new names.": (
        "Memperkaya lagi artikel tersimpan, supaya pencarian di artikel lama menemukan "
        "nama-nama baru."
    ),
    "Only articles of an older enricher are processed; nothing alerts. An interrupted run "
    "resumes when the command is called again with the same options. `pantau run` may run "
    "meanwhile.": (
        "Hanya artikel dari pengaya versi lama yang diproses; tidak ada pemberitahuan. Proses "
        "yang terputus dilanjutkan bila perintah dijalankan lagi dengan opsi yang sama. "
        "`pantau run` boleh berjalan sementara itu."
    ),
    "# after an upgrade: all stored articles": "# setelah pemutakhiran: semua artikel tersimpan",
    "# only those seen in the last month": "# hanya yang terlihat dalam sebulan terakhir",
    "Show whether Pantau runs, what it holds, what comes next, and what is wrong.": (
        "Menampilkan apakah Pantau berjalan, apa isinya, apa yang berikutnya, dan apa yang "
        "bermasalah."
    ),
    "Also which data folder is used and what chose it, the disk space, which channels alerts "
    "do not arrive at, and what to do about that.": (
        "Juga folder data yang dipakai dan apa yang menentukannya, ruang disk, saluran mana "
        "yang tidak menerima pemberitahuan, dan cara mengatasinya."
    ),
    "Replay past articles through the pipeline of a running `pantau run`.": (
        "Mengulang artikel lama melalui alur kerja `pantau run` yang sedang berjalan."
    ),
    "Replayed articles are marked historical: they are indexed, and alert only with --alert or "
    "if a subscription includes historical articles. Whatever alerted before never alerts "
    "again.": (
        "Artikel yang diulang ditandai sebagai artikel lama: artikel itu diindeks, dan "
        "menimbulkan pemberitahuan hanya dengan --alert atau bila langganan menyertakan "
        "artikel lama. Yang sudah pernah diberitahukan tidak diberitahukan lagi."
    ),
    "With --subscription no article is touched: only its alerts are raised.": (
        "Dengan --subscription tidak ada artikel yang disentuh: hanya pemberitahuannya yang dibuat."
    ),
    "# index anew what was seen in the last week": (
        "# mengindeks lagi yang terlihat dalam seminggu terakhir"
    ),
    "# and enrich it anew": "# dan memperkayanya lagi",
    "# how many alerts would that be?": "# berapa pemberitahuan jadinya?",
    "# raise them": "# buat pemberitahuannya",
    "Only articles that this query matches.": "Hanya artikel yang cocok dengan kueri ini.",
    "Only for this subscription, by its id, the start of it, or its name: counts the alerts "
    "that its query would have raised, and raises them with --alert.": (
        "Hanya untuk langganan ini, menurut id, awal id, atau namanya: menghitung "
        "pemberitahuan yang seharusnya dibuat kuerinya, dan membuatnya dengan --alert."
    ),
    "Enrich anew; otherwise what was found before is used again.": (
        "Memperkaya lagi; jika tidak, hasil sebelumnya dipakai lagi."
    ),
    "Let them alert, although they are of the past.": (
        "Menimbulkan pemberitahuan, meskipun artikel lama."
    ),
    "Raise more than 20 alerts unasked.": "Membuat lebih dari 20 pemberitahuan tanpa bertanya.",
    "List, show, retry and discard records that could not be processed.": (
        "Menampilkan, mengulang, dan membuang rekaman yang tidak dapat diproses."
    ),
    "A dead letter keeps the original bytes, the stage that failed and the reason. LETTER is "
    "its id, or the start of it.": (
        "Rekaman gagal menyimpan bita aslinya, tahap yang gagal, dan sebabnya. REKAMAN adalah "
        "id-nya, atau awal id-nya."
    ),
    "List dead letters, oldest first.": "Menampilkan rekaman gagal, dari yang terlama.",
    "Only of this stage, such as enricher.": "Hanya dari tahap ini, misalnya enricher.",
    "Only read from this topic, such as articles.": (
        "Hanya yang dibaca dari topik ini, misalnya articles."
    ),
    "Only with this in the reason or the error.": (
        "Hanya yang memuat ini dalam sebab atau kesalahannya."
    ),
    "Only failed since: 7d, 12h, or a date.": "Hanya yang gagal sejak: 7d, 12h, atau tanggal.",
    "Also those put back or discarded.": "Juga yang sudah diulang atau dibuang.",
    "Only this many of the newest.  [default: 1000; with --json all]": (
        "Hanya sekian yang terbaru.  [bawaan: 1000; dengan --json semuanya]"
    ),
    "Show one dead letter in full.": "Menampilkan satu rekaman gagal selengkapnya.",
    "Retry dead letters: append the original records to their topics again.": (
        "Mengulang rekaman gagal: menambahkan rekaman aslinya ke topiknya lagi."
    ),
    "The filters go with --all. A letter that cannot be read is left.": (
        "Penyaring dipakai bersama --all. Rekaman yang tidak dapat dibaca dibiarkan."
    ),
    "Every letter that is not closed yet.": "Setiap rekaman yang belum selesai.",
    "Discard dead letters: they are given up, and no longer listed.": (
        "Membuang rekaman gagal: rekaman itu dilepaskan dan tidak ditampilkan lagi."
    ),
    "The filters go with --all. Also works for letters that cannot be read.": (
        "Penyaring dipakai bersama --all. Berlaku juga untuk rekaman yang tidak dapat dibaca."
    ),
    "Remove articles, or all that belongs to a source or to the owner of a channel.": (
        "Menghapus artikel, atau semua milik suatu sumber atau milik pemilik suatu saluran."
    ),
    "They go from the log, the search index, stories, alerts, deliveries, dead letters and the "
    "memory of feeds; their bytes are erased, and a search of everything proves it. Articles "
    "that were taken down do not come back. `pantau run`, or the services, may run meanwhile. "
    "Exit code 1: something is still there.": (
        "Semuanya dihapus dari log, indeks pencarian, cerita, pemberitahuan, pengiriman, "
        "rekaman gagal, dan ingatan umpan; bitanya dihapus, dan pencarian menyeluruh "
        "membuktikannya. Artikel yang dihapus tidak kembali. `pantau run`, atau layanan, boleh "
        "berjalan sementara itu. Kode keluar 1: masih ada yang tersisa."
    ),
    "# all articles of a source and the hosts below it": (
        "# semua artikel suatu sumber dan host di bawahnya"
    ),
    "# all that belongs to the owner of a channel": "# semua milik pemilik suatu saluran",
    "Count what would be removed; remove nothing.": (
        "Menghitung yang akan dihapus; tidak menghapus apa pun."
    ),
    "Look everywhere for what is left; remove nothing.": (
        "Mencari sisanya di mana-mana; tidak menghapus apa pun."
    ),
    "Save everything in one file: subscriptions, secrets, feeds, articles, alerts, positions.": (
        "Menyimpan semuanya dalam satu berkas: langganan, rahasia, umpan, artikel, "
        "pemberitahuan, posisi."
    ),
    "`pantau run`, or the services, may run meanwhile. The search index of Elasticsearch is "
    "not in it: `pantau index rebuild` makes it from the log.": (
        "`pantau run`, atau layanan, boleh berjalan sementara itu. Indeks pencarian "
        "Elasticsearch tidak termasuk: `pantau index rebuild` membuatnya dari log."
    ),
    "A file with the passphrase on its first line; otherwise a terminal is asked.": (
        "Berkas dengan frasa sandi pada baris pertamanya; jika tidak, ditanyakan di terminal."
    ),
    "Do not encrypt: the file then holds secrets in the clear.": (
        "Tanpa enkripsi: berkas itu memuat rahasia yang dapat dibaca siapa pun."
    ),
    "Restore everything from a backup, into an empty data folder or empty topics only.": (
        "Memulihkan semuanya dari cadangan, hanya ke folder data kosong atau topik kosong."
    ),
    "The whole file is checked before anything is written.": (
        "Seluruh berkas diperiksa sebelum ada yang ditulis."
    ),
    "Check the file; restore nothing.": "Memeriksa berkas; tidak memulihkan apa pun.",
    "Check and rebuild the search index.": "Memeriksa dan membangun ulang indeks pencarian.",
    "Rebuild the search index; what it lacks is taken from the log.": (
        "Membangun ulang indeks pencarian; yang kurang diambil dari log."
    ),
    "Searches find everything all the time, and `pantau run` or the services may write "
    "meanwhile. No article changes and nothing alerts. An interrupted rebuild goes on when it "
    "is called again. It needs about as much free disk space as the index has.": (
        "Pencarian tetap menemukan semuanya, dan `pantau run` atau layanan boleh menulis "
        "sementara itu. Tidak ada artikel yang berubah dan tidak ada pemberitahuan. "
        "Pembangunan yang terputus dilanjutkan bila perintah dijalankan lagi. Diperlukan ruang "
        "disk kosong kira-kira sebesar indeks."
    ),
    "Complete commands, options, and names of what is stored, in bash, zsh and fish.": (
        "Melengkapi perintah, opsi, dan nama yang tersimpan, di bash, zsh, dan fish."
    ),
    "The Tab key then offers subscriptions and feeds by id and by name, and channels.": (
        "Tombol Tab lalu menawarkan langganan dan umpan menurut id dan nama, serta saluran."
    ),
    "Print the script of a shell.": "Mencetak skrip untuk suatu shell.",
    "Write the script where SHELL looks for it, by default the shell of this user.": (
        "Menulis skrip di tempat SHELL mencarinya; bawaannya shell pengguna ini."
    ),
    "Nothing else is changed; zsh needs two lines in ~/.zshrc, which are shown.": (
        "Tidak ada hal lain yang diubah; zsh memerlukan dua baris dalam ~/.zshrc, yang ditampilkan."
    ),
    "Only articles seen before: 7d, 12h, or a date, of your time zone if it names none.": (
        "Hanya artikel yang terlihat sebelum: 7d, 12h, atau tanggal, dalam zona waktu Anda "
        "bila tidak disebut."
    ),
}
