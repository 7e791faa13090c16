"""The help of `pantau subscribe`, `subscriptions` and `channels`."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Create a secret address at which newsreaders get the alerts, as Atom and as JSON Feed.": (
        "Membuat alamat rahasia tempat pembaca berita mendapat pemberitahuan, sebagai Atom dan "
        "JSON Feed."
    ),
    "The console serves it. It is shown this once; a former address of the subscription ends.": (
        "Konsol yang melayaninya. Alamat hanya ditampilkan sekali; alamat langganan yang lama "
        "berakhir."
    ),
    "Create a secret address for newsreaders.": "Membuat alamat rahasia untuk pembaca berita.",
    "Revoke the address instead.": "Mengakhiri alamatnya.",
    "QUERY is what Kibana's search bar accepts. A query that cannot be read is refused, with "
    "the place and a repair. Before it is saved you see what it means, what it would have "
    "found in the last days, and when its feeds are asked next. A query that matches "
    "everything or nothing, that names an unknown field, or that is saved already is asked "
    "about; without a terminal it is refused, unless --yes is given.": (
        "KUERI adalah apa yang diterima bilah pencarian Kibana. Kueri yang tidak dapat dibaca "
        "ditolak, dengan letak kesalahan dan perbaikannya. Sebelum disimpan, Anda melihat "
        "artinya, apa yang akan ditemukannya dalam beberapa hari terakhir, dan kapan umpannya "
        "diperiksa berikutnya. Kueri yang cocok dengan semua atau tanpa artikel, yang menyebut "
        "kolom tak dikenal, atau yang sudah tersimpan akan ditanyakan dahulu; tanpa terminal "
        "kueri itu ditolak, kecuali --yes diberikan."
    ),
    "Without --to the alerts are kept all the same: see `pantau alerts`.": (
        "Tanpa --to, pemberitahuan tetap disimpan: lihat `pantau alerts`."
    ),
    "Where alerts go: webhook:URL, email:ADDRESS, file:PATH or terminal (where `pantau run` "
    "is); repeatable.": (
        "Tujuan pemberitahuan: webhook:URL, email:ALAMAT, file:LOKASI, atau terminal (tempat "
        "`pantau run` berjalan); dapat diulang."
    ),
    "Name for people.  [default: the query]": "Nama untuk dibaca orang.  [bawaan: kuerinya]",
    "Save without a question what --language auto has read, what matches everything or "
    "nothing, and a name or a query that another subscription has.": (
        "Menyimpan tanpa bertanya apa yang dibaca --language auto, apa yang cocok dengan semua "
        "atau tanpa artikel, serta nama atau kueri yang sudah dimiliki langganan lain."
    ),
    "Language of the query; pantau is lucene with NEAR/n, ONEAR/n, ATLEAST/n and exact case; "
    "auto recognises what was pasted, and reads it as pantau.": (
        "Bahasa kueri; pantau adalah lucene dengan NEAR/n, ONEAR/n, ATLEAST/n, dan huruf "
        "besar-kecil yang tepat; auto mengenali kueri yang ditempelkan dan membacanya sebagai "
        "pantau."
    ),
    "Zone of the days in the query, such as Asia/Jakarta or WIB.  [default: the setting time_zone, "
    "or the machine's]": (
        "Zona waktu hari dalam kueri, misalnya Asia/Jakarta atau WIB.  [bawaan: pengaturan "
        "time_zone, atau zona mesin ini]"
    ),
    "Alert on back-filled and replayed articles too.": (
        "Memberi tahu juga untuk artikel lama yang baru diambil atau diulang."
    ),
    "Id of your own choice.  [default: a new one]": "Id pilihan Anda sendiri.  [bawaan: id baru]",
    "File with the secret of the webhooks, whsec_..., - for standard input; or set "
    "PANTAU_WEBHOOK_SECRET.  [default: a new secret, shown once]": (
        "Berkas berisi rahasia webhook, whsec_..., - untuk masukan standar; atau atur "
        "PANTAU_WEBHOOK_SECRET.  [bawaan: rahasia baru, ditampilkan sekali]"
    ),
    "The secret itself, seen by all users of this machine in the list of processes; - is "
    "standard input.": (
        "Rahasia itu sendiri, terlihat oleh semua pengguna mesin ini dalam daftar proses; - "
        "adalah masukan standar."
    ),
    "Version of the body that the webhooks get.  [default: that of the address, 2 for a new one]": (
        "Versi isi yang diterima webhook.  [bawaan: versi alamat itu, 2 untuk alamat baru]"
    ),
    "A word to group subscriptions by; receivers get it with each alert; repeatable.": (
        "Kata untuk mengelompokkan langganan; penerima mendapatkannya bersama setiap "
        "pemberitahuan; dapat diulang."
    ),
    "SUBSCRIPTION is an id, the start of one, or a name. A running Pantau notices changes at "
    "once.": (
        "LANGGANAN adalah id, awal suatu id, atau nama. Pantau yang sedang berjalan segera "
        "mengetahui perubahan."
    ),
    "List subscriptions: how each fares, its last alert and those of the last 7 days.": (
        "Menampilkan langganan: keadaannya, pemberitahuan terakhirnya, dan pemberitahuan 7 "
        "hari terakhir."
    ),
    "Secrets are never shown. Those that this version cannot read are named on standard error.": (
        "Rahasia tidak pernah ditampilkan. Langganan yang tidak dapat dibaca oleh versi ini "
        "disebutkan di keluaran galat standar."
    ),
    "Only with this in name, query, tags or channels.": (
        "Hanya yang memuat ini dalam nama, kueri, tanda, atau saluran."
    ),
    "Only with this tag; A+B: with both; repeatable: with one of them.": (
        "Hanya yang memiliki tanda ini; A+B: yang memiliki keduanya; dapat diulang: yang memiliki "
        "salah satunya."
    ),
    "All subscriptions with this tag, after a question; repeatable.": (
        "Semua langganan dengan tanda ini, setelah bertanya; dapat diulang."
    ),
    "Do it unasked to all that have the tag.": (
        "Melakukannya tanpa bertanya pada semua yang memiliki tanda itu."
    ),
    "Only in this state; ill: alerts do not arrive.": (
        "Hanya dalam keadaan ini; ill: pemberitahuan tidak sampai."
    ),
    "By creation, name, alerts of the last 7 days, or last alert.": (
        "Menurut waktu pembuatan, nama, pemberitahuan 7 hari terakhir, atau pemberitahuan terakhir."
    ),
    "Show one subscription whole. Secrets are never shown.": (
        "Menampilkan satu langganan selengkapnya. Rahasia tidak pernah ditampilkan."
    ),
    "Show one subscription whole.": "Menampilkan satu langganan selengkapnya.",
    "Pause subscriptions: no alerts are raised, and those on their way wait until `resume`.": (
        "Menjeda langganan: tidak ada pemberitahuan yang dibuat, dan yang sedang dikirim "
        "menunggu sampai `resume`."
    ),
    "Hold alerts back.": "Menahan pemberitahuan.",
    "Resume subscriptions that were paused, or suspended because they cost too much.": (
        "Melanjutkan langganan yang dijeda, atau yang ditangguhkan karena terlalu berat."
    ),
    "Remove subscriptions. Alerts that are not delivered yet are cancelled.": (
        "Menghapus langganan. Pemberitahuan yang belum terkirim dibatalkan."
    ),
    "Remove subscriptions.": "Menghapus langganan.",
    "Past alerts stay listed. Also removes one that this version cannot read, by its whole id.": (
        "Pemberitahuan yang lalu tetap tercantum. Juga menghapus langganan yang tidak dapat "
        "dibaca oleh versi ini, menurut id lengkapnya."
    ),
    "Change a subscription. Its id and its alerts stay; what is not named stays as it is.": (
        "Mengubah langganan. Id dan pemberitahuannya tetap; yang tidak disebut tetap seperti "
        "semula."
    ),
    "Change a subscription.": "Mengubah langganan.",
    "With --tagged WORD in place of SUBSCRIPTION all that have the tag are changed, or none. "
    "Where one channel takes the place of another, alerts that were not delivered yet go to "
    "the new one. A webhook that stays keeps its secret.": (
        "Dengan --tagged KATA sebagai ganti LANGGANAN, semua yang memiliki tanda itu diubah, atau "
        "tidak satu pun. Bila suatu saluran menggantikan yang lain, pemberitahuan yang belum "
        "terkirim dialihkan ke saluran baru. Webhook yang tetap dipakai mempertahankan rahasianya."
    ),
    "The new query.": "Kueri baru.",
    "Language of the query.": "Bahasa kueri.",
    "Zone of the days in the query and of the times in mails.": (
        "Zona waktu hari dalam kueri dan waktu dalam surel."
    ),
    "The new name.": "Nama baru.",
    "In place of all channels; repeatable.": "Menggantikan semua saluran; dapat diulang.",
    "Another channel too.": "Menambahkan saluran lain.",
    "No longer this channel.": "Tidak lagi memakai saluran ini.",
    "Alert on back-filled and replayed articles too, or no longer.": (
        "Memberi tahu juga untuk artikel lama yang baru diambil atau diulang, atau tidak lagi."
    ),
    "In place of all tags; repeatable.": "Menggantikan semua tanda; dapat diulang.",
    "Another tag too.": "Menambahkan tanda lain.",
    "No longer this tag.": "Menghapus tanda ini.",
    "No tags any more.": "Menghapus semua tanda.",
    "Save what is doubtful unasked.": "Menyimpan yang meragukan tanpa bertanya.",
    "Only show what each line becomes; save nothing.": "Hanya menampilkan hasil tiap baris, tanpa "
    "menyimpan.",
    "Write all subscriptions, or those with a tag, for `import`, oldest first.": (
        "Menulis semua langganan, atau yang memiliki tanda, untuk `import`, dari yang terlama."
    ),
    "Secrets are never written.": "Rahasia tidak pernah ditulis.",
    "As CSV; by default JSON Lines.": "Sebagai CSV; bawaannya JSON Lines.",
    "Save the subscriptions of FILE, all or, where a line is wrong, none.": (
        "Menyimpan langganan dari BERKAS: semuanya atau, bila ada baris yang salah, tidak satu pun."
    ),
    "A line with the id of a subscription changes what it names of it: all else, its alerts and "
    "its secrets stay; null or an empty cell clears a member. Other lines are new. Every wrong "
    "line is named. Queries that match everything or nothing or name an unknown field, and "
    "subscriptions that are there already, are asked about, as `pantau subscribe` does; the "
    "first line is named.": (
        "Baris dengan id suatu langganan mengubah hanya yang disebutnya: yang lain, "
        "pemberitahuan, dan rahasianya tetap; null atau sel kosong menghapus. Baris lain membuat "
        "langganan baru. Setiap baris yang salah disebutkan. Kueri yang cocok dengan semua atau "
        "tanpa artikel atau menyebut kolom tak dikenal, dan langganan yang sudah ada, "
        "ditanyakan dahulu seperti pada `pantau subscribe`; baris pertamanya disebutkan."
    ),
    "FILE may also be an export of Kibana (NDJSON), or a list of feeds (OPML) that has Google's "
    "alerts: what cannot become a subscription is named and left out.": (
        "BERKAS boleh juga berupa ekspor Kibana (NDJSON), atau daftar umpan (OPML) yang memuat "
        "Google Alert: yang tidak dapat menjadi langganan disebutkan dan dilewati."
    ),
    'JSON Lines, one subscription a line (only "query" is required):': (
        'JSON Lines, satu langganan per baris (hanya "query" yang wajib):'
    ),
    "CSV, with titles in the first line (several channels or tags on lines of one quoted cell):": (
        "CSV, dengan judul di baris pertama (beberapa saluran atau tanda di baris-baris satu sel "
        "bertanda kutip):"
    ),
    "Show what it would have sent.": "Tampilkan apa yang akan terkirim.",
    "Show what a subscription would have sent: alerts and stories a day, and messages.": (
        "Tampilkan apa yang akan dikirim sebuah langganan: pemberitahuan dan cerita per hari, "
        "serta pesannya."
    ),
    "The rules of the subscription, changed by options, run as they do live, with the clock of "
    "the articles' arrival. Nothing is saved or sent.": (
        "Aturan langganan, yang dapat diubah dengan opsi, berjalan seperti saat langsung, dengan "
        "waktu kedatangan artikel. Tidak ada yang disimpan atau dikirim."
    ),
    "A query that is not saved, or another one for this subscription.": (
        "Kueri yang tidak disimpan, atau kueri lain untuk langganan ini."
    ),
    "From when on: 7d, 12h, or a date, of your time zone if it names none.": (
        "Sejak kapan: 7d, 12h, atau tanggal, menurut zona waktu Anda jika tidak menyebutnya."
    ),
    "To before when: 7d, 12h, or a date, of your time zone if it names none.": (
        "Sampai sebelum kapan: 7d, 12h, atau tanggal, menurut zona waktu Anda jika tidak "
        "menyebutnya."
    ),
    "List all messages.": "Tampilkan semua pesan.",
    "Show what this many of the newest messages say.": "Tampilkan isi sekian pesan terbaru.",
    "Only show a message in this form; save nothing.": (
        "Hanya tampilkan satu pesan dalam bentuk ini; tidak menyimpan apa pun."
    ),
    "Print the HTML alone.": "Cetak HTML-nya saja.",
    "Send messages in the usual form again.": "Kirim lagi pesan dalam bentuk biasa.",
    "Send the messages of a subscription in a form of your own, and show one of them.": (
        "Mengirim pesan suatu langganan dalam bentuk Anda sendiri, dan menampilkan salah satunya."
    ),
    "Only for this channel: its kind, address, or both.": (
        "Hanya untuk saluran ini: jenisnya, alamatnya, atau keduanya."
    ),
    "With --channel the form is that of one channel, which comes before the subscription's.": (
        "Dengan --channel, bentuknya untuk satu saluran, yang didahulukan dari bentuk langganan."
    ),
    "FILE is TOML with subject, text and html, or some of them, each written for Jinja. Without "
    "FILE the form that is saved is shown. A template that fails is refused.": (
        "BERKAS berupa TOML berisi subject, text dan html, atau sebagian darinya, masing-masing "
        "ditulis untuk Jinja. Tanpa BERKAS, bentuk yang tersimpan ditampilkan. Templat yang gagal "
        "ditolak."
    ),
    "Send a trial message to each channel of a subscription, now, and say what became of it.": (
        "Mengirim pesan percobaan ke setiap saluran suatu langganan sekarang juga, dan "
        "melaporkan hasilnya."
    ),
    "Exit code: 0 all have it, 1 some do not.": (
        "Kode keluar: 0 semua menerimanya, 1 ada yang tidak."
    ),
    "List where alerts go, and how each channel fares; change how one is served.": (
        "Menampilkan tujuan pemberitahuan dan keadaan setiap saluran; mengubah cara suatu "
        "saluran dilayani."
    ),
    "Only channels that are stopped until `resume`.": (
        "Hanya saluran yang dihentikan sampai `resume`."
    ),
    "Only channels that alerts do not arrive at, stopped ones included.": (
        "Hanya saluran yang tidak menerima pemberitahuan, termasuk yang dihentikan."
    ),
    "CHANNEL is written as for `pantau subscribe --to`, or is its address.": (
        "SALURAN ditulis seperti pada `pantau subscribe --to`, atau berupa alamatnya."
    ),
    "List the channels of all subscriptions: which work, which do not, since when and why.": (
        "Menampilkan saluran semua langganan: mana yang berfungsi, mana yang tidak, sejak "
        "kapan dan mengapa."
    ),
    "Use channels again that were stopped: their receiver was gone, or failed for too long.": (
        "Memakai lagi saluran yang dihentikan karena penerimanya tidak ada lagi, atau terlalu lama "
        "gagal."
    ),
    "What failed meanwhile is sent now; many messages of a subscription come as one digest.": (
        "Yang gagal sementara itu dikirim sekarang; bila banyak, pesan satu langganan datang "
        "sebagai satu ringkasan."
    ),
    "Send a VERSION of the body to a webhook from now on, for all subscriptions that have it.": (
        "Mengirim VERSI isi tertentu ke webhook mulai sekarang, untuk semua langganan yang "
        "memakainya."
    ),
    "Change the receiver first, so that it reads both versions.": (
        "Ubah dahulu penerimanya supaya dapat membaca kedua versi."
    ),
    "Print the JSON Schema of the body of webhooks, version 2.": (
        "Mencetak JSON Schema untuk isi webhook, versi 2."
    ),
    "Replace the secret of a webhook, for all subscriptions that have it.": (
        "Mengganti rahasia webhook, untuk semua langganan yang memakainya."
    ),
}
