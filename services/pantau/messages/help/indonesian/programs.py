"""The help of programs that keep running, and of the servers that they use."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Run everything: poll, enrich, match, index, notify. Ends with Ctrl-C.": (
        "Menjalankan semuanya: memeriksa, memperkaya, mencocokkan, mengindeks, memberi tahu. "
        "Ctrl-C untuk berhenti."
    ),
    "One SQLite file in the data folder; with two processors, a second process does the "
    "matching. Feeds and subscriptions can be added meanwhile, by `pantau feeds add` and "
    "`pantau subscribe`; they take effect within a second.": (
        "Satu berkas SQLite dalam folder data; dengan dua prosesor, proses kedua melakukan "
        "pencocokan. Umpan dan langganan dapat ditambahkan sementara itu dengan `pantau feeds "
        "add` dan `pantau subscribe`; keduanya berlaku dalam satu detik."
    ),
    "# watch the feeds that were added": "# memantau umpan yang sudah ditambahkan",
    "# add well-known feeds if there are none yet": (
        "# menambahkan umpan terkenal bila belum ada umpan"
    ),
    "# poll the due feeds, deliver, and end: for cron": (
        "# memeriksa umpan yang sudah waktunya, mengirim, lalu berhenti: untuk cron"
    ),
    "# poll every feed, also those that are not due": (
        "# memeriksa semua umpan, juga yang belum waktunya"
    ),
    "# feeds and webhooks on this machine, too": "# termasuk umpan dan webhook di mesin ini",
    "Its pages for a browser are at http://127.0.0.1:8480 (setting `console`).": (
        "Halamannya untuk peramban ada di http://127.0.0.1:8480 (pengaturan `console`)."
    ),
    "Serve no pages for a browser.": "Tidak menyajikan halaman untuk peramban.",
    "# without the pages at http://127.0.0.1:8480": ("# tanpa halaman di http://127.0.0.1:8480"),
    "Add the starter feeds if there are no feeds yet.": (
        "Menambahkan umpan awal bila belum ada umpan."
    ),
    "Poll the feeds that are due, process and deliver what follows, then end.": (
        "Memeriksa umpan yang sudah waktunya, memproses dan mengirim hasilnya, lalu berhenti."
    ),
    "With --once: poll every feed, also one that asks to be left alone for now.": (
        "Dengan --once: memeriksa setiap umpan, juga yang meminta untuk tidak diganggu dahulu."
    ),
    "Show everything with fictional news, without internet.": (
        "Memperlihatkan semuanya dengan berita rekaan, tanpa internet."
    ),
    "A newsroom on the loopback interface publishes five feeds; subscriptions are live; their "
    "alerts are shown as they arrive, one also goes to a signed webhook; then the names "
    "recognised in an article, and a search.": (
        "Sebuah redaksi pada antarmuka loopback menerbitkan lima umpan; langganan aktif; "
        "pemberitahuannya ditampilkan begitu tiba, satu juga dikirim ke webhook bertanda "
        "tangan; kemudian nama-nama yang dikenali dalam suatu artikel, dan sebuah pencarian."
    ),
    "Keep the data in this folder.": "Menyimpan data dalam folder ini.",
    "Create topics in Kafka, and templates and lifecycle in Elasticsearch. Idempotent.": (
        "Membuat topik di Kafka, serta templat dan siklus hidup di Elasticsearch. Boleh "
        "diulang tanpa akibat."
    ),
    "# in a compose file: servers may still be starting": (
        "# dalam berkas compose: server mungkin baru dinyalakan"
    ),
    "# and a data view, a search and a dashboard for Kibana": (
        "# dan tampilan data, pencarian, dan dasbor untuk Kibana"
    ),
    "Wait this long for servers that do not answer yet.": (
        "Menunggu selama ini bila server belum menjawab."
    ),
    "Put a data view, a saved search and a dashboard there, too.": (
        "Memasang juga tampilan data, pencarian tersimpan, dan dasbor di sana."
    ),
    "Run one service over Kafka and Elasticsearch, until SIGTERM or Ctrl-C.": (
        "Menjalankan satu layanan di atas Kafka dan Elasticsearch, sampai SIGTERM atau Ctrl-C."
    ),
    "It waits for servers that are down, and for `pantau setup`. Run it under a supervisor "
    "that restarts it when it ends (Docker, Kubernetes, systemd).": (
        "Layanan menunggu server yang mati dan menunggu `pantau setup`. Jalankan di bawah "
        "pengawas yang memulainya lagi bila berhenti (Docker, Kubernetes, systemd)."
    ),
    "poller     fetches feeds; several share the feeds out by domain": (
        "poller     mengambil umpan; beberapa poller membagi umpan menurut domain"
    ),
    "extractor  fetches the pages of articles whose feed gives a summary": (
        "extractor  mengambil halaman artikel bila umpannya hanya memberi ringkasan"
    ),
    "enricher   finds language, names and places": "enricher   menemukan bahasa, nama, dan tempat",
    "alerter    matches articles with subscriptions": (
        "alerter    mencocokkan artikel dengan langganan"
    ),
    "indexer    writes articles to Elasticsearch": "indexer    menulis artikel ke Elasticsearch",
    "notifier   brings alerts to their channels": (
        "notifier   mengantar pemberitahuan ke salurannya"
    ),
    "console    serves pages for a browser, at the address of the setting `console`": (
        "console    menyajikan halaman untuk peramban, di alamat pada pengaturan `console`"
    ),
    "# once: makes topics and index templates": "# sekali: membuat topik dan templat indeks",
    "# as many of each as you like, on as many machines": (
        "# sebanyak yang diinginkan, di mesin sebanyak apa pun"
    ),
    "Settings, as variables or in pantau.toml:": (
        "Pengaturan, sebagai variabel atau dalam pantau.toml:"
    ),
    "Run Kafka and Elasticsearch on this machine, without Docker or Java.": (
        "Menjalankan Kafka dan Elasticsearch di mesin ini, tanpa Docker atau Java."
    ),
    "Real servers for development and tests, on the loopback interface alone; no passwords, no "
    "replicas. The first start downloads them (95 MB). Requires pantau[local].": (
        "Server sungguhan untuk pengembangan dan pengujian, hanya pada antarmuka loopback; "
        "tanpa kata sandi, tanpa replika. Penyalaan pertama mengunduhnya (95 MB). Memerlukan "
        "pantau[local]."
    ),
    "Start both servers, or the one that is down; return when both answer.": (
        "Menyalakan kedua server, atau yang mati saja; selesai bila keduanya menjawab."
    ),
    "For benchmarks: quicker once warm, slower to start, more memory.": (
        "Untuk tolok ukur: lebih cepat setelah panas, lebih lambat dinyalakan, lebih banyak memori."
    ),
    "Show the addresses of both servers. Exit code 3 when one does not answer.": (
        "Menampilkan alamat kedua server. Kode keluar 3 bila salah satunya tidak menjawab."
    ),
    "Show the addresses of both servers.": "Menampilkan alamat kedua server.",
    "Stop both servers. Their data stays in the folder.": (
        "Menghentikan kedua server. Datanya tetap dalam folder."
    ),
    "Stop both servers.": "Menghentikan kedua server.",
    "Serve search, alerts, subscriptions and feeds to a language model, over MCP.": (
        "Menyajikan pencarian, pemberitahuan, langganan, dan umpan bagi model bahasa lewat MCP."
    ),
    "The client starts it, and speaks the Model Context Protocol on standard input and output. A "
    "person confirms each change: in the client, if it can ask. Requires pantau[mcp].": (
        "Klien menyalakannya dan memakai Model Context Protocol lewat masukan dan keluaran "
        "standar. Setiap perubahan disetujui seseorang: di klien, bila klien dapat bertanya. "
        "Memerlukan pantau[mcp]."
    ),
    "No tool that changes or sends anything.": ("Tanpa alat yang mengubah atau mengirim apa pun."),
}
