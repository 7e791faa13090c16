"""The console's pages that change stored subscriptions."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "edit.edit": Text(en="Edit", id="Ubah"),
    "edit.one": Text(en="Edit the subscription", id="Ubah langganan"),
    "edit.feed": Text(en="Edit the feed", id="Ubah umpan"),
    "edit.feed-saved": Text(en="The feed is changed.", id="Umpan diubah."),
    "edit.feed-meanwhile": Text(
        en="Somebody has changed this feed since you opened the form, so nothing was saved. The "
        "form has your values; saving once more puts them in place.",
        id="Umpan ini diubah orang lain sejak Anda membuka formulir, jadi tidak ada yang disimpan. "
        "Isian Anda masih ada; menyimpan sekali lagi memakainya.",
    ),
    "edit.folder": Text(en="Folder", id="Map"),
    "edit.interval": Text(en="Time between polls", id="Jeda pemeriksaan"),
    "edit.interval-usual": Text(en="as the feed needs", id="menurut kebutuhan umpan"),
    "edit.interval-help": Text(en="Such as: 5m, 1h.", id="Misalnya: 5 menit, 1 jam."),
    "edit.feed-zone-help": Text(
        en="Of dates in the feed that name none, such as Asia/Jakarta.",
        id="Untuk tanggal umpan yang tidak menyebutnya, misalnya Asia/Jakarta.",
    ),
    "edit.cancel": Text(en="Cancel", id="Batal"),
    "edit.saved": Text(
        en="The change is saved. Id and history stay.",
        id="Perubahan disimpan. Id dan riwayatnya tetap.",
    ),
    "edit.unchanged": Text(
        en="Nothing was different, so nothing was saved.",
        id="Tidak ada yang berbeda, jadi tidak ada yang disimpan.",
    ),
    "edit.query-unread": Text(
        en="Not saved: the query cannot be read. The fault is shown beside or below the form.",
        id="Belum disimpan: kueri tidak dapat dibaca. Kesalahannya ditunjukkan di samping atau di "
        "bawah formulir.",
    ),
    "edit.meanwhile": Text(
        en="Somebody has saved this subscription since you opened the form, so yours was not "
        "saved. The form still has your values. Where they differ, this is saved now; saving once "
        "more puts your values in its place.",
        id="Langganan ini disimpan orang lain sejak Anda membuka formulir, jadi perubahan Anda "
        "belum disimpan. Isian Anda masih ada. Yang berbeda dari isian Anda, kini tersimpan "
        "begini; menyimpan sekali lagi menggantinya dengan isian Anda.",
    ),
    "edit.see-saved": Text(en="See what is saved", id="Lihat yang tersimpan"),
    "edit.difference": Text(en="What the change makes", id="Akibat perubahan"),
    "edit.no-difference": Text(
        en="The same articles would alert, in as many messages.",
        id="Artikel yang diberitahukan sama, dalam pesan yang sama banyak.",
    ),
    "edit.tags": Text(en="Tags", id="Tanda"),
    "edit.tag": Text(en="Tag", id="Tanda"),
    "edit.tags-help": Text(
        en="Words that group subscriptions, separated by commas.",
        id="Kata yang mengelompokkan langganan, dipisahkan koma.",
    ),
    "edit.as-rules": Text(en="as the rules say", id="menurut aturan"),
    "edit.drop-channel": Text(en="no longer to this channel", id="tidak lagi ke saluran ini"),
    "edit.more-channels": Text(en="Further channels", id="Saluran tambahan"),
    "edit.articles": Text(en="Which articles", id="Artikel yang mana"),
    "edit.articles-all": Text(en="All", id="Semua"),
    "edit.articles-growth": Text(
        en="The first of each story, and when the story grows",
        id="Yang pertama tiap cerita, dan saat ceritanya membesar",
    ),
    "edit.least-sources": Text(
        en="Sources of a story, at least", id="Sumber cerita, paling sedikit"
    ),
    "edit.quiet-help": Text(
        en="Such as: 22:00-05:30, 22:00-05:30 except spike; none ends them.",
        id="Misalnya: 22.00-05.30, 22.00-05.30 kecuali lonjakan; tanpa untuk mengakhirinya.",
    ),
    "edit.expires": Text(en="Ends", id="Berakhir"),
    "edit.expires-usual": Text(en="never", id="tidak pernah"),
    "edit.expires-help": Text(
        en="A date such as 2027-01-31 18:00, or a time from now such as 30d.",
        id="Tanggal seperti 2027-01-31 18.00, atau waktu dari sekarang seperti 30 hari.",
    ),
    "edit.written": Text(en="Language of the messages", id="Bahasa pesan"),
    "edit.written-article": Text(en="That of the article", id="Bahasa artikelnya"),
    "edit.zone": Text(en="Time zone", id="Zona waktu"),
    "edit.zone-help": Text(
        en="Of the days in the query, and of the times in messages.",
        id="Untuk hari dalam kueri, dan jam dalam pesan.",
    ),
    "edit.format": Text(en="Shape of webhooks", id="Bentuk webhook"),
    "edit.payload": Text(en="Version of webhooks", id="Versi webhook"),
    "edit.payload-usual": Text(en="the usual one", id="yang biasa"),
    "edit.as-now": Text(en="as it is", id="seperti sekarang"),
    "edit.yes": Text(en="Yes", id="Ya"),
    "edit.no": Text(en="No", id="Tidak"),
    "edit.copy": Text(en="Copy", id="Salin"),
    "edit.copy-one": Text(en="Copy the subscription", id="Salin langganan"),
    "edit.copy-help": Text(
        en="The copy has the same query, channels and rules, and no history. Its form opens next.",
        id="Salinan punya kueri, saluran, dan aturan yang sama, tanpa riwayat. Setelah itu "
        "formulirnya terbuka.",
    ),
    "edit.copied": Text(
        en="The copy is saved, and live. Change here what is to be different.",
        id="Salinan disimpan dan aktif. Ubah di sini yang harus berbeda.",
    ),
    "edit.test": Text(en="Trial message", id="Pesan percobaan"),
    "edit.test-sent": Text(en="The receiver took it.", id="Penerima menerimanya."),
    "edit.silence": Text(en="No messages for a while", id="Tanpa pesan untuk sementara"),
    "edit.mute-help": Text(
        en="Alerts are recorded meanwhile; afterwards they come as one message.",
        id="Pemberitahuan tetap dicatat; sesudahnya datang sebagai satu pesan.",
    ),
    "edit.mute-until": Text(en="Mute for", id="Bisukan selama"),
    "edit.mute-hours": Text(en="{count:n hour|hours}", id="{count:n jam}"),
    "edit.mute-days": Text(en="{count:n day|days}", id="{count:n hari}"),
    "edit.mute-growth": Text(en="until a story grows", id="sampai ceritanya membesar"),
    "edit.mute-open": Text(en="until it is ended here", id="sampai diakhiri di sini"),
    "edit.unmute": Text(en="Send messages again", id="Kirim pesan lagi"),
    "edit.muted": Text(en="It sends no messages meanwhile.", id="Sementara ini tanpa pesan."),
    "edit.unmuted": Text(en="It sends messages again.", id="Pesan dikirim lagi."),
    "edit.use-channel": Text(en="Use it again", id="Pakai lagi"),
    "edit.channel-used": Text(
        en="The channel is used again; what waited for it is sent.",
        id="Saluran dipakai lagi; yang menunggu dikirim.",
    ),
    "edit.tagged": Text(en="Subscriptions with the tag", id="Langganan dengan tanda"),
    "edit.edit-tagged": Text(en="Change all of them", id="Ubah semuanya"),
    "edit.tagged-help": Text(
        en="All of them are changed, or none. Empty fields stay as they are in each.",
        id="Semuanya diubah, atau tidak satu pun. Isian kosong tetap seperti semula.",
    ),
    "edit.those-tagged": Text(en="These have the tag", id="Yang punya tanda ini"),
    "edit.add-tags": Text(en="Further tags", id="Tanda tambahan"),
    "edit.remove-tags": Text(en="Tags to take off", id="Tanda yang dilepas"),
    "edit.drop-channels": Text(en="Channels to take off", id="Saluran yang dilepas"),
    "edit.change-all": Text(
        en="Change {count:n subscription|subscriptions}", id="Ubah {count:n langganan}"
    ),
    "edit.tagged-meanwhile": Text(
        en="Somebody has changed one of these since you opened the form, so nothing was saved. "
        "Look at the list, and send the form again.",
        id="Salah satunya diubah orang lain sejak Anda membuka formulir, jadi tidak ada yang "
        "disimpan. Lihat daftarnya, lalu kirim formulir lagi.",
    ),
    "edit.nothing-given": Text(en="Fill in what is to be changed.", id="Isi yang ingin diubah."),
    "edit.no-such-tag": Text(
        en='no subscription has the tag "{tag}"; the list of subscriptions shows the tags',
        id='tidak ada langganan dengan tanda "{tag}"; daftar langganan menampilkan tandanya',
    ),
    "edit.saved-all": Text(en="All of them are changed.", id="Semuanya diubah."),
    "edit.paused-all": Text(en="All of them are paused.", id="Semuanya dijeda."),
    "edit.resumed-all": Text(en="All of them go on.", id="Semuanya dilanjutkan."),
    "edit.muted-all": Text(
        en="All of them send no messages meanwhile.", id="Sementara ini semuanya tanpa pesan."
    ),
    "edit.unmuted-all": Text(
        en="All of them send messages again.", id="Semuanya mengirim pesan lagi."
    ),
}
