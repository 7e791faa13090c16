"""The help of `pantau` itself, and options that several commands share."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Watch the feeds: poll, enrich, match, index, notify.": (
        "Memantau umpan: memeriksa, memperkaya, mencocokkan, mengindeks, memberi tahu."
    ),
    "See it all work on made-up news, without internet.": (
        "Melihat semuanya bekerja dengan berita rekaan, tanpa internet."
    ),
    "Add, list, import and test the feeds that are watched.": (
        "Menambah, menampilkan, mengimpor, dan menguji umpan yang dipantau."
    ),
    "Save a query and where its alerts go.": "Menyimpan kueri dan tujuan pemberitahuannya.",
    "List, show, change, pause and remove subscriptions.": (
        "Menampilkan, mengubah, menjeda, dan menghapus langganan."
    ),
    "Keep lists of names that queries refer to by @name.": (
        "Menyimpan daftar nama yang disebut kueri dengan @nama."
    ),
    "List where alerts go, and how each channel fares.": (
        "Menampilkan tujuan pemberitahuan dan keadaan setiap saluran."
    ),
    "Search all articles.": "Mencari di semua artikel.",
    "Show one stored article.": "Menampilkan satu artikel tersimpan.",
    "List what several articles are about, largest first.": (
        "Menampilkan cerita yang dimuat beberapa artikel, dari yang terbesar."
    ),
    "List the alerts that fired and how they were delivered.": (
        "Menampilkan pemberitahuan yang dibuat dan cara pengirimannya."
    ),
    "Report what was in the news on a day, to print or to mail.": (
        "Melaporkan apa yang diberitakan pada suatu hari, untuk dicetak atau dikirim."
    ),
    "Mark the stories that alerted: seen, starred, done or muted.": (
        "Menandai cerita yang memicu pemberitahuan: dilihat, berbintang, selesai, dibisukan."
    ),
    "Show what is known of a name, and how often it is in the news.": (
        "Menampilkan yang diketahui tentang suatu nama dan seberapa sering diberitakan."
    ),
    "Enrich stored articles anew, after an upgrade.": (
        "Memperkaya lagi artikel tersimpan, setelah pemutakhiran."
    ),
    "Show how things stand, and what is wrong with feeds.": (
        "Menampilkan keadaan Pantau dan masalah pada umpan."
    ),
    "Run articles of the past through the pipeline again.": (
        "Menjalankan artikel lama melalui alur kerja sekali lagi."
    ),
    "List, show and retry what could not be processed.": (
        "Menampilkan dan mengulang yang tidak dapat diproses."
    ),
    "Take articles down, or all that belongs to a source or a channel.": (
        "Menghapus artikel, atau semua milik suatu sumber atau saluran."
    ),
    "Save everything in one encrypted file.": "Menyimpan semuanya dalam satu berkas terenkripsi.",
    "Restore everything from a backup, into an empty place.": (
        "Memulihkan semuanya dari cadangan, ke tempat kosong."
    ),
    "Build the search index again, without a gap.": "Membangun ulang indeks pencarian, tanpa jeda.",
    "Enrich articles of a file, without a store.": (
        "Memperkaya artikel dari berkas, tanpa penyimpanan."
    ),
    "Match subscriptions with articles, without a store.": (
        "Mencocokkan langganan dengan artikel, tanpa penyimpanan."
    ),
    "Check, explain and try queries.": "Memeriksa, menjelaskan, dan mencoba kueri.",
    "Make topics and index templates, for `pantau service`.": (
        "Membuat topik dan templat indeks, untuk `pantau service`."
    ),
    "Serve news and alerts to a language model, over MCP.": (
        "Menyajikan berita dan pemberitahuan bagi model bahasa, lewat MCP."
    ),
    "Run one service over Kafka and Elasticsearch.": (
        "Menjalankan satu layanan di atas Kafka dan Elasticsearch."
    ),
    "Complete commands and names in your shell, by the Tab key.": (
        "Melengkapi perintah dan nama di shell Anda dengan tombol Tab."
    ),
    "Run Kafka and Elasticsearch on this machine, without Docker.": (
        "Menjalankan Kafka dan Elasticsearch di mesin ini, tanpa Docker."
    ),
    "Monitor the news: subscribe with a query, be alerted seconds after an article appears.": (
        "Memantau berita: berlangganan dengan kueri, lalu diberi tahu beberapa detik setelah "
        "artikel muncul."
    ),
    "Everything is kept in one data folder: --data DIR on each command, or the variable "
    "PANTAU_DATA.": (
        "Semuanya disimpan dalam satu folder data: --data FOLDER pada setiap perintah, atau "
        "variabel PANTAU_DATA."
    ),
    "Examples:": "Contoh:",
    "Example:": "Contoh:",
    "Language of the answers.  [default: PANTAU_LANG, the setting lang, or the locale]": (
        "Bahasa jawaban.  [bawaan: PANTAU_LANG, pengaturan lang, atau lokal sistem]"
    ),
    "Language of the answer, as in `pantau --lang`.": (
        "Bahasa jawaban, seperti pada `pantau --lang`."
    ),
    "Language of the answer, as in `pantau --lang`; --article-lang is that of articles.": (
        "Bahasa jawaban, seperti pada `pantau --lang`; --article-lang adalah bahasa artikel."
    ),
    "Show the version and exit.": "Menampilkan versi lalu keluar.",
    "Show this message and exit.": "Menampilkan bantuan ini lalu keluar.",
    "A network that is not public yet may be reached, such as 10.1.0.0/16; repeatable.": (
        "Jaringan tidak publik yang boleh dihubungi, misalnya 10.1.0.0/16; dapat diulang."
    ),
    "Log everything.": "Mencatat semuanya dalam log.",
    "Folder that holds everything.  [default: PANTAU_DATA, or the user's data folder]": (
        "Folder yang menyimpan semuanya.  [bawaan: PANTAU_DATA, atau folder data pengguna]"
    ),
    "Print JSON, for programs.": "Mencetak JSON, untuk program.",
    "Print CSV, for spreadsheets.": "Mencetak CSV, untuk lembar kerja.",
    "Do not ask.": "Tanpa bertanya.",
}
