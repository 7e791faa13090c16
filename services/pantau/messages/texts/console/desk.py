"""The console's pages for work: inbox, subscriptions, feeds, pipeline."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "desk.is-ok": Text(en="works", id="baik"),
    "desk.is-new": Text(en="not polled yet", id="belum diperiksa"),
    "desk.is-paused": Text(en="paused", id="dijeda"),
    "desk.is-warning": Text(en="read with faults", id="terbaca dengan cacat"),
    "desk.is-limited": Text(en="over its daily limit", id="melewati batas harian"),
    "desk.is-error": Text(en="not read", id="tidak terbaca"),
    "desk.is-live": Text(en="live", id="aktif"),
    "desk.is-suspended": Text(en="suspended", id="ditangguhkan"),
    "desk.is-pending": Text(en="waiting", id="menunggu"),
    "desk.is-retrying": Text(en="will be retried", id="akan dicoba lagi"),
    "desk.is-delivered": Text(en="delivered", id="terkirim"),
    "desk.is-summarized": Text(en="in a summary", id="dalam ringkasan"),
    "desk.is-failed": Text(en="failed", id="gagal"),
    "desk.is-cancelled": Text(en="cancelled", id="dibatalkan"),
    "desk.subscription": Text(en="Subscription", id="Langganan"),
    "desk.no-alerts": Text(en="No alerts yet.", id="Belum ada pemberitahuan."),
    "desk.begin-with-search": Text(en="Begin with a search", id="Mulai dengan pencarian"),
    "desk.matched": Text(en="matched", id="cocok"),
    "desk.read-article": Text(en="Read the article", id="Baca artikel"),
    "desk.why": Text(en="Why it matched", id="Mengapa cocok"),
    "desk.deliveries": Text(en="Deliveries", id="Pengiriman"),
    "desk.channel": Text(en="Channel", id="Saluran"),
    "desk.channels": Text(en="Channels", id="Saluran"),
    "desk.state": Text(en="State", id="Keadaan"),
    "desk.attempts": Text(en="Attempts", id="Percobaan"),
    "desk.updated": Text(en="Updated", id="Diperbarui"),
    "desk.reason": Text(en="Reason", id="Sebab"),
    "desk.next-attempt": Text(en="next attempt", id="percobaan berikutnya"),
    "desk.no-deliveries": Text(
        en="Nothing was to be delivered: the subscription has no channel.",
        id="Tidak ada yang perlu dikirim: langganan ini tidak punya saluran.",
    ),
    "desk.new-subscription": Text(en="New subscription", id="Langganan baru"),
    "desk.filter-feeds": Text(en="Name or address", id="Nama atau alamat"),
    "desk.filter": Text(en="Name, query or address", id="Nama, kueri atau alamat"),
    "desk.alerts-in-week": Text(
        en="{count:n alert|alerts} in 7 days",
        id="{count:n pemberitahuan} dalam 7 hari",
    ),
    "desk.last-alert": Text(en="last alert", id="pemberitahuan terakhir"),
    "desk.no-subscriptions": Text(en="No subscriptions yet.", id="Belum ada langganan."),
    "desk.created": Text(en="created", id="dibuat"),
    "desk.search-this": Text(en="Search with this query", id="Cari dengan kueri ini"),
    "desk.days": Text(en="Matches a day, 30 days", id="Kecocokan per hari, 30 hari"),
    "desk.messages": Text(en="Messages", id="Pesan"),
    "desk.no-channel": Text(
        en="No channel: its alerts are only in the inbox.",
        id="Tanpa saluran: pemberitahuannya hanya ada di kotak masuk.",
    ),
    "desk.newest-alerts": Text(en="Newest alerts", id="Pemberitahuan terbaru"),
    "desk.none-yet": Text(en="None yet.", id="Belum ada."),
    "desk.all-alerts": Text(en="All of them in the inbox", id="Semuanya di kotak masuk"),
    "desk.view-open": Text(en="Open", id="Terbuka"),
    "desk.view-starred": Text(en="Starred", id="Berbintang"),
    "desk.view-done": Text(en="Done", id="Selesai"),
    "desk.view-muted": Text(en="Muted", id="Dibisukan"),
    "desk.view-all": Text(en="All", id="Semua"),
    "desk.do-done": Text(en="Done", id="Selesai"),
    "desk.do-star": Text(en="Star", id="Bintangi"),
    "desk.do-mute": Text(en="Mute", id="Bisukan"),
    "desk.do-see": Text(en="Seen", id="Sudah dilihat"),
    "desk.do-reopen": Text(en="Reopen", id="Buka lagi"),
    "desk.do-unstar": Text(en="Take the star off", id="Lepas bintang"),
    "desk.do-unsee": Text(en="Mark as new", id="Tandai baru"),
    "desk.undo": Text(en="Undo", id="Urungkan"),
    "desk.pick": Text(en="Select", id="Pilih"),
    "desk.with-ticked": Text(en="With the selected ones", id="Dengan yang dipilih"),
    "desk.not-marked": Text(
        en="Not marked; the console does not answer. Try again.",
        id="Tidak tertandai; konsol tidak menjawab. Coba lagi.",
    ),
    "desk.all-well": Text(
        en="All is well: nothing is open.", id="Semua beres: tidak ada yang terbuka."
    ),
    "desk.none-such": Text(en="Nothing here.", id="Tidak ada apa-apa di sini."),
    "desk.feed-address": Text(en="Feed for newsreaders", id="Umpan untuk pembaca berita"),
    "desk.feed-address-once": Text(
        en="Whoever has the address reads these alerts. It is shown this once; keep it now.",
        id="Siapa pun yang memiliki alamat ini membaca pemberitahuannya. Alamat hanya ditampilkan "
        "sekali; simpan sekarang.",
    ),
    "desk.has-feed-address": Text(
        en="It has a secret address. A new one ends the former.",
        id="Ada alamat rahasianya. Alamat baru mengakhiri yang lama.",
    ),
    "desk.no-feed-address": Text(en="It has no address yet.", id="Belum ada alamatnya."),
    "desk.make-feed-address": Text(en="Make a secret address", id="Buat alamat rahasia"),
    "desk.renew-feed-address": Text(en="Make a new address", id="Buat alamat baru"),
    "desk.end-feed-address": Text(en="End the address", id="Akhiri alamatnya"),
    "desk.pause": Text(en="Pause", id="Jeda"),
    "desk.resume": Text(en="Resume", id="Lanjutkan"),
    "desk.remove": Text(en="Remove", id="Hapus"),
    "desk.name": Text(en="Name", id="Nama"),
    "desk.name-help": Text(
        en="Without a name, the subscription is named after its query.",
        id="Tanpa nama, langganan dinamai menurut kuerinya.",
    ),
    "desk.channels-help": Text(
        en="One a line, such as email:desk@example.org or webhook:https://example.org/in; when "
        "its own messages come may stand behind it: email:desk@example.org daily@07:00. Without "
        "any channel, alerts are in the inbox alone.",
        id="Satu per baris, seperti email:desk@example.org atau "
        "webhook:https://example.org/in; di belakangnya boleh ditulis kapan pesannya sendiri "
        "datang: email:desk@example.org harian@07.00. Tanpa saluran, pemberitahuan hanya ada di "
        "kotak masuk.",
    ),
    "desk.historical": Text(
        en="Alert about old articles too",
        id="Beri tahu juga tentang artikel lama",
    ),
    "desk.tick": Text(en="tick the box", id="centang kotaknya"),
    "desk.sure": Text(en="Yes, save it all the same", id="Ya, tetap simpan"),
    "desk.save": Text(en="Save", id="Simpan"),
    "desk.form": Text(en="Form of messages", id="Bentuk pesan"),
    "desk.form-help": Text(
        en="Templates change mails, and messages of Slack and Teams. ✓ marks channels with a "
        "template of their own; the others have that of the subscription. A part that is "
        "left empty has its usual form.",
        id="Templat mengubah surel, serta pesan Slack dan Teams. ✓ menandai saluran yang punya "
        "templat sendiri; yang lain memakai templat langganan. "
        "Bagian yang dikosongkan memakai bentuk biasa.",
    ),
    "desk.form-all": Text(en="All channels", id="Semua saluran"),
    "desk.form-subject": Text(en="Subject", id="Subjek"),
    "desk.form-text": Text(en="Text", id="Teks"),
    "desk.form-html": Text(en="HTML of mails", id="HTML surel"),
    "desk.form-fields": Text(
        en="Written for Jinja. Fields: name, lang, subject, lead, stories, more, foot; of each "
        "story title, link, source, when, clauses, passages, also, heading, others, more. "
        "Example: {{{{ name }}}}: {{% for one in stories %}}{{{{ one.title }}}}{{% endfor %}}",
        id="Ditulis untuk Jinja. Kolom: name, lang, subject, lead, stories, more, foot; dari "
        "setiap cerita title, link, source, when, clauses, passages, also, heading, others, more. "
        "Contoh: {{{{ name }}}}: {{% for one in stories %}}{{{{ one.title }}}}{{% endfor %}}",
    ),
    "desk.form-save": Text(en="Save the form", id="Simpan bentuk"),
    "desk.form-remove": Text(en="Usual form again", id="Kembali ke bentuk biasa"),
    "desk.form-preview": Text(
        en="The newest alert in this form", id="Pemberitahuan terbaru dalam bentuk ini"
    ),
    "desk.form-none": Text(
        en="No template yet: messages have the usual form.",
        id="Belum ada templat: pesan memakai bentuk biasa.",
    ),
    "desk.form-saved": Text(
        en="Saved: messages have this form from now on.",
        id="Disimpan: pesan mulai sekarang berbentuk ini.",
    ),
    "desk.form-usual": Text(
        en="Messages have the usual form again.", id="Pesan kembali ke bentuk biasa."
    ),
    "desk.look": Text(en="Preview", id="Pratinjau"),
    "desk.rules": Text(en="Rules of its messages", id="Aturan pesannya"),
    "desk.timing": Text(en="When messages come", id="Kapan pesan datang"),
    "desk.timing-usual": Text(en="at once", id="segera"),
    "desk.timing-help": Text(
        en="Such as: collect 15m, every 1h, daily@07:00, weekly:mon@07:00.",
        id="Misalnya: kumpulkan 15 menit, tiap 1 jam, harian@07.00, mingguan:sen@07.00.",
    ),
    "desk.timings": Text(
        en="collect 15m, every 1h, hourly, daily@07:00, weekly:mon@07:00",
        id="kumpulkan 15 menit, tiap 1 jam, harian@07.00, mingguan:sen@07.00",
    ),
    "desk.trigger": Text(en="What a message waits for", id="Yang ditunggu pesan"),
    "desk.trigger-usual": Text(en="every match", id="setiap berita"),
    "desk.trigger-help": Text(
        en="Such as: 5 in 1h, spike, silence:2d.",
        id="Misalnya: 5 dalam 1 jam, lonjakan, sunyi:2 hari.",
    ),
    "desk.quiet": Text(en="Quiet hours", id="Jam tenang"),
    "desk.quiet-usual": Text(en="none", id="tanpa"),
    "desk.quiet-help": Text(
        en="Such as: 22:00-05:30, 22:00-05:30 except spike.",
        id="Misalnya: 22.00-05.30, 22.00-05.30 kecuali lonjakan.",
    ),
    "desk.first-only": Text(
        en="Only the first article of each story", id="Hanya artikel pertama tiap cerita"
    ),
    "desk.messages-a-day": Text(
        en="Messages a day that the rules would have sent",
        id="Pesan per hari yang akan dikirim aturannya",
    ),
    "desk.newest-matches": Text(en="Newest matches", id="Kecocokan terbaru"),
    "desk.much": Text(
        en="About {count:n message|messages} a day: few people read so many. A narrower query, a "
        "digest or only the first article of each story helps.",
        id="Sekitar {count:n pesan} per hari: jarang ada yang membaca sebanyak itu. Kueri yang "
        "lebih sempit, ringkasan berkala, atau hanya artikel pertama tiap cerita akan membantu.",
    ),
    "desk.at-night": Text(
        en="It would have woken you {count:n time|times} between 22:00 and 06:00; quiet hours "
        "prevent that.",
        id="Anda akan terbangun {count:n kali} antara pukul 22.00 dan 06.00; jam tenang "
        "mencegahnya.",
    ),
    "desk.backtest-cut": Text(
        en="Only the newest {count:n article|articles} were played through the rules, those since "
        "{since}.",
        id="Hanya {count:n artikel} terbaru yang dicoba dengan aturannya, yaitu sejak {since}.",
    ),
    "desk.backtest-historical": Text(
        en="Not counted: {count:n article|articles} that a feed already had at its first poll; "
        "the box about older articles counts them too.",
        id="Tidak dihitung: {count:n artikel} yang sudah ada saat umpan pertama kali diperiksa; "
        "kotak tentang artikel lama ikut menghitungnya.",
    ),
    "desk.mend-query": Text(
        en="Mend the query to see what it would have found.",
        id="Perbaiki kuerinya untuk melihat apa yang akan ditemukan.",
    ),
    "desk.preview": Text(en="What it would have found", id="Yang akan ditemukan"),
    "desk.count": Text(
        en="{count:n match|matches} in {days} days",
        id="{count:n kecocokan} dalam {days} hari",
    ),
    "desk.count-least": Text(
        en="at least {count:n match|matches} in {days} days",
        id="sedikitnya {count:n kecocokan} dalam {days} hari",
    ),
    "desk.secret": Text(en="Secret of the webhook", id="Rahasia webhook"),
    "desk.secret-once": Text(
        en="The receiver checks signatures with it. It is shown this once; keep it now.",
        id="Penerima memeriksa tanda tangan dengannya. Rahasia ini hanya ditampilkan "
        "sekali; simpan sekarang.",
    ),
    "desk.to-subscription": Text(en="To the subscription", id="Ke langganan"),
    "desk.remove-one": Text(en='Remove "{name}"?', id='Hapus "{name}"?'),
    "desk.remove-subscription": Text(
        en="Its past alerts stay. Alerts that are not delivered yet are cancelled.",
        id="Pemberitahuan lama tetap ada. Yang belum terkirim dibatalkan.",
    ),
    "desk.remove-feed": Text(
        en="It is polled no longer. Its articles stay.",
        id="Umpan tidak diperiksa lagi. Artikelnya tetap ada.",
    ),
    "desk.keep": Text(en="Keep it", id="Biarkan"),
    "desk.add-feed": Text(en="Add a feed", id="Tambah umpan"),
    "desk.feeds-count": Text(en="{count:n feed|feeds}", id="{count:n umpan}"),
    "desk.feeds-troubled": Text(
        en="{count:n feed has|feeds have} a problem",
        id="{count:n umpan} bermasalah",
    ),
    "desk.feeds-fine": Text(
        en="{count:n feed works|feeds all work}", id="{count:n umpan} berfungsi baik"
    ),
    "desk.feed": Text(en="Feed", id="Umpan"),
    "desk.last-poll": Text(en="Last poll", id="Pemeriksaan terakhir"),
    "desk.next-poll": Text(en="Next poll", id="Pemeriksaan berikutnya"),
    "desk.due": Text(en="due now", id="sudah waktunya"),
    "desk.next-polls": Text(en="Next polls", id="Pemeriksaan berikutnya"),
    "desk.disk-nearly-full": Text(
        en="The disk is nearly full ({megabytes:n MB} free): free some space, or lower keep.days. "
        "When it is full, Pantau waits, and nothing new is stored.",
        id="Disk hampir penuh (tersisa {megabytes:n MB}): kosongkan sebagian, atau kecilkan "
        "keep.days. Begitu penuh, Pantau menunggu, dan yang baru tidak tersimpan.",
    ),
    "desk.all-feeds": Text(en="All feeds", id="Semua umpan"),
    "desk.no-feeds": Text(en="No feeds yet.", id="Belum ada umpan."),
    "desk.begin-with-feeds": Text(
        en="Begin with well-known feeds", id="Mulai dengan umpan siap pakai"
    ),
    "desk.write-query": Text(
        en="Write a query to see what it would have found in the last 30 days.",
        id="Tulis kueri untuk melihat apa yang akan ditemukannya dalam 30 hari terakhir.",
    ),
    "desk.address": Text(en="Address", id="Alamat"),
    "desk.address-help": Text(
        en="A site's address is enough: Pantau looks for the feed on its page.",
        id="Alamat situs saja cukup: Pantau mencari umpannya pada halaman itu.",
    ),
    "desk.title": Text(en="Title", id="Judul"),
    "desk.title-help": Text(
        en="Without a title, the feed keeps its own.",
        id="Tanpa judul, dipakai judul umpan itu sendiri.",
    ),
    "desk.several-feeds": Text(
        en="The page names {count:n feed|feeds}; choose one",
        id="Halaman menyebut {count:n umpan}; pilih satu",
    ),
    "desk.watch": Text(en="Watch", id="Pantau"),
    "desk.add-unseen": Text(en="Add the address as it is", id="Tambahkan alamat apa adanya"),
    "desk.format": Text(en="Format", id="Format"),
    "desk.watched-since": Text(en="Watched since", id="Dipantau sejak"),
    "desk.newest-articles": Text(en="Newest articles", id="Artikel terbaru"),
    "desk.poll-now": Text(en="Poll now", id="Periksa sekarang"),
    "desk.figure-feeds": Text(en="feeds", id="umpan"),
    "desk.figure-articles": Text(en="articles", id="artikel"),
    "desk.figure-subscriptions": Text(en="subscriptions", id="langganan"),
    "desk.figure-alerts": Text(en="alerts", id="pemberitahuan"),
    "desk.last-article": Text(en="Last article", id="Artikel terakhir"),
    "desk.see-feeds": Text(en="See the feeds", id="Lihat umpan"),
    "desk.failed-deliveries": Text(
        en="{count:n delivery|deliveries} failed:",
        id="{count:n pengiriman} gagal:",
    ),
    "desk.waiting-deliveries": Text(
        en="{count:n delivery waits|deliveries wait}:",
        id="{count:n pengiriman} menunggu:",
    ),
    "desk.stages": Text(en="Stages", id="Tahap"),
    "desk.stage": Text(en="Stage", id="Tahap"),
    "desk.waiting": Text(en="Waiting records", id="Rekaman menunggu"),
    "desk.dead-letters": Text(en="Dead letters", id="Rekaman gagal"),
    "desk.letters-count": Text(
        en="{count:n record|records} could not be processed",
        id="{count:n rekaman} tidak dapat diproses",
    ),
    "desk.no-letters": Text(en="Everything could be processed.", id="Semua dapat diproses."),
    "desk.retry": Text(en="Process again", id="Proses lagi"),
    "desk.discard-sure": Text(
        en="It is then never processed, and cannot be brought back.",
        id="Rekaman ini tidak akan pernah diproses dan tidak dapat dikembalikan.",
    ),
    "desk.feed-address-sure": Text(
        en="Newsreaders with the present address then get nothing more.",
        id="Pembaca berita dengan alamat sekarang tidak akan menerima apa-apa lagi.",
    ),
    "desk.discard": Text(en="Discard", id="Buang"),
}
