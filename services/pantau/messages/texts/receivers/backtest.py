"""Backtests: what a subscription would have sent."""

from typing import Final

from pantau.messages.text import Text

TEXTS: Final = {
    "backtest.nothing": Text(
        en="name a subscription, or give a query with --query",
        id="sebutkan langganan, atau berikan kueri dengan --query",
    ),
    "backtest.title": Text(
        en="{name}, {since} to {until} (days in {zone})",
        id="{name}, {since} sampai {until} (hari menurut {zone})",
    ),
    "backtest.column-day": Text(en="day", id="hari"),
    "backtest.column-alerts": Text(en="articles", id="artikel"),
    "backtest.column-stories": Text(en="stories", id="cerita"),
    "backtest.column-messages": Text(en="messages", id="pesan"),
    "backtest.alerts": Text(
        en="{count:n article|articles} would have alerted, in {stories:n story|stories}.",
        id="{count:n artikel} akan menjadi pemberitahuan, dalam {stories:n cerita}.",
    ),
    "backtest.historical": Text(
        en="Not counted: {count:n article|articles} that a feed already had at its first poll, or "
        "that a replay brought; those alert nobody. `pantau subscriptions edit NAME "
        "--include-historical` changes that.",
        id="Tidak dihitung: {count:n artikel} yang sudah ada saat umpan pertama kali diperiksa, "
        "atau yang dibawa pemutaran ulang; artikel itu tidak menjadi pemberitahuan. `pantau "
        "subscriptions edit NAMA --include-historical` mengubahnya.",
    ),
    "backtest.copies": Text(
        en="Not counted: {count:n copy|copies} of the same text under another address.",
        id="Tidak dihitung: {count:n salinan} teks yang sama di alamat lain.",
    ),
    "backtest.skipped": Text(
        en="On {count:n article|articles} the query costs too much; they were skipped.",
        id="Pada {count:n artikel} biaya kueri terlalu besar; artikel itu dilewati.",
    ),
    "backtest.cut": Text(
        en="Only the newest {count:n article|articles} were read; choose a later --since to see "
        "all of a shorter time.",
        id="Hanya {count:n artikel} terbaru yang dibaca; pilih --since yang lebih akhir untuk "
        "melihat seluruh waktu yang lebih pendek.",
    ),
    "backtest.sources": Text(en="Sources: {sources}{more}", id="Sumber: {sources}{more}"),
    "backtest.more-sources": Text(
        en=", and {count:n other|others}", id=", dan {count:n sumber lain}"
    ),
    "backtest.newest": Text(en="  {when}  {title} ({source})", id="  {when}  {title} ({source})"),
    "backtest.messages": Text(
        en="Its rules would have sent {count:n message|messages}, {night:n of them|of them} "
        "between 22:00 and 06:00.",
        id="Aturannya akan mengirim {count:n pesan}, {night:n di antaranya} antara pukul 22.00 dan "
        "06.00.",
    ),
    "backtest.waiting": Text(
        en="{count:n article waits|articles wait} at the end of that time for the next message.",
        id="{count:n artikel} masih menunggu pesan berikutnya pada akhir waktu itu.",
    ),
    "backtest.waiting-until": Text(
        en="{count:n article waits|articles wait} for the next message, at {when}.",
        id="{count:n artikel} menunggu pesan berikutnya, {when}.",
    ),
    "backtest.many": Text(
        en="On its busiest day that is {count:n message|messages}: few people read so many. A "
        "narrower query, a digest or only the first article of each story helps.",
        id="Pada hari tersibuk jumlahnya {count:n pesan}: jarang ada yang membaca sebanyak itu. "
        "Kueri yang lebih sempit, ringkasan berkala, atau hanya artikel pertama tiap cerita akan "
        "membantu.",
    ),
    "backtest.message": Text(
        en="  {when}  {occasion}: {alerts:n article|articles}, {stories:n story|stories}",
        id="  {when}  {occasion}: {alerts:n artikel}, {stories:n cerita}",
    ),
    "backtest.contents": Text(en="{when}, to {channel}:", id="{when}, ke {channel}:"),
    "backtest.earlier": Text(
        en="  and {count:n earlier one|earlier ones}; --messages shows all",
        id="  dan {count:n pesan sebelumnya}; --messages menampilkan semua",
    ),
    "backtest.short": Text(
        en="In the last {days:n day|days} it would have sent {count:n message|messages}, "
        "{night:n of them|of them} between 22:00 and 06:00.",
        id="Dalam {days:n hari} terakhir akan terkirim {count:n pesan}, {night:n di antaranya} "
        "antara pukul 22.00 dan 06.00.",
    ),
    "backtest.changed-articles": Text(
        en="Of the articles since {since}, {new:n article|articles} would alert only now and "
        "{gone:n article|articles} no longer; {both:n article alerts|articles alert} as before.",
        id="Dari artikel sejak {since}, {new:n artikel} baru menjadi pemberitahuan dan "
        "{gone:n artikel} tidak lagi; {both:n artikel} tetap seperti sebelumnya.",
    ),
    "backtest.changed-messages": Text(
        en="That would have been {count:n message|messages} in place of {before:n "
        "message|messages}.",
        id="Hasilnya {count:n pesan}, sebelumnya {before:n pesan}.",
    ),
    "backtest.short-cut": Text(
        en="For the newest {articles:n article|articles} it would have sent {count:n "
        "message|messages}, {night:n of them|of them} between 22:00 and 06:00.",
        id="Untuk {articles:n artikel} terbaru akan terkirim {count:n pesan}, {night:n di "
        "antaranya} antara pukul 22.00 dan 06.00.",
    ),
    "backtest.occasion-alert": Text(en="alert", id="pemberitahuan"),
    "backtest.occasion-collected": Text(en="collected", id="dikumpulkan"),
    "backtest.occasion-digest": Text(en="digest", id="ringkasan berkala"),
    "backtest.occasion-quiet-ended": Text(en="after quiet hours", id="setelah jam tenang"),
    "backtest.occasion-mute-ended": Text(en="after the mute", id="setelah dibisukan"),
    "backtest.occasion-grown": Text(en="the story grew", id="cerita berkembang"),
    "backtest.occasion-count": Text(en="enough in the time", id="jumlah tercapai"),
    "backtest.occasion-spike": Text(en="spike", id="lonjakan"),
    "backtest.occasion-silence": Text(en="silence", id="sunyi"),
    "backtest.occasion-expired": Text(en="expired", id="berakhir"),
}
