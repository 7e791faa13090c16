"""The help of `pantau feeds`."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Add, list, import and test feeds.": "Menambah, menampilkan, mengimpor, dan menguji umpan.",
    "FEED is the address of a feed, its id, or the start of its id. A running Pantau notices "
    "changes at once.": (
        "UMPAN adalah alamat umpan, id-nya, atau awal id-nya. Pantau yang sedang berjalan "
        "segera mengetahui perubahan."
    ),
    "Add feeds to watch. For a web page its feed is found.": (
        "Menambahkan umpan untuk dipantau. Untuk halaman web, umpannya dicarikan."
    ),
    "If it has several, they are listed to choose from. A feed that is already watched gets "
    "the given title, interval and source. The exit code is 1 if one could not be added.": (
        "Jika ada beberapa, semuanya ditampilkan untuk dipilih. Umpan yang sudah dipantau "
        "mendapat judul, selang waktu, dan sumber yang diberikan. Kode keluar 1 jika ada yang "
        "tidak dapat ditambahkan."
    ),
    "A mailbox with newsletters is a feed, too: maildir:/path, mbox:/path, "
    "imaps://user@host/folder.": (
        "Kotak surel berisi buletin juga merupakan umpan: maildir:/lokasi, mbox:/lokasi, "
        "imaps://pengguna@host/folder."
    ),
    "# the feed that the page names": "# umpan yang disebut halaman itu",
    "Name for people.  [default: the feed's own]": (
        "Nama untuk dibaca orang.  [bawaan: milik umpan itu sendiri]"
    ),
    "Name for people.": "Nama untuk dibaca orang.",
    "Poll exactly so often.  [default: adapted to the feed]": (
        "Memeriksa tepat setiap selang ini.  [bawaan: disesuaikan dengan umpan]"
    ),
    "Poll exactly so often.": "Memeriksa tepat setiap selang ini.",
    "Source of its articles, for queries.  [default: the host of each article's link]": (
        "Sumber artikelnya, untuk kueri.  [bawaan: host pada tautan setiap artikel]"
    ),
    "Source of its articles, for queries.": "Sumber artikelnya, untuk kueri.",
    "Fetch it first, or take the address as it is.": (
        "Mengambilnya dahulu, atau menerima alamat apa adanya."
    ),
    "A tag for its articles; repeatable.": "Tanda untuk artikelnya; dapat diulang.",
    "Fetch the pages of its articles for their text: where the feed gives a summary, always, "
    "or never.": (
        "Mengambil halaman artikelnya untuk memperoleh teks: bila umpan hanya memberi "
        "ringkasan, selalu, atau tidak pernah."
    ),
    "File with the password of a mailbox imaps://user@host/folder; - is standard input.": (
        "Berkas berisi kata sandi kotak surel imaps://pengguna@host/folder; - adalah masukan "
        "standar."
    ),
    "The address is a page that lists articles. Without selectors, links that look like "
    "headlines are its articles.": (
        "Alamat itu adalah halaman yang mendaftar artikel. Tanpa selektor, tautan yang tampak "
        "seperti judul berita dianggap artikelnya."
    ),
    "With --page: selector of one article, such as `div.item`.": (
        "Dengan --page: selektor satu artikel, misalnya `div.item`."
    ),
    "With --page: selector of its link, such as `div.link`.": (
        "Dengan --page: selektor tautannya, misalnya `div.link`."
    ),
    "With --page: selector of its title, such as `div.heading`.": (
        "Dengan --page: selektor judulnya, misalnya `div.heading`."
    ),
    "With --page: selector of its date, such as `div.date`.": (
        "Dengan --page: selektor tanggalnya, misalnya `div.date`."
    ),
    "With --page: selector of its text, such as `div.text`.": (
        "Dengan --page: selektor teksnya, misalnya `div.text`."
    ),
    "List all feeds with their status, problems and fixes, and next poll.": (
        "Menampilkan semua umpan beserta status, masalah dan perbaikannya, serta pemeriksaan "
        "berikutnya."
    ),
    "The status is new (never polled), ok, warning (read, but malformed), limited (it "
    "published more articles than allowed in a day; the others wait), error (not read) or "
    "paused. Feeds that this version cannot read are named on standard error.": (
        "Statusnya new (belum pernah diperiksa), ok, warning (terbaca, tetapi cacat bentuk), "
        "limited (menerbitkan lebih banyak artikel daripada yang diizinkan sehari; sisanya "
        "menunggu), error (tidak terbaca), atau paused (dijeda). Umpan yang tidak dapat dibaca "
        "oleh versi ini disebutkan di keluaran galat standar."
    ),
    "Only feeds that something is wrong with.": "Hanya umpan yang bermasalah.",
    "Fetch and read a feed and show what would come of it; nothing is saved.": (
        "Mengambil dan membaca umpan lalu menampilkan hasilnya; tidak ada yang disimpan."
    ),
    "A feed that is watched, by its address or id, is asked for with its own settings: "
    "credentials, headers, proxy, certificates, encoding, time zone and selectors. The exit "
    "code is 1 if it is not a feed.": (
        "Umpan yang sudah dipantau, disebut dengan alamat atau id-nya, diminta dengan "
        "pengaturannya sendiri: kredensial, header, proksi, sertifikat, pengodean, zona waktu, "
        "dan selektor. Kode keluar 1 jika itu bukan umpan."
    ),
    "Change the settings of feeds. What is not named stays as it is.": (
        "Mengubah pengaturan umpan. Yang tidak disebut tetap seperti semula."
    ),
    "Change the settings of feeds.": "Mengubah pengaturan umpan.",
    "Folder, as in OPML files.": "Folder, seperti dalam berkas OPML.",
    "Add a tag for its articles; repeatable.": "Menambahkan tanda untuk artikelnya; dapat diulang.",
    "Remove a tag; repeatable.": "Menghapus tanda; dapat diulang.",
    "Time zone of dates that name none, such as Asia/Jakarta or WIB.": (
        "Zona waktu untuk tanggal yang tidak menyebutnya, misalnya Asia/Jakarta atau WIB."
    ),
    "User-Agent of its requests.": "User-Agent pada permintaannya.",
    "Send a header with its requests; repeatable.": (
        "Mengirim header bersama permintaannya; dapat diulang."
    ),
    "User name for HTTP authentication.": "Nama pengguna untuk autentikasi HTTP.",
    "File with the password for --login; - is standard input.": (
        "Berkas berisi kata sandi untuk --login; - adalah masukan standar."
    ),
    "HTTP proxy, as http://host:port.": "Proksi HTTP, seperti http://host:porta.",
    "PEM file with further certificate authorities to trust.": (
        "Berkas PEM berisi otoritas sertifikat lain yang dipercaya."
    ),
    "Verify the certificate of its server, or accept any.": (
        "Memeriksa sertifikat servernya, atau menerima sertifikat apa pun."
    ),
    "Character encoding of the document, whatever it declares.": (
        "Pengodean karakter dokumen, apa pun yang dinyatakannya."
    ),
    "Maximum size of the document, after decompression.": (
        "Ukuran terbesar dokumen, setelah didekompresi."
    ),
    "Return a setting to its default: title, source, interval, folder, time-zone, tags, page, "
    "full-text, access (all of its requests), user-agent, headers, login, proxy, ca-bundle, "
    "verify-tls, encoding, max-bytes; repeatable.": (
        "Mengembalikan pengaturan ke nilai bawaan: title, source, interval, folder, time-zone, "
        "tags, page, full-text, access (semua tentang permintaannya), user-agent, headers, "
        "login, proxy, ca-bundle, verify-tls, encoding, max-bytes; dapat diulang."
    ),
    "Poll feeds as soon as possible, whatever their schedule; without FEED, all of them.": (
        "Memeriksa umpan secepatnya, apa pun jadwalnya; tanpa UMPAN, semuanya."
    ),
    "A running Pantau polls them at once, else the next `pantau run` does. Paused feeds stay "
    "paused, and a wait that a server asked for still holds.": (
        "Pantau yang sedang berjalan segera memeriksanya; jika tidak berjalan, `pantau run` "
        "berikutnya. Umpan yang dijeda tetap dijeda, dan waktu tunggu yang diminta server "
        "tetap berlaku."
    ),
    "# where Pantau does not run all the time": "# bila Pantau tidak berjalan terus-menerus",
    "Stop watching feeds. Their articles stay.": (
        "Berhenti memantau umpan. Artikelnya tetap tersimpan."
    ),
    "Stop watching feeds.": "Berhenti memantau umpan.",
    "Also removes a feed that this version cannot read, by its id.": (
        "Juga menghapus umpan yang tidak dapat dibaca oleh versi ini, menurut id-nya."
    ),
    "Pause feeds until they are resumed.": "Menjeda umpan sampai dilanjutkan.",
    "Watch paused feeds again; they are polled at once.": (
        "Memantau lagi umpan yang dijeda; umpan itu segera diperiksa."
    ),
    "Import all feeds of an OPML file, as exported by other readers. FILE - is standard input.": (
        "Mengimpor semua umpan dari berkas OPML, seperti hasil ekspor pembaca lain. BERKAS - "
        "adalah masukan standar."
    ),
    "FILE may also be a list of addresses, one a line, or a CSV table with a column of them.": (
        "BERKAS boleh juga berupa daftar alamat, satu per baris, atau tabel CSV dengan kolom "
        "alamat."
    ),
    "Feeds that are already watched stay unchanged. The feeds are not fetched now: a running "
    "Pantau polls them at once, and `pantau feeds list` shows which of them work.": (
        "Umpan yang sudah dipantau tidak berubah. Umpan tidak diambil sekarang: Pantau yang "
        "sedang berjalan segera memeriksanya, dan `pantau feeds list` menampilkan mana yang "
        "berfungsi."
    ),
    "Export all feeds as OPML, for other readers; by default to standard output.": (
        "Mengekspor semua umpan sebagai OPML, untuk pembaca lain; bawaannya ke keluaran standar."
    ),
    "Passwords in addresses are included.": "Kata sandi dalam alamat ikut serta.",
    "Print the articles of feed documents, one line of JSON per article.": (
        "Mencetak artikel dari dokumen umpan, satu baris JSON per artikel."
    ),
    "FILE - is standard input. A malformed feed yields what can be read, with a warning; the "
    "exit code is 1 if a FILE is not a feed or cannot be read (the others are printed), 2 for "
    "wrong usage.": (
        "BERKAS - adalah masukan standar. Umpan yang cacat bentuk memberikan apa yang terbaca, "
        "dengan peringatan; kode keluar 1 jika suatu BERKAS bukan umpan atau tidak dapat "
        "dibaca (yang lain tetap dicetak), 2 untuk pemakaian yang salah."
    ),
    "Address that the documents came from: the base of relative links.": (
        "Alamat asal dokumen: dasar bagi tautan relatif."
    ),
    "Watch a feed, or the feed of a web page.": "Memantau umpan, atau umpan suatu halaman web.",
    "Show all feeds, how they do, and what is wrong.": (
        "Menampilkan semua umpan, keadaannya, dan masalahnya."
    ),
    "Try a feed without watching it.": "Mencoba umpan tanpa memantaunya.",
    "Poll feeds now, whatever their schedule.": "Memeriksa umpan sekarang, apa pun jadwalnya.",
    "Leave feeds alone until they are resumed.": "Membiarkan umpan sampai dilanjutkan.",
    "Watch paused feeds again.": "Memantau lagi umpan yang dijeda.",
    "Watch all feeds of an OPML file or a list.": (
        "Memantau semua umpan dari berkas OPML atau daftar."
    ),
    "Write all feeds as OPML.": "Menulis semua umpan sebagai OPML.",
    "Print the articles of feed documents, without any store.": (
        "Mencetak artikel dari dokumen umpan, tanpa penyimpanan apa pun."
    ),
}
