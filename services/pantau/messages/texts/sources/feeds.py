"""Feeds: `pantau feeds`."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "feeds.other": Text(en="{text}", id="{text}"),
    "feeds.missing": Text(
        en="no feed has the address, title or id {named!r}; see {$feeds list}",
        id="tidak ada umpan dengan alamat, judul atau id {named!r}; lihat {$feeds list}",
    ),
    "feeds.missing-near": Text(
        en="no feed has the address, title or id {named!r}; did you mean {near!r}? "
        "See {$feeds list}",
        id="tidak ada umpan dengan alamat, judul atau id {named!r}; maksud Anda {near!r}? "
        "Lihat {$feeds list}",
    ),
    "feeds.several": Text(
        en="{named!r} is the title, or the start of the id, of several feeds: {ids}",
        id="{named!r} adalah judul, atau awal id, beberapa umpan: {ids}",
    ),
    "feeds.never": Text(
        en="{url!r} cannot be watched: {reason}", id="{url!r} tidak dapat dipantau: {reason}"
    ),
    "feeds.invalid": Text(en="{text}", id="{text}"),
    "feeds.mailbox-password": Text(
        en="a mail server needs a password; write it into a file and give --password-file FILE",
        id="server surel memerlukan kata sandi; tulis ke berkas dan berikan --password-file BERKAS",
    ),
    "feeds.one-title": Text(
        en="--title names one feed; give one URL with it",
        id="--title menamai satu umpan; berikan satu URL saja",
    ),
    "feeds.selectors-without-page": Text(
        en="selectors go with --page, which reads a page as a list of articles",
        id="selektor dipakai bersama --page, yang membaca halaman sebagai daftar artikel",
    ),
    "feeds.nothing-to-change": Text(
        en="nothing to change; name what to change, such as {--title} or {--interval}",
        id="tidak ada yang diubah; sebutkan yang diubah, misalnya {--title} atau {--interval}",
    ),
    "feeds.no-reset": Text(
        en="--reset: there is no setting {name!r}; it is one of {choices}",
        id="--reset: tidak ada pengaturan {name!r}; pilihannya {choices}",
    ),
    "feeds.header-form": Text(
        en="--header: write it as NAME:VALUE, such as 'Accept-Language: id'",
        id="--header: tulis sebagai NAMA:NILAI, seperti 'Accept-Language: id'",
    ),
    "feeds.password-unread": Text(
        en="--password-file: {file}: {reason}", id="--password-file: {file}: {reason}"
    ),
    "feeds.password-empty": Text(
        en="--password-file: {file} is empty", id="--password-file: {file} kosong"
    ),
    "feeds.no-time-zone": Text(
        en="{--time-zone}: {name!r} is no time zone; expected a name such as Asia/Jakarta or WIB",
        id="{--time-zone}: {name!r} bukan zona waktu; seharusnya nama seperti Asia/Jakarta atau "
        "WIB",
    ),
    "feeds.nothing-there": Text(en="there is no feed", id="tidak ada umpan di sana"),
    "feeds.page-without-feed": Text(
        en="a web page that names no feed; look on the site for RSS, and give that address",
        id="halaman web yang tidak menyebut umpan; cari RSS di situsnya, lalu berikan alamatnya",
    ),
    "feeds.not-added": Text(
        en="not added: {url}: {reason}", id="tidak ditambahkan: {url}: {reason}"
    ),
    "feeds.try-no-check": Text(
        en="With --no-check it is added all the same, and tried again and again.",
        id="Dengan --no-check umpan tetap ditambahkan, dan dicoba terus.",
    ),
    "feeds.page-one": Text(
        en="{page} is a web page; its feed is {url}", id="{page} adalah halaman web; umpannya {url}"
    ),
    "feeds.leads-to": Text(
        en="{url} leads to the feed {feed}", id="{url} mengarah ke umpan {feed}"
    ),
    "feeds.page-several": Text(
        en="{page} is a web page with {count} feeds:",
        id="{page} adalah halaman web dengan {count} umpan:",
    ),
    "feeds.add-one": Text(
        en="Add the one that you want by its address.",
        id="Tambahkan yang diinginkan dengan alamatnya.",
    ),
    "feeds.which": Text(en="Which one", id="Yang mana"),
    "feeds.added": Text(en="added: {feed}", id="ditambahkan: {feed}"),
    "feeds.added-with": Text(
        en="added: {feed}, {count:n article|articles} now",
        id="ditambahkan: {feed}, {count:n artikel} sekarang",
    ),
    "feeds.changed": Text(en="changed: {feed}", id="diubah: {feed}"),
    "feeds.unchanged": Text(en="already watched: {feed}", id="sudah dipantau: {feed}"),
    "feeds.unreadable": Text(
        en="feed {id} cannot be read by this version of Pantau ({reason}); upgrade it, or run "
        "`pantau feeds remove {id}`",
        id="umpan {id} tidak dapat dibaca oleh versi Pantau ini ({reason}); mutakhirkan, atau "
        "jalankan `pantau feeds remove {id}`",
    ),
    "feeds.removed-unreadable": Text(
        en="removed: {id}, which could not be read", id="dihapus: {id}, yang tidak dapat dibaca"
    ),
    "feeds.removed": Text(en="removed: {title} ({id})", id="dihapus: {title} ({id})"),
    "feeds.paused": Text(en="paused: {title} ({id})", id="dijeda: {title} ({id})"),
    "feeds.resumed": Text(en="resumed: {title} ({id})", id="dilanjutkan: {title} ({id})"),
    "feeds.due-now": Text(en="due now: {title} ({id})", id="segera diperiksa: {title} ({id})"),
    "feeds.paused-stay": Text(
        en="{count:n} paused; `pantau feeds resume` lets them be polled",
        id="{count:n} dijeda; `pantau feeds resume` membuatnya diperiksa lagi",
    ),
    "feeds.none": Text(
        en="No feeds yet; add one by `pantau feeds add URL`.",
        id="Belum ada umpan; tambahkan dengan `pantau feeds add URL`.",
    ),
    "feeds.no-problems": Text(en="No feed has a problem.", id="Tidak ada umpan yang bermasalah."),
    "feeds.offline": Text(
        en="No feed's host can be looked up: this machine has no network, or its name servers do "
        "not answer.",
        id="Tidak satu pun host umpan dapat ditemukan: mesin ini tidak terhubung ke jaringan, "
        "atau server nama (DNS) tidak menjawab.",
    ),
    "feeds.counts": Text(en="{count:n feed|feeds}: {counts}", id="{count:n umpan}: {counts}"),
    "feeds.is-new": Text(en="new", id="baru"),
    "feeds.is-ok": Text(en="ok", id="baik"),
    "feeds.is-warning": Text(en="warning", id="peringatan"),
    "feeds.is-limited": Text(en="limited", id="dibatasi"),
    "feeds.is-error": Text(en="error", id="galat"),
    "feeds.is-paused": Text(en="paused", id="dijeda"),
    "feeds.due": Text(en="due", id="gilirannya"),
    "feeds.column-status": Text(en="status", id="keadaan"),
    "feeds.column-articles": Text(en="articles", id="artikel"),
    "feeds.column-polled": Text(en="polled", id="diperiksa"),
    "feeds.column-next": Text(en="next", id="berikutnya"),
    "feeds.column-feed": Text(en="feed", id="umpan"),
    "feeds.column-published": Text(en="published", id="terbit"),
    "feeds.column-characters": Text(en="characters", id="karakter"),
    "feeds.column-article": Text(en="article", id="artikel"),
    "feeds.moved": Text(en="moved to {url}", id="pindah ke {url}"),
    "feeds.moving": Text(
        en="moved to {url}, as its server says since {since}; "
        "the old address is asked until that has held for days",
        id="pindah ke {url}, kata servernya sejak {since}; "
        "alamat lama tetap ditanya sampai berlaku beberapa hari",
    ),
    "feeds.hub-active": Text(
        en="hub {hub} delivers: {count:n} so far, the last {last}; polls only check it",
        id="hub {hub} mengirim: {count:n} sejauh ini, terakhir {last}; pemeriksaan berkala hanya "
        "memastikannya",
    ),
    "feeds.hub-tried": Text(
        en="hub {hub} verified the subscription and has delivered nothing yet; "
        "polled on the usual schedule",
        id="hub {hub} mengesahkan langganan dan belum mengirim apa pun; "
        "diperiksa menurut jadwal biasa",
    ),
    "feeds.hub-missed": Text(
        en="hub {hub} missed {missed:n} articles and is not relied upon; "
        "polled on the usual schedule",
        id="hub {hub} melewatkan {missed:n} artikel dan tidak diandalkan; "
        "diperiksa menurut jadwal biasa",
    ),
    "feeds.hub-lapsed": Text(
        en="the lease of hub {hub} has ended; polled on the usual schedule. {problem}",
        id="masa langganan di hub {hub} sudah berakhir; diperiksa menurut jadwal biasa. {problem}",
    ),
    "feeds.hub-pending": Text(
        en="hub {hub} has not verified the subscription yet; polled on the usual schedule. "
        "{problem}",
        id="hub {hub} belum mengesahkan langganan; diperiksa menurut jadwal biasa. {problem}",
    ),
    "feeds.hub-denied": Text(
        en="hub {hub}: {problem}; polled on the usual schedule",
        id="hub {hub}: {problem}; diperiksa menurut jadwal biasa",
    ),
    "feeds.and": Text(en="{first}; {rest}", id="{first}; {rest}"),
    "feeds.limited": Text(
        en="limited: {waiting:n} of today's articles wait; "
        "it gave more than {quota:n} in a day (poll.articles_per_day)",
        id="dibatasi: {waiting:n} artikel hari ini menunggu; "
        "umpan ini memberi lebih dari {quota:n} sehari (poll.articles_per_day)",
    ),
    "feeds.limited-domain": Text(
        en="limited: {waiting:n} of today's articles wait; the feeds of its domain gave more "
        "than {quota:n} in a day (poll.articles_per_day)",
        id="dibatasi: {waiting:n} artikel hari ini menunggu; umpan-umpan domainnya memberi lebih "
        "dari {quota:n} sehari (poll.articles_per_day)",
    ),
    "feeds.waiting": Text(
        en="{count:n} more articles wait for their turn",
        id="{count:n} artikel lagi menunggu giliran",
    ),
    "feeds.adding": Text(en="adding feeds", id="menambahkan umpan"),
    "feeds.more-warnings": Text(en="{count} more like these", id="{count} lagi seperti ini"),
    "feeds.imported": Text(
        en="{count:n feed|feeds} added, {known} watched already",
        id="{count:n umpan} ditambahkan, {known} sudah dipantau",
    ),
    "feeds.imported-but": Text(
        en="{count:n feed|feeds} added, {known} watched already, {refused} left out",
        id="{count:n umpan} ditambahkan, {known} sudah dipantau, {refused} dilewati",
    ),
    "feeds.exported": Text(
        en="{count:n feed|feeds} written to {file}", id="{count:n umpan} ditulis ke {file}"
    ),
    "feeds.file-failed": Text(en="{file}: {reason}", id="{file}: {reason}"),
    "feeds.list-too-long": Text(
        en="{name}: more than {limit:n} bytes: no list of feeds",
        id="{name}: lebih dari {limit:n} bita: bukan daftar umpan",
    ),
    "feeds.list-unread": Text(en="{name}: {reason}", id="{name}: {reason}"),
    "feeds.no-list": Text(
        en="{name}: {reason}; expected an OPML file, as feed readers export it, or a list of "
        "addresses, one a line",
        id="{name}: {reason}; seharusnya berkas OPML, seperti yang diekspor pembaca umpan, atau "
        "daftar alamat, satu per baris",
    ),
    "feeds.no-file": Text(
        en="{name}: there is no such file; for a page of the web give its whole address, "
        "https://...",
        id="{name}: tidak ada berkas itu; untuk halaman web berikan alamat lengkapnya, https://...",
    ),
    "feeds.no-feed": Text(en="no feed: {reason}", id="bukan umpan: {reason}"),
    "feeds.no-feed-but-page": Text(
        en="no feed: a web page; it names these feeds:",
        id="bukan umpan: halaman web; umpan yang disebutnya:",
    ),
    "feeds.test-as-watched": Text(
        en="this feed is watched: {feed}; it is asked for with its own settings",
        id="umpan ini dipantau: {feed}; diminta dengan setelannya sendiri",
    ),
    "feeds.test-without-store": Text(
        en="the list of feeds cannot be read, so no settings of a watched feed are used: {reason}",
        id="daftar umpan tidak dapat dibaca, jadi setelan umpan yang dipantau tidak dipakai: "
        "{reason}",
    ),
    "feeds.untitled": Text(en="without a title", id="tanpa judul"),
    "feeds.read": Text(
        en="{title} ({format}): {count:n article|articles}",
        id="{title} ({format}): {count:n artikel}",
    ),
    "feeds.declares-license": Text(
        en="robots.txt names a licence for its content: {license}",
        id="robots.txt menyebut lisensi untuk isinya: {license}",
    ),
    "feeds.declares-usage": Text(
        en="robots.txt declares how its content may be used (Content-Usage): {usage}",
        id="robots.txt menyatakan penggunaan isinya (Content-Usage): {usage}",
    ),
    "feeds.no-date": Text(en="no date", id="tanpa tanggal"),
}
