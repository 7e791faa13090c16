"""How things stand: what `pantau run` reports."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "status.held": Text(
        en="{count:n alert waits|alerts wait} until a subscription is no longer muted",
        id="{count:n pemberitahuan} menunggu sampai langganannya tidak lagi dibisukan",
    ),
    "status.held-until": Text(
        en="{count:n alert waits|alerts wait} for a message of their subscription; the next one "
        "is due {when}, while `pantau run` works",
        id="{count:n pemberitahuan} menunggu pesan langganannya; pesan berikutnya {when}, selama "
        "`pantau run` berjalan",
    ),
    "status.failed": Text(
        en="{count:n delivery|deliveries} failed ({reason}); "
        "`pantau dead-letters retry --stage notifier --all` sends them again",
        id="{count:n pengiriman} gagal ({reason}); "
        "`pantau dead-letters retry --stage notifier --all` mengirimnya lagi",
    ),
    "status.failed-stopped": Text(
        en="{count:n delivery|deliveries} failed because {channels} is stopped; resume it, then "
        "`pantau dead-letters retry --stage notifier --all` sends them again",
        id="{count:n pengiriman} gagal karena {channels} dihentikan; lanjutkan saluran itu, lalu "
        "`pantau dead-letters retry --stage notifier --all` mengirimnya lagi",
    ),
    "status.failed-stopped-several": Text(
        en="{count:n delivery|deliveries} failed because {channels:n channel is|channels are} "
        "stopped: `pantau channels list --stopped`; resume them, then "
        "`pantau dead-letters retry --stage notifier --all` sends them again",
        id="{count:n pengiriman} gagal karena {channels:n saluran} dihentikan: "
        "`pantau channels list --stopped`; lanjutkan saluran itu, lalu "
        "`pantau dead-letters retry --stage notifier --all` mengirimnya lagi",
    ),
    "status.rejected": Text(
        en="{count:n record|records} failed in the {stage} and went no further: "
        "`pantau dead-letters list --stage {stage}` says why, "
        "`pantau dead-letters retry --stage {stage} --all` tries again",
        id="{count:n rekaman} gagal di {stage} dan tidak diolah lebih lanjut: "
        "`pantau dead-letters list --stage {stage}` menyebut sebabnya, "
        "`pantau dead-letters retry --stage {stage} --all` mencobanya lagi",
    ),
    "status.channel-stopped": Text(
        en="{channel} is stopped since {since}: {reason}; use it again by `{command}`",
        id="{channel} dihentikan sejak {since}: {reason}; pakai lagi dengan `{command}`",
    ),
    "status.channel-failing": Text(
        en="{channel} refuses alerts since {since}: {reason}; once that is mended, "
        "`{command}` sends them again",
        id="{channel} menolak pemberitahuan sejak {since}: {reason}; setelah itu diperbaiki, "
        "`{command}` mengirimnya lagi",
    ),
    "status.channel-waits": Text(
        en="{channel} waits for your settings since {since}: {reason}; once they are mended, "
        "`{command}` tries it",
        id="{channel} menunggu pengaturan Anda sejak {since}: {reason}; setelah diperbaiki, "
        "`{command}` mencobanya",
    ),
    "status.channel-down": Text(
        en="{channel} does not answer since {since}: {reason}; it is tried again by itself",
        id="{channel} tidak menjawab sejak {since}: {reason}; dicoba lagi dengan sendirinya",
    ),
    "status.more-channels": Text(
        en="{count:n more channel has|more channels have} problems: "
        "`pantau channels list --failing`",
        id="{count:n saluran lagi} bermasalah: `pantau channels list --failing`",
    ),
    "status.first-polls": Text(
        en="no alerts yet: what a feed lists at its first poll is of the past and alerts nobody; "
        "`pantau search '*'` shows it, `pantau replay --subscription NAME --alert` raises alerts "
        "for it",
        id="belum ada pemberitahuan: yang tercantum saat umpan pertama kali diperiksa adalah "
        "artikel lama dan tidak diberitahukan; `pantau search '*'` menampilkannya, "
        "`pantau replay --subscription NAMA --alert` membuat pemberitahuannya",
    ),
    "status.waiting": Text(
        en="{count:n delivery waits|deliveries wait} for your settings: {reason}",
        id="{count:n pengiriman} menunggu pengaturan Anda: {reason}",
    ),
    "status.folder": Text(
        en="data folder: {folder} ({reason})", id="folder data: {folder} ({reason})"
    ),
    "status.chosen-by-option": Text(en="named by --data", id="disebut dengan --data"),
    "status.chosen-by-variable": Text(
        en="named by the variable PANTAU_DATA", id="disebut oleh variabel PANTAU_DATA"
    ),
    "status.chosen-by-default": Text(
        en="this user's default; --data or PANTAU_DATA names another one",
        id="bawaan pengguna ini; --data atau PANTAU_DATA menyebut yang lain",
    ),
    "status.disk": Text(
        en="disk: {used} used by it, {free} free", id="disk: {used} terpakai, {free} tersisa"
    ),
    "status.disk-nearly-full": Text(
        en="the disk is nearly full ({free} free): free some space, or lower keep.days; when it is "
        "full, Pantau waits, and nothing new is stored",
        id="disk hampir penuh (tersisa {free}): kosongkan sebagian, atau kecilkan keep.days; "
        "begitu penuh, Pantau menunggu, dan yang baru tidak tersimpan",
    ),
    "status.running": Text(en="running", id="berjalan"),
    "status.running-since": Text(
        en="running since {since}, as process {process}",
        id="berjalan sejak {since}, sebagai proses {process}",
    ),
    "status.not-running": Text(
        en="not running; start it by `pantau run`", id="tidak berjalan; mulai dengan `pantau run`"
    ),
    "status.services": Text(
        en="services over {servers}: each of them answers at its own /readyz",
        id="layanan di atas {servers}: masing-masing menjawab di /readyz-nya sendiri",
    ),
    "status.restart-for": Text(
        en="changed settings that wait for a restart: {names}",
        id="pengaturan berubah yang menunggu mulai ulang: {names}",
    ),
    "status.settings-fault": Text(
        en="the changed settings were not taken: {fault}",
        id="perubahan pengaturan tidak diterapkan: {fault}",
    ),
    "status.settings-live": Text(
        en="settings changed, and count from now on: {names}",
        id="pengaturan berubah, dan berlaku mulai sekarang: {names}",
    ),
    "status.settings-restart": Text(
        en="settings changed that count only after a restart: {names}",
        id="pengaturan berubah yang baru berlaku setelah mulai ulang: {names}",
    ),
    "status.last-article": Text(
        en="last article: {title} ({source}), seen {seen}",
        id="artikel terakhir: {title} ({source}), terlihat {seen}",
    ),
    "status.last-poll": Text(en="last poll: {when}", id="pemeriksaan terakhir: {when}"),
    "status.next-polls": Text(en="next polls: {polls}", id="pemeriksaan berikutnya: {polls}"),
    "status.poll-at": Text(en="{title} at {when}", id="{title} pada {when}"),
    "status.poll-now": Text(en="{title} now", id="{title} sekarang"),
    "status.counts": Text(
        en="{feeds:n feed|feeds}, {articles:n article|articles}, "
        "{subscriptions:n subscription|subscriptions}, {alerts:n alert|alerts}",
        id="{feeds:n umpan}, {articles:n artikel}, {subscriptions:n langganan}, "
        "{alerts:n pemberitahuan}",
    ),
    "status.counts-waiting": Text(
        en="{counts}; {waiting:n record|records} to process",
        id="{counts}; {waiting:n catatan} menunggu diproses",
    ),
    "status.no-feeds": Text(
        en="no feeds yet: add one by `pantau feeds add URL`, or run with --starter",
        id="belum ada umpan: tambahkan dengan `pantau feeds add URL`, "
        "atau jalankan dengan --starter",
    ),
    "status.problems": Text(
        en="{count:n feed has a problem|feeds have problems}: {kinds}; see "
        "`pantau feeds list --problems`",
        id="{count:n umpan} bermasalah: {kinds}; lihat `pantau feeds list --problems`",
    ),
    "status.offline": Text(
        en="no feed can be read: is this machine connected to the internet?",
        id="tidak ada umpan yang terbaca: apakah mesin ini terhubung ke internet?",
    ),
    "status.kind": Text(en="{kind} ({count:n feed|feeds})", id="{kind} ({count:n umpan})"),
    "status.kinds": Text(en="{first}, {rest}", id="{first}, {rest}"),
    "status.more-kinds": Text(
        en="{count:n feed|feeds} with other problems", id="{count:n umpan} dengan masalah lain"
    ),
    "status.may-have-missed": Text(
        en="articles may have been missed", id="mungkin ada artikel yang terlewat"
    ),
    "status.silent": Text(
        en="nothing new for unusually long", id="tidak ada yang baru lebih lama dari biasanya"
    ),
    "status.moves": Text(en="it redirects to another feed", id="dialihkan ke umpan lain"),
    "status.odd-dates": Text(
        en="dates that cannot be right", id="tanggal yang tidak mungkin benar"
    ),
    "status.changing-texts": Text(
        en="texts that change at every poll", id="teks yang berubah pada setiap pemeriksaan"
    ),
    "status.limited": Text(en="limited", id="dibatasi"),
    "status.http": Text(en="{status} {phrase}", id="{status} {phrase}"),
    "status.no-such-host": Text(en="there is no such host", id="tidak ada host itu"),
    "status.no-name-server": Text(
        en="the name servers did not answer", id="server nama tidak menjawab"
    ),
    "status.not-allowed": Text(
        en="an address that is not allowed", id="alamat yang tidak diizinkan"
    ),
    "status.page": Text(en="a web page, no feed", id="halaman web, bukan umpan"),
    "status.no-feed": Text(en="a document that is no feed", id="dokumen yang bukan umpan"),
    "status.unread": Text(en="written by another version", id="ditulis oleh versi lain"),
    "status.other": Text(en="{text}", id="{text}"),
    "status.all-without-once": Text(
        en="--all goes with --once; without it, every feed is polled in its own time",
        id="--all dipakai bersama --once; tanpanya, tiap umpan diperiksa pada waktunya sendiri",
    ),
    "status.watching": Text(en="watching with {store}", id="memantau dengan {store}"),
    "status.watching-until": Text(
        en="watching with {store}; Ctrl-C ends it",
        id="memantau dengan {store}; Ctrl-C untuk berhenti",
    ),
    "status.starter": Text(
        en="added {count:n starter feed|starter feeds}; change them with `pantau feeds`",
        id="{count:n umpan awal} ditambahkan; ubah dengan `pantau feeds`",
    ),
    "status.stopping": Text(
        en="{signal}: stopping after what is under way",
        id="{signal}: berhenti setelah yang sedang berjalan selesai",
    ),
    "status.stopped": Text(en="stopped: {counts}", id="berhenti: {counts}"),
    "status.locked": Text(
        en="{folder} is already watched by process {process}; stop it, or give another --data",
        id="{folder} sudah dipantau oleh proses {process}; hentikan, atau berikan --data lain",
    ),
    "status.folder-not-opened": Text(
        en="{path}: cannot be opened: {reason}; make the data folder writable, or name another by "
        "--data",
        id="{path}: tidak dapat dibuka: {reason}; jadikan folder data dapat ditulisi, atau "
        "sebutkan yang lain dengan --data",
    ),
    "status.not-opened": Text(
        en="{path}: cannot be opened: {reason}", id="{path}: tidak dapat dibuka: {reason}"
    ),
}
