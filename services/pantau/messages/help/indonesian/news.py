"""The help of `pantau search`, `show`, `stories`, `alerts`, `entities` and `lists`."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Search all articles, newest first, matched words marked.": (
        "Mencari di semua artikel, dari yang terbaru, dengan kata yang cocok ditandai."
    ),
    "QUERY is what Kibana's search bar accepts; it finds exactly what a subscription with it "
    "would match.": (
        "KUERI adalah apa yang diterima bilah pencarian Kibana; hasilnya tepat sama dengan "
        "yang akan cocok bagi langganan dengan kueri itu."
    ),
    "# each story once, with how many more articles and whose": (
        "# tiap cerita sekali, dengan jumlah artikel lain dan sumbernya"
    ),
    "# all articles of a story": "# semua artikel suatu cerita",
    "Only of this source, such as antaranews.com; repeatable.": (
        "Hanya dari sumber ini, misalnya antaranews.com; dapat diulang."
    ),
    "Only articles in this language, such as id; repeatable.": (
        "Hanya artikel dalam bahasa ini, misalnya id; dapat diulang."
    ),
    "Only naming this person, organisation or place, upper or lower case; repeatable.": (
        "Hanya yang menyebut orang, organisasi, atau tempat ini, huruf besar atau kecil; dapat "
        "diulang."
    ),
    "Only of this story: its id, or the start of it.": (
        "Hanya dari cerita ini: id-nya, atau awal id-nya."
    ),
    "Show each story once, at its newest matching article; --limit counts them.": (
        "Menampilkan tiap cerita sekali, pada artikel terbarunya yang cocok; --limit "
        "menghitung cerita."
    ),
    "Only seen since: 7d, 12h, or a date, of your time zone if it names none.": (
        "Hanya yang terlihat sejak: 7d, 12h, atau tanggal, dalam zona waktu Anda bila tidak "
        "disebut."
    ),
    "Only seen before: 7d, 12h, or a date, of your time zone if it names none.": (
        "Hanya yang terlihat sebelum: 7d, 12h, atau tanggal, dalam zona waktu Anda bila tidak "
        "disebut."
    ),
    "Articles, or stories, to show.": "Jumlah artikel, atau cerita, yang ditampilkan.",
    "Go on where a page ended; it is shown below each page.": (
        "Melanjutkan dari akhir suatu halaman; kursornya tampil di bawah setiap halaman."
    ),
    "Show one stored article whole, with what was found in it.": (
        "Menampilkan satu artikel tersimpan selengkapnya, beserta apa yang ditemukan di dalamnya."
    ),
    "ARTICLE is an id, the start of one, or an address.": (
        "ARTIKEL adalah id, awal suatu id, atau alamat."
    ),
    "List what several articles are about, the stories of most articles first.": (
        "Menampilkan cerita yang dimuat beberapa artikel, dari yang artikelnya terbanyak."
    ),
    "Articles seen in the requested period are counted. Merged stories count as one.": (
        "Artikel yang terlihat dalam jangka waktu yang diminta dihitung. Cerita yang digabung "
        "dihitung satu."
    ),
    "# all articles of one": "# semua artikel salah satunya",
    "Only articles seen since: 7d, 12h, or a date, of your time zone if it names none.": (
        "Hanya artikel yang terlihat sejak: 7d, 12h, atau tanggal, dalam zona waktu Anda bila "
        "tidak disebut."
    ),
    "Only articles seen before.": "Hanya artikel yang terlihat sebelum waktu ini.",
    "Only stories that at least this many sources carried.": (
        "Hanya cerita yang dimuat sedikitnya sekian sumber."
    ),
    "Stories to show.": "Jumlah cerita yang ditampilkan.",
    "List the alerts that fired, newest first, and how each was delivered.": (
        "Menampilkan pemberitahuan yang dibuat, dari yang terbaru, dan cara pengiriman "
        "masing-masing."
    ),
    "List the stories that alerted, and mark them as seen, starred, done or muted.": (
        "Menampilkan cerita yang memicu pemberitahuan, dan menandainya sudah dilihat, berbintang, "
        "selesai atau dibisukan."
    ),
    "ALERT is the id of an alert; its whole story is meant. A story without a new alert for 7 days "
    "is done, unless it is starred. One that is seen or done is new again when it grows.": (
        "PEMBERITAHUAN adalah id pemberitahuan; yang dimaksud seluruh ceritanya. Cerita tanpa "
        "pemberitahuan baru selama 7 hari dianggap selesai, kecuali berbintang. Cerita yang "
        "sudah dilihat atau selesai menjadi baru lagi bila berkembang."
    ),
    "Only in this state; open: new, seen or starred.": (
        "Hanya dalam keadaan ini; open: baru, sudah dilihat, atau berbintang."
    ),
    "List the stories that alerted, the latest first, each with its newest alert.": (
        "Menampilkan cerita yang memicu pemberitahuan, dari yang terakhir, masing-masing dengan "
        "pemberitahuan terbarunya."
    ),
    "Mark stories as seen, until they grow.": (
        "Menandai cerita sudah dilihat, sampai cerita itu berkembang."
    ),
    "Star stories: they stay in the inbox until you are done.": (
        "Membintangi cerita: tetap di kotak masuk sampai Anda selesai."
    ),
    "Mark stories as done, until they grow.": (
        "Menandai cerita selesai, sampai cerita itu berkembang."
    ),
    "Mute stories in the inbox: they never come back by themselves.": (
        "Membisukan cerita di kotak masuk: tidak kembali dengan sendirinya."
    ),
    "Make stories new again.": "Menjadikan cerita baru lagi.",
    "Only of this subscription: its id, the start of it, or its name.": (
        "Hanya dari langganan ini: id-nya, awal id-nya, atau namanya."
    ),
    "Only fired since: 7d, 12h, or a date, of your time zone if it names none.": (
        "Hanya yang dibuat sejak: 7d, 12h, atau tanggal, dalam zona waktu Anda bila tidak disebut."
    ),
    "Alerts to show.": "Jumlah pemberitahuan yang ditampilkan.",
    "Go on with new alerts as they fire, newest last; Ctrl-C ends it.": (
        "Terus menampilkan pemberitahuan baru saat dibuat, yang terbaru di akhir; Ctrl-C untuk "
        "berhenti."
    ),
    "Show what NAME may mean: ids, other names, and in how many articles each is named.": (
        "Menampilkan apa yang mungkin dimaksud dengan NAMA: id, nama lain, dan dalam berapa "
        "artikel masing-masing disebut."
    ),
    "NAME is compared without regard to case and without a company's legal form, or is an id; "
    "where no article has it, the names of which a word begins with it are shown. Most people are "
    "known from the stored articles alone, so their forms are those that the articles use. The "
    "numbers are of all stored articles, and of those first seen in the last 7 and 30 days. "
    "Articles that an older Pantau enriched have no ids until `pantau enrich-stored` has run.": (
        "NAMA dibandingkan tanpa membedakan huruf besar-kecil dan tanpa bentuk hukum perusahaan, "
        "atau berupa id; bila tidak ada artikel yang memuatnya, nama yang salah satu katanya "
        "berawalan itu ditampilkan. Kebanyakan orang dikenal dari artikel tersimpan saja, jadi "
        "bentuk namanya adalah yang dipakai artikel. Angkanya untuk semua artikel tersimpan, dan "
        "untuk yang pertama terlihat dalam 7 dan 30 hari terakhir. Artikel yang diperkaya oleh "
        "Pantau versi lama belum memiliki id sampai `pantau enrich-stored` dijalankan."
    ),
    "Without NAME, the names in the newest articles are listed.": (
        "Tanpa NAMA, nama-nama dalam artikel terbaru yang didaftar."
    ),
    "Only people, organisations or places.": "Hanya orang, organisasi, atau tempat.",
    "Names to show.": "Jumlah nama yang ditampilkan.",
    "# who and what is in the news": "# siapa dan apa yang ada dalam berita",
    "# everybody with a name that begins so": "# semua yang namanya berawalan demikian",
    "# the articles, by the id that is shown": "# artikelnya, menurut id yang ditampilkan",
    "Report what was in the news on a day, by story, with sources and who is quoted.": (
        "Melaporkan apa yang diberitakan pada suatu hari, per cerita, dengan sumber dan siapa yang "
        "dikutip."
    ),
    "The numbers stand beside the mean of the two weeks before. Articles count by when they were "
    "first seen.": (
        "Angkanya disandingkan dengan rata-rata dua minggu sebelumnya. Artikel dihitung menurut "
        "kapan pertama terlihat."
    ),
    "A day such as 2026-11-28, `today` or `yesterday`, of your time zone.  [default: yesterday]": (
        "Hari seperti 2026-11-28, `hari ini` atau `kemarin`, dalam zona waktu Anda.  "
        "[bawaan: kemarin]"
    ),
    "What this one matched: its id or name.": "Yang cocok dengan langganan ini: id atau namanya.",
    "What all live subscriptions with this tag matched.": (
        "Yang cocok dengan semua langganan aktif dengan tanda ini."
    ),
    "Write it for Word and LibreOffice; needs the extra `reports`.": (
        "Menulisnya untuk Word dan LibreOffice; memerlukan ekstra `reports`."
    ),
    "Write it as PDF; needs the extra `reports`.": (
        "Menulisnya sebagai PDF; memerlukan ekstra `reports`."
    ),
    "Send reports by mail or webhook, each day, week or month.": (
        "Mengirim laporan lewat surel atau webhook, setiap hari, minggu atau bulan."
    ),
    "What this one matches: its id or name.": "Yang cocok dengan langganan ini: id atau namanya.",
    "What all live subscriptions with this tag match.": (
        "Yang cocok dengan semua langganan aktif bertanda ini."
    ),
    "Such as daily@07:00, weekly:mon@07:00 or monthly:last@18:00.": (
        "Misalnya daily@07:00, weekly:mon@07:00 atau monthly:last@18:00."
    ),
    "Time zone of the time; by default yours.": "Zona waktu jam itu; bila kosong, zona Anda.",
    "An e-mail address, or webhook:https://...": "Alamat surel, atau webhook:https://...",
    "Send a report at fixed times, each about the time since the one before.": (
        "Mengirim laporan pada waktu tetap, masing-masing tentang waktu sejak laporan sebelumnya."
    ),
    "It is in the language of --lang. What it shows is what `pantau report` shows.": (
        "Bahasanya adalah bahasa --lang. Isinya sama dengan isi `pantau report`."
    ),
    "List what is reported, when, to whom, and how the latest one was delivered.": (
        "Menampilkan apa yang dilaporkan, kapan, kepada siapa, dan bagaimana pengiriman terakhir."
    ),
    "Stop a report, named by its id or the start of it.": (
        "Menghentikan laporan, yang disebut dengan id atau awal id-nya."
    ),
    "Write it as one HTML file, to print or to mail.": (
        "Menulisnya sebagai satu berkas HTML, untuk dicetak atau dikirim lewat surel."
    ),
    "# to print or to mail": "# untuk dicetak atau dikirim lewat surel",
    "Keep lists of names that queries refer to, such as people:@ministers.": (
        "Menyimpan daftar nama yang disebut kueri, misalnya people:@ministers."
    ),
    "A query means all values of a list as they are at any moment: a running Pantau notices "
    "changes at once. Lists belong to the query language pantau.": (
        "Kueri mencakup semua nilai daftar sebagaimana adanya pada saat itu: Pantau yang "
        "sedang berjalan segera mengetahui perubahan. Daftar termasuk dalam bahasa kueri "
        "pantau."
    ),
    "Add values to the list NAME; it is made if there is none.": (
        "Menambahkan nilai ke daftar NAMA; daftar dibuat bila belum ada."
    ),
    "Other names of the same thing follow a value after |, and count as values too.": (
        "Nama lain untuk hal yang sama ditulis setelah nilai dengan |, dan juga dihitung "
        "sebagai nilai."
    ),
    "Add values to a list and remove others in one step.": (
        "Menambahkan nilai ke daftar dan menghapus yang lain dalam satu langkah."
    ),
    "A removed value goes with its other names; a removed other name goes alone.": (
        "Nilai yang dihapus hilang bersama nama lainnya; nama lain yang dihapus hilang sendiri."
    ),
    "Add a value; repeatable.": "Menambahkan nilai; dapat diulang.",
    "Remove one; repeatable.": "Menghapus nilai; dapat diulang.",
    "Show a list: its values with their other names, and the subscriptions that refer to it.": (
        "Menampilkan suatu daftar: nilainya beserta nama lain, dan langganan yang memakainya."
    ),
    "List the lists: how many values each has, and how many subscriptions refer to it.": (
        "Menampilkan semua daftar: jumlah nilainya, dan jumlah langganan yang memakainya."
    ),
    "Remove lists. One that subscriptions refer to is kept, unless --yes is given.": (
        "Menghapus daftar. Daftar yang dipakai langganan dipertahankan, kecuali --yes diberikan."
    ),
    "Remove lists.": "Menghapus daftar.",
    "Even where subscriptions refer to it.": "Meskipun dipakai oleh langganan.",
    "Save the values of FILE as the list NAME, in place of those that it has.": (
        "Menyimpan nilai dari BERKAS sebagai daftar NAMA, menggantikan nilai yang ada."
    ),
    "All or, where a line is wrong, none.": (
        "Semuanya atau, bila ada baris yang salah, tidak satu pun."
    ),
    "FILE has a value a line; or CSV with the titles value and aliases (separated by |); or "
    'JSON Lines, {"value", "aliases"?: [...]}; or it is an entity dictionary in YAML or CSV.': (
        "BERKAS memuat satu nilai per baris; atau CSV dengan judul kolom value dan aliases "
        '(dipisahkan |); atau JSON Lines, {"value", "aliases"?: [...]}; atau kamus entitas '
        "dalam YAML atau CSV."
    ),
    "Keep the values that the list has already.": (
        "Mempertahankan nilai yang sudah ada dalam daftar."
    ),
    "Write the values of a list for `import`.": "Menulis nilai suatu daftar untuk `import`.",
    "One value a line, other names too.": "Satu nilai per baris, termasuk nama lain.",
}
