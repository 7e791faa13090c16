"""How things stand: what `pantau run` reports."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "status.failed": Text(
        en="{count:n delivery|deliveries} failed ({reason}); "
        "`pantau dead-letters retry --stage notifier --all` sends them again",
        id="{count:n pengiriman} gagal ({reason}); "
        "`pantau dead-letters retry --stage notifier --all` mengirimnya lagi",
    ),
    "status.waiting": Text(
        en="{count:n delivery waits|deliveries wait} for your settings: {reason}",
        id="{count:n pengiriman} menunggu pengaturan Anda: {reason}",
    ),
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
        en="{count:n feed|feeds} with problems ({kinds}): `pantau feeds list --problems`",
        id="{count:n umpan} bermasalah ({kinds}): `pantau feeds list --problems`",
    ),
    "status.offline": Text(
        en="no feed can be read: is this machine connected to the internet?",
        id="tidak ada umpan yang terbaca: apakah mesin ini terhubung ke internet?",
    ),
    "status.kind": Text(en="{count:n} {kind}", id="{count:n} {kind}"),
    "status.limited": Text(en="limited", id="dibatasi"),
    "status.http": Text(en="{status} {phrase}", id="{status} {phrase}"),
    "status.no-such-host": Text(en="there is no such host", id="tidak ada host itu"),
    "status.no-name-server": Text(
        en="the name servers did not answer", id="peladen nama tidak menjawab"
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
    "status.not-opened": Text(
        en="{path}: cannot be opened: {reason}", id="{path}: tidak dapat dibuka: {reason}"
    ),
}
