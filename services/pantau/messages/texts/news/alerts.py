"""Alerts and their deliveries, wherever they are shown to people."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "alerts.missing": Text(
        en="no alert has the id {id!r}; {$alerts --json} shows ids",
        id="tidak ada pemberitahuan dengan id {id!r}; {$alerts --json} menampilkan id",
    ),
    "alerts.no-triage": Text(
        en="expected 1 to {most} alerts at once; mark the others in further calls",
        id="seharusnya 1 sampai {most} pemberitahuan sekaligus; tandai sisanya dalam panggilan "
        "berikutnya",
    ),
    "alerts.away": Text(
        en="New alerts do not arrive here now, since the console does not answer. It is asked "
        "again by itself.",
        id="Pemberitahuan baru sedang tidak masuk ke sini karena konsol tidak menjawab. Akan "
        "dicoba lagi dengan sendirinya.",
    ),
    "alerts.is-new": Text(en="new", id="baru"),
    "alerts.is-seen": Text(en="seen", id="sudah dilihat"),
    "alerts.is-starred": Text(en="starred", id="berbintang"),
    "alerts.is-done": Text(en="done", id="selesai"),
    "alerts.is-muted": Text(en="muted", id="dibisukan"),
    "alerts.and-more": Text(
        en="and {count:n more alert|more alerts}", id="dan {count:n pemberitahuan lain}"
    ),
    "alerts.marked": Text(en="{title}: {state}", id="{title}: {state}"),
    "alerts.none-open": Text(
        en="Nothing is open in the inbox.", id="Tidak ada yang terbuka di kotak masuk."
    ),
    "alerts.open": Text(en="{count:n open story|open stories}", id="{count:n cerita terbuka}"),
    "alerts.starred": Text(en="{count:n starred|starred}", id="{count:n berbintang}"),
    "alerts.column-alert": Text(en="Alert", id="Pemberitahuan"),
    "alerts.column-state": Text(en="State", id="Keadaan"),
    "alerts.column-fired": Text(en="Fired", id="Terpicu"),
    "alerts.column-story": Text(en="Story", id="Cerita"),
    "alerts.none": Text(
        en="No alerts yet; see `pantau subscriptions list` and `pantau feeds list`.",
        id="Belum ada pemberitahuan; lihat `pantau subscriptions list` dan `pantau feeds list`.",
    ),
    "alerts.none-such": Text(
        en="No such alerts; see `pantau subscriptions list` and `pantau feeds list`.",
        id="Tidak ada pemberitahuan seperti itu; "
        "lihat `pantau subscriptions list` dan `pantau feeds list`.",
    ),
    "alerts.more-matches": Text(
        en="and {count:n more match|more matches}", id="dan {count:n kecocokan lagi}"
    ),
    "alerts.suspended": Text(
        en="Subscription suspended: {name}", id="Langganan ditangguhkan: {name}"
    ),
    "alerts.suspended-at": Text(
        en="The article that it stopped at:", id="Artikel tempat langganan itu berhenti:"
    ),
    "alerts.in-summary": Text(en="in summary {id}", id="dalam ringkasan {id}"),
    "alerts.problem": Text(en="({problem})", id="({problem})"),
    "alerts.problem-after": Text(
        en="({tries:n try|tries}: {problem})", id="({tries:n percobaan}: {problem})"
    ),
    "alerts.next-try": Text(en="next try {when}", id="percobaan berikutnya {when}"),
    "alerts.pending": Text(en="pending", id="menunggu"),
    "alerts.retrying": Text(en="retrying", id="dicoba lagi"),
    "alerts.delivered": Text(en="delivered", id="terkirim"),
    "alerts.summarized": Text(en="summarized", id="diringkas"),
    "alerts.failed": Text(en="failed", id="gagal"),
    "alerts.cancelled": Text(en="cancelled", id="dibatalkan"),
    "alerts.waits-for-message": Text(
        en="waits for the next message, at {when}", id="menunggu pesan berikutnya, {when}"
    ),
    "alerts.waits-for-unmute": Text(
        en="waits until the subscription is no longer muted",
        id="menunggu sampai langganan tidak lagi dibisukan",
    ),
    "alerts.waits-for-sources": Text(
        en="waits until {count:n source has|sources have} the story",
        id="menunggu sampai {count:n sumber} memuat peristiwanya",
    ),
    "alerts.waits-for-count": Text(
        en="counted; a message comes once there are enough",
        id="dihitung; pesan datang setelah jumlahnya cukup",
    ),
    "alerts.in-no-message": Text(
        en="in no message, by the rules of the subscription (see `pantau subscriptions show`)",
        id="tidak masuk pesan, sesuai aturan langganan (lihat `pantau subscriptions show`)",
    ),
    "alerts.story-reported": Text(
        en="in no message: only an earlier article of its story is reported "
        "(`pantau search '*' --story {story}` lists all)",
        id="tidak masuk pesan: dari cerita ini hanya artikel sebelumnya yang dilaporkan "
        "(`pantau search '*' --story {story}` menampilkan semuanya)",
    ),
    "alerts.story-not-grown": Text(
        en="in no message: its story was reported, and had not grown since "
        "(`pantau search '*' --story {story}` lists all)",
        id="tidak masuk pesan: cerita ini sudah dilaporkan dan sejak itu belum berkembang "
        "(`pantau search '*' --story {story}` menampilkan semuanya)",
    ),
    "alerts.summary-subscriptions": Text(en="Subscriptions: {names}", id="Langganan: {names}"),
    "alerts.summary-feeds": Text(en="Feeds: {names}", id="Umpan: {names}"),
    "alerts.summary-unknown": Text(en="unknown", id="tidak dikenal"),
    "alerts.summary-more": Text(en="and {count:n} more", id="dan {count:n} lagi"),
    "alerts.more-in-one": Text(
        en="{count:n more alert|more alerts} in one message ({since} to {until})",
        id="{count:n pemberitahuan lagi} dalam satu pesan ({since} sampai {until})",
    ),
}
