"""The help of `pantau query` and of the batch commands `enrich` and `match`."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Enrich articles: who, what, where and when, and who says what.": (
        "Memperkaya artikel: siapa, apa, di mana, kapan, dan siapa mengatakan apa."
    ),
    "Each line is written as it was read, with `lang` (kept if given); `people`, "
    "`organizations`, `places`, `place_codes`, `roles` and `quotes` as lists of strings; "
    "`entities`, `dates`, `quotations` and `boilerplate` with their positions; `fingerprint`, "
    "which near-duplicates share; `service`, the kind of a service piece such as `horoscope`; "
    "and `enricher_version`. Enrichment of an article stops after 2.5 s of CPU time; `cut` names "
    "the incomplete parts.": (
        "Setiap baris ditulis sebagaimana dibaca, ditambah `lang` (dipertahankan bila ada); "
        "`people`, `organizations`, `places`, `place_codes`, `roles`, dan `quotes` sebagai "
        "daftar string; `entities`, `dates`, `quotations`, dan `boilerplate` beserta "
        "posisinya; `fingerprint`, yang sama bagi artikel yang nyaris kembar; "
        "`service`, jenis artikel layanan seperti `horoscope`; dan `enricher_version`. "
        "Pengayaan satu artikel berhenti setelah 2,5 detik waktu CPU; "
        "`cut` menyebut bagian yang tidak lengkap."
    ),
    "Offsets are in code points of `title` and `text`. Relative dates such as `kemarin` are "
    "found if the line has `published` or `first_seen`. Exit code: 0 all lines read, 1 a line "
    "could not be read, 2 wrong usage or no such file.": (
        "Posisi dihitung dalam titik kode `title` dan `text`. Tanggal relatif seperti "
        "`kemarin` ditemukan bila baris memuat `published` atau `first_seen`. Kode keluar: 0 "
        "semua baris terbaca, 1 ada baris yang tidak dapat dibaca, 2 pemakaian salah atau "
        "berkas tidak ada."
    ),
    "JSON Lines of {id, title, text, lang?, ...}; - for standard input.": (
        "JSON Lines berisi {id, title, text, lang?, ...}; - untuk masukan standar."
    ),
    "Show on standard error how far it is.  [default: if that is a terminal]": (
        "Menampilkan kemajuan di keluaran galat standar.  [bawaan: bila itu terminal]"
    ),
    "What finds the names: convolutional, rules, spacy.  [default: the best that is built in]": (
        "Mesin yang menemukan nama: convolutional, rules, spacy.  [bawaan: mesin terbaik yang "
        "tersedia]"
    ),
    "For the engine spacy: a pipeline's name or path, for all languages or one; again for "
    "others.": (
        "Untuk mesin spacy: nama atau lokasi pipeline, untuk semua bahasa atau satu bahasa; "
        "ulangi untuk yang lain."
    ),
    "A YAML or CSV file of names of your own; again for others.": (
        "Berkas YAML atau CSV berisi nama-nama Anda sendiri; ulangi untuk yang lain."
    ),
    "Match subscriptions with articles of files, without any store.": (
        "Mencocokkan langganan dengan artikel dari berkas, tanpa penyimpanan apa pun."
    ),
    'A subscription is {"id", "query", "language"?, "time_zone"?} a line, an article {"id", '
    '"title", "text", ...}. Ids are strings, given back unchanged. A wrong optional field is '
    'ignored with a warning. Each match is a line {"article", "subscription"}: articles in the '
    "order given, then subscriptions in theirs. A query that cannot be read goes to standard "
    'error as {"id", "position", "expected", "suggestion"}; it matches nothing and does not '
    "change the exit code. Exit code: 0 all lines were read, 1 some were not (the others are "
    "processed), 2 wrong usage or no such file.": (
        'Langganan berbentuk {"id", "query", "language"?, "time_zone"?} per baris, artikel '
        '{"id", "title", "text", ...}. Id berupa string, dikembalikan tanpa perubahan. Kolom '
        "opsional yang salah diabaikan dengan peringatan. Setiap kecocokan adalah satu baris "
        '{"article", "subscription"}: artikel menurut urutan masukan, lalu langganan menurut '
        "urutannya. Kueri yang tidak dapat dibaca ditulis ke keluaran galat standar sebagai "
        '{"id", "position", "expected", "suggestion"}; kueri itu tidak cocok dengan apa pun '
        "dan tidak mengubah kode keluar. Kode keluar: 0 semua baris terbaca, 1 ada yang tidak "
        "(yang lain tetap diproses), 2 pemakaian salah atau berkas tidak ada."
    ),
    "JSON Lines; - for standard input.": "JSON Lines; - untuk masukan standar.",
    "Check, explain and try queries before they are saved or searched for.": (
        "Memeriksa, menjelaskan, dan mencoba kueri sebelum disimpan atau dipakai mencari."
    ),
    "Tell whether queries can be read, and what is odd in them.": (
        "Memeriksa apakah kueri dapat dibaca, dan apa yang janggal di dalamnya."
    ),
    "Say in plain words what a query means.": "Menjelaskan arti kueri dengan kata-kata biasa.",
    "Say why a stored article did or did not alert.": (
        "Menjelaskan mengapa artikel tersimpan diberitahukan atau tidak."
    ),
    "Cut texts into words, as the index does.": (
        "Memecah teks menjadi kata, seperti yang dilakukan indeks."
    ),
    "Check whether queries are valid, and report likely mistakes.": (
        "Memeriksa apakah kueri sah, dan melaporkan kemungkinan kekeliruan."
    ),
    "An invalid query is shown with the position, what was expected there, and a repair if one "
    "is known. Likely mistakes are reported as warnings.": (
        "Kueri yang tidak sah ditampilkan dengan letaknya, apa yang seharusnya ada di sana, "
        "dan perbaikannya bila diketahui. Kemungkinan kekeliruan dilaporkan sebagai peringatan."
    ),
    'A file has a query a line, or is JSON Lines of {"query", "id"?, "language"?, '
    '"time_zone"?}. Exit code: 0 all can be read, 1 a line of the file could not be read, 2 a '
    "query cannot be read, or wrong usage.": (
        'Berkas memuat satu kueri per baris, atau berupa JSON Lines berisi {"query", "id"?, '
        '"language"?, "time_zone"?}. Kode keluar: 0 semua dapat dibaca, 1 ada baris berkas '
        "yang tidak dapat dibaca, 2 ada kueri yang tidak dapat dibaca, atau pemakaian salah."
    ),
    "Check all queries of a file; - for standard input.": (
        "Memeriksa semua kueri dalam berkas; - untuk masukan standar."
    ),
    "Explain in plain words what a query means.": (
        "Menjelaskan dengan kata-kata biasa apa arti suatu kueri."
    ),
    "What must and must not occur, and peculiarities of its interpretation; its selectivity: "
    "none, narrow (less than 1 in 10,000 articles), usual, broad (more than 1 in 100) or "
    "everything, by an estimate, or by counting with --data; and the words by which it is "
    "looked up among all subscriptions.": (
        "Apa yang harus dan tidak boleh muncul, dan kekhususan tafsirannya; keselektifannya: "
        "tidak ada, sempit (kurang dari 1 di antara 10.000 artikel), biasa, luas (lebih dari 1 "
        "di antara 100), atau semuanya, menurut perkiraan, atau menurut hitungan dengan "
        "--data; dan kata-kata yang dipakai untuk mencarinya di antara semua langganan."
    ),
    "Show the query as Elasticsearch's JSON, for Kibana.": (
        "Menampilkan kueri sebagai JSON Elasticsearch, untuk Kibana."
    ),
    "Also count the articles of the store in this folder that match now.": (
        "Menghitung juga artikel dalam penyimpanan di folder ini yang sekarang cocok."
    ),
    "Run a query against an article, or a file of them.": (
        "Menjalankan kueri pada satu artikel, atau pada berkas berisi artikel."
    ),
    "Shows which articles match, the matched words marked, and each clause of the query that "
    "found something. For an article given by --title and --text it also shows what prevented "
    "a match.": (
        "Menampilkan artikel mana yang cocok, dengan kata yang cocok ditandai, dan setiap "
        "klausa kueri yang menemukan sesuatu. Untuk artikel yang diberikan dengan --title dan "
        "--text, ditampilkan juga apa yang menghalangi kecocokan."
    ),
    'FILE has an article {"id", "title", "text", ...} a line, as for `pantau match`. Those '
    'that match are shown. As JSON, each is a line {"article", "matches", "clauses"}: places '
    "count code points, in queries and in articles. Exit code: 0 all lines were read, 1 some "
    "were not (the others are processed), 2 wrong usage, or no such query or file.": (
        'BERKAS memuat satu artikel {"id", "title", "text", ...} per baris, seperti untuk '
        "`pantau match`. Yang cocok ditampilkan. Sebagai JSON, masing-masing adalah satu baris "
        '{"article", "matches", "clauses"}: letak dihitung dalam titik kode, pada kueri dan '
        "pada artikel. Kode keluar: 0 semua baris terbaca, 1 ada yang tidak (yang lain tetap "
        "diproses), 2 pemakaian salah, atau kueri atau berkas tidak ada."
    ),
    "Title of an article to try.": "Judul artikel untuk dicoba.",
    "Text of an article to try.": "Teks artikel untuk dicoba.",
    "Show why a stored article did or did not alert a subscription.": (
        "Menampilkan mengapa artikel tersimpan diberitahukan kepada suatu langganan atau tidak."
    ),
    "ARTICLE is an id, the start of one, or an address. Shown are the clauses of the query "
    "that match, or those that do not; then what came of it: an article of the past, a pause, "
    "a copy of an article that alerted before, or when and where the alert was delivered.": (
        "ARTIKEL adalah id, awal suatu id, atau alamat. Yang ditampilkan adalah klausa kueri "
        "yang cocok, atau yang tidak; lalu kelanjutannya: artikel lama, jeda, salinan artikel "
        "yang sudah diberitahukan, atau kapan dan ke mana pemberitahuan dikirim."
    ),
    "Split texts into words, as the index does.": (
        "Memecah teks menjadi kata-kata, seperti yang dilakukan indeks."
    ),
    "FILE has JSON strings, one per line; without it, or with -, standard input is read.": (
        "BERKAS memuat string JSON, satu per baris; tanpanya, atau dengan -, masukan standar "
        "dibaca."
    ),
    "Each line is a JSON string; for each comes one line, the list of its tokens as JSON, or "
    "null if it could not be read. Blank lines are passed over. Exit code: 0 all lines were "
    "read, 1 some were not, 2 wrong usage or no such file.": (
        "Setiap baris adalah string JSON; untuk masing-masing dihasilkan satu baris, yaitu "
        "daftar tokennya sebagai JSON, atau null bila tidak dapat dibaca. Baris kosong "
        "dilewati. Kode keluar: 0 semua baris terbaca, 1 ada yang tidak, 2 pemakaian salah "
        "atau berkas tidak ada."
    ),
}
