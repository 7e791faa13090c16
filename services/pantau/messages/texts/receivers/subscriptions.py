"""Subscriptions: `pantau subscribe` and `pantau subscriptions`."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "subscriptions.feed-made": Text(
        en="Feed of {name}, shown this once (.json instead of .atom for JSON Feed):\n{address}",
        id="Umpan {name}, hanya ditampilkan sekali (.json alih-alih .atom untuk JSON Feed):\n"
        "{address}",
    ),
    "subscriptions.feed-ended": Text(
        en="The feed of {name} has no address any more.",
        id="Umpan {name} tidak lagi mempunyai alamat.",
    ),
    "subscriptions.no-feed": Text(
        en="The feed of {name} has no address.", id="Umpan {name} tidak mempunyai alamat."
    ),
    "subscriptions.missing": Text(
        en="no subscription has the id or name {reference!r}; see {$subscriptions list}",
        id="tidak ada langganan dengan id atau nama {reference!r}; lihat {$subscriptions list}",
    ),
    "subscriptions.missing-near": Text(
        en="no subscription has the id or name {reference!r}; did you mean {near!r}? "
        "See {$subscriptions list}",
        id="tidak ada langganan dengan id atau nama {reference!r}; maksud Anda {near!r}? "
        "Lihat {$subscriptions list}",
    ),
    "subscriptions.several": Text(
        en="{count} subscriptions fit {reference!r}; give more of the id: {ids}",
        id="{count} langganan cocok dengan {reference!r}; berikan id yang lebih panjang: {ids}",
    ),
    "subscriptions.id-taken": Text(
        en="{--id} {id!r}: there is one already; remove it first, "
        "by `pantau subscriptions remove {id}`, or choose another id",
        id="{--id} {id!r}: sudah ada; hapus dahulu dengan `pantau subscriptions remove {id}`, "
        "atau pilih id lain",
    ),
    "subscriptions.name-taken": Text(
        en="another subscription has the name {name!r} already: {id}, {query}; "
        "choose another name, or {sure} to have the name twice",
        id="sudah ada langganan lain bernama {name!r}: {id}, {query}; "
        "pilih nama lain, atau {sure} untuk memakai nama itu dua kali",
    ),
    "subscriptions.query-taken": Text(
        en="subscription {name!r} ({id}) has the same query and the same channels already: "
        "{query}; {sure} to save it twice",
        id="langganan {name!r} ({id}) sudah memiliki kueri dan saluran yang sama: {query}; "
        "{sure} untuk menyimpannya dua kali",
    ),
    "subscriptions.asked-already": Text(
        en="subscription {name!r} ({id}) has the same query already: {query}",
        id="langganan {name!r} ({id}) sudah memiliki kueri yang sama: {query}",
    ),
    "subscriptions.doubt-everything": Text(
        en="every article matches this query; {sure} to save it all the same",
        id="setiap artikel cocok dengan kueri ini; {sure} untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-nothing": Text(
        en="no article can match this query; {sure} to save it all the same",
        id="tidak ada artikel yang dapat cocok dengan kueri ini; {sure} untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-field": Text(
        en="there is no field {field}, so this part of the query matches nothing; the fields are "
        "{fields}; {sure} to save it all the same",
        id="tidak ada kolom {field}, jadi bagian kueri ini tidak cocok dengan apa pun; kolomnya "
        "{fields}; {sure} untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-field-near": Text(
        en="there is no field {field}, so this part of the query matches nothing; did you mean "
        "{near}? The fields are {fields}; {sure} to save it all the same",
        id="tidak ada kolom {field}, jadi bagian kueri ini tidak cocok dengan apa pun; maksud "
        "Anda {near}? Kolomnya {fields}; {sure} untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-other-field": Text(
        en="there is no field {written}, so this part of the query matches nothing; write {field}, "
        "or {sure} to save it all the same",
        id="tidak ada kolom {written}, jadi bagian kueri ini tidak cocok dengan apa pun; tulis "
        "{field}, atau {sure} untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-value": Text(
        en="no article has {field} {written}; values are codes such as {known}; {sure} to save "
        "it all the same",
        id="tidak ada artikel dengan {field} {written}; nilainya kode seperti {known}; {sure} "
        "untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-feed": Text(
        en="no article has {field} {written}, which is the name of a feed; write {meant}, or "
        "{sure} to save it all the same",
        id="tidak ada artikel dengan {field} {written}; itu nama umpan, jadi tulis {meant}, "
        "atau {sure} untuk tetap menyimpannya",
    ),
    "subscriptions.doubt-form": Text(
        en="no article has {field} {written}; write {meant}, or {sure} to save it all the same",
        id="tidak ada artikel dengan {field} {written}; tulis {meant}, atau {sure} untuk "
        "tetap menyimpannya",
    ),
    "subscriptions.preview-polls": Text(
        en="Its feeds are asked next: {polls}", id="Umpannya diperiksa berikutnya: {polls}"
    ),
    "subscriptions.preview-waiting": Text(
        en="Not counted: {count:n feed that was|feeds that were} not polled yet; `pantau run` "
        "polls them, and their articles are stored then.",
        id="Belum terhitung: {count:n umpan} yang belum pernah diperiksa; `pantau run` "
        "memeriksanya, dan barulah artikelnya tersimpan.",
    ),
    "subscriptions.preview-no-feeds": Text(
        en="No feed is watched yet; add one by `pantau feeds add URL`.",
        id="Belum ada umpan yang dipantau; tambahkan dengan `pantau feeds add URL`.",
    ),
    "subscriptions.reads": Text(en="It means: {words}", id="Artinya: {words}"),
    "subscriptions.count-days": Text(
        en="{count:n} in the last {days:n day|days}", id="{count:n} dalam {days:n hari} terakhir"
    ),
    "subscriptions.count-least": Text(
        en="at least {count:n} in the last {days:n day|days}",
        id="sedikitnya {count:n} dalam {days:n hari} terakhir",
    ),
    "subscriptions.counted": Text(
        en="Stored articles that match: {counts}", id="Artikel tersimpan yang cocok: {counts}"
    ),
    "subscriptions.example": Text(
        en="For example: {title} ({source})", id="Misalnya: {title} ({source})"
    ),
    "subscriptions.trial-title": Text(
        en="Trial message of Pantau", id="Pesan percobaan dari Pantau"
    ),
    "subscriptions.trial-text": Text(
        en="This is a trial. Alerts of the subscription {name} arrive like this.",
        id="Ini percobaan. Pemberitahuan langganan {name} akan datang seperti ini.",
    ),
    "subscriptions.trial-sent": Text(en="sent: {channel}", id="terkirim: {channel}"),
    "subscriptions.trial-failed": Text(
        en="not sent: {channel}: {problem}", id="tidak terkirim: {channel}: {problem}"
    ),
    "subscriptions.last-alert": Text(
        en="last alert {when}, {count:n} in 7 days",
        id="pemberitahuan terakhir {when}, {count:n} dalam 7 hari",
    ),
    "subscriptions.none-such": Text(
        en="No subscription is so; see `pantau subscriptions list`.",
        id="Tidak ada langganan seperti itu; lihat `pantau subscriptions list`.",
    ),
    "subscriptions.name-or-tag": Text(
        en="name subscriptions, or choose them by their tag: one of both",
        id="sebutkan langganan, atau pilih menurut tandanya: salah satu saja",
    ),
    "subscriptions.no-tag": Text(
        en="no subscription has the tag {tags}; there are: {known}",
        id="tidak ada langganan dengan tanda {tags}; yang ada: {known}",
    ),
    "subscriptions.no-tag-yet": Text(en="none yet", id="belum ada"),
    "subscriptions.tagged": Text(
        en="{count:n subscription|subscriptions} with the tag {tags} will be {done}: {names}; "
        "add --yes to do it unasked",
        id="{count:n langganan} dengan tanda {tags} akan {done}: {names}; tambahkan --yes untuk "
        "melakukannya tanpa ditanya",
    ),
    "subscriptions.will-pause": Text(en="paused", id="dijeda"),
    "subscriptions.will-resume": Text(en="resumed", id="dilanjutkan"),
    "subscriptions.will-remove": Text(en="removed", id="dihapus"),
    "subscriptions.will-change": Text(en="changed", id="diubah"),
    "subscriptions.one-alone": Text(
        en="{--name} and {--query} change one subscription: name it in place of a tag",
        id="{--name} dan {--query} mengubah satu langganan: sebutkan langganannya, bukan tandanya",
    ),
    "subscriptions.no-change": Text(
        en="nothing is to be changed; name what to change, such as {--query} or {--to}",
        id="tidak ada yang diubah; sebutkan yang diubah, misalnya {--query} atau {--to}",
    ),
    "subscriptions.no-such-channel": Text(
        en="it has no channel {channel!r}; see {$subscriptions show}",
        id="tidak ada saluran {channel!r} padanya; lihat {$subscriptions show}",
    ),
    "subscriptions.no-such-channel-near": Text(
        en="it has no channel {channel!r}; did you mean {near!r}? See {$subscriptions show}",
        id="tidak ada saluran {channel!r} padanya; maksud Anda {near!r}? "
        "Lihat {$subscriptions show}",
    ),
    "subscriptions.edited": Text(en="Changed: {name}", id="Diubah: {name}"),
    "subscriptions.moved": Text(
        en="{count:n open delivery goes|open deliveries go} to the new channel.",
        id="{count:n kiriman tertunda} dialihkan ke saluran baru.",
    ),
    "subscriptions.imported": Text(
        en="{made:n new subscription|new subscriptions}, {changed:n} changed.",
        id="{made:n langganan baru}, {changed:n} diubah.",
    ),
    "subscriptions.row": Text(en="line {line}: {fault}", id="baris {line}: {fault}"),
    "subscriptions.row-no-json": Text(
        en="expected an object of JSON, such as {example}",
        id="seharusnya objek JSON, seperti {example}",
    ),
    "subscriptions.row-no-query": Text(
        en="expected a line of titles with the column query, or with id to change subscriptions",
        id="seharusnya baris judul dengan kolom query, atau id untuk mengubah langganan",
    ),
    "subscriptions.row-no-text": Text(
        en="the text is not UTF-8; save the file as UTF-8, as CSV UTF-8 in a spreadsheet program",
        id="teksnya bukan UTF-8; simpan berkas sebagai UTF-8, atau CSV UTF-8 di program lembar "
        "kerja",
    ),
    "subscriptions.row-cells": Text(
        en="it has more cells than the {count:n title|titles}; put a cell with the separator in "
        "quotes",
        id="selnya lebih banyak daripada {count:n judul}; apit sel yang memuat pemisah dengan "
        "tanda kutip",
    ),
    "subscriptions.row-text": Text(en="{name}: expected a text", id="{name}: seharusnya teks"),
    "subscriptions.row-texts": Text(
        en="{name}: expected a list of texts", id="{name}: seharusnya daftar teks"
    ),
    "subscriptions.rows-faulty": Text(
        en="nothing is imported: the file has {count:n fault|faults}",
        id="tidak ada yang diimpor: berkas ini punya {count:n kesalahan}",
    ),
    "subscriptions.rows-more": Text(en="and {count:n} more", id="dan {count:n} lagi"),
    "subscriptions.file-too-large": Text(
        en="the file is larger than {most:n} MB; split it",
        id="berkas lebih besar dari {most:n} MB; bagilah",
    ),
    "subscriptions.row-no-csv": Text(en="no CSV: {reason}", id="bukan CSV: {reason}"),
    "subscriptions.row-column": Text(
        en="there is no column {name!r}; expected some of {names}",
        id="tidak ada kolom {name!r}; seharusnya di antara {names}",
    ),
    "subscriptions.row-same": Text(
        en="subscription {name!r} has the same query and the same channels already",
        id="langganan {name!r} sudah memiliki kueri dan saluran yang sama",
    ),
    "subscriptions.rows-doubtful": Text(
        en="{count:n query is|queries are} doubtful; the first one is in {first}",
        id="{count:n kueri} meragukan; yang pertama di {first}",
    ),
    "subscriptions.rows-same": Text(
        en="{count:n subscription is|subscriptions are} there already, the first one in {first}; "
        "add --yes to save it twice",
        id="{count:n langganan} sudah ada, yang pertama di {first}; tambahkan --yes untuk "
        "menyimpannya dua kali",
    ),
    "subscriptions.row-named": Text(
        en="another subscription has the name {name!r}, too",
        id="ada langganan lain yang juga bernama {name!r}",
    ),
    "subscriptions.rows-named": Text(
        en="{count:n name is|names are} taken already, the first one in {first}; "
        "choose other names, or add --yes to have them twice",
        id="{count:n nama} sudah dipakai, yang pertama di {first}; pilih nama lain, atau "
        "tambahkan --yes untuk memakainya dua kali",
    ),
    "subscriptions.catching": Text(
        en="{found:n} of {count:n query|queries} match stored articles of the last {days} days.",
        id="{found:n} dari {count:n kueri} cocok dengan artikel tersimpan dari {days} hari "
        "terakhir.",
    ),
    "subscriptions.row-twice": Text(
        en="the id {id!r} stands in an earlier line already",
        id="id {id!r} sudah ada di baris sebelumnya",
    ),
    "subscriptions.row-truth": Text(
        en="{name}: expected yes or no", id="{name}: seharusnya ya atau tidak"
    ),
    "subscriptions.row-payload": Text(
        en="payload: expected 1 or 2, the version of the body of webhooks, and not {value!r}",
        id="payload: seharusnya 1 atau 2, versi isi webhook, bukan {value!r}",
    ),
    "subscriptions.too-many-rows": Text(
        en="the file has more than {most:n} subscriptions; split it",
        id="berkas berisi lebih dari {most:n} langganan; bagilah",
    ),
    "subscriptions.invalid": Text(en="{text}", id="{text}"),
    "subscriptions.two-secrets": Text(
        en="--secret and --secret-file: give one of them",
        id="--secret dan --secret-file: berikan salah satu saja",
    ),
    "subscriptions.secret-in-list": Text(
        en="--secret shows the secret in the list of processes and in the shell's history; "
        "use --secret-file FILE, --secret - (standard input) or the variable {variable}",
        id="--secret menampakkan rahasia di daftar proses dan riwayat shell; "
        "pakai --secret-file BERKAS, --secret - (masukan standar) atau variabel {variable}",
    ),
    "subscriptions.secret-unread": Text(
        en="{option} {name}: {reason}", id="{option} {name}: {reason}"
    ),
    "subscriptions.secret-binary": Text(
        en="{option} {name}: no text", id="{option} {name}: bukan teks"
    ),
    "subscriptions.secret-empty": Text(
        en="{option} {name}: it is empty; expected whsec_...",
        id="{option} {name}: kosong; seharusnya whsec_...",
    ),
    "subscriptions.saved": Text(en="Subscribed: {name}", id="Langganan disimpan: {name}"),
    "subscriptions.past": Text(
        en="Articles that are stored already, and those of a feed's first poll, are of the past "
        "and alert nobody: `pantau replay --subscription {id}` counts those that match, and "
        "raises alerts for them with --alert.",
        id="Artikel yang sudah tersimpan, dan yang tercantum saat umpan pertama kali diperiksa, "
        "adalah artikel lama dan tidak diberitahukan: `pantau replay --subscription {id}` "
        "menghitung yang cocok, dan membuat pemberitahuannya dengan --alert.",
    ),
    "subscriptions.new-secret": Text(
        en="The secret of its webhooks, shown this once; "
        "the receiver needs it to check signatures:",
        id="Rahasia webhook-nya, ditampilkan sekali ini saja; "
        "penerima memerlukannya untuk memeriksa tanda tangan:",
    ),
    "subscriptions.none": Text(
        en="No subscriptions yet; add one by `pantau subscribe QUERY --to CHANNEL`.",
        id="Belum ada langganan; tambahkan dengan `pantau subscribe KUERI --to SALURAN`.",
    ),
    "subscriptions.count": Text(
        en="{count:n subscription|subscriptions}", id="{count:n langganan}"
    ),
    "subscriptions.count-paused": Text(en="{count} paused", id="{count} dijeda"),
    "subscriptions.count-suspended": Text(en="{count} suspended", id="{count} ditangguhkan"),
    "subscriptions.unreadable": Text(
        en="subscription {id} cannot be read by this version of Pantau ({reason}), so it raises no "
        "alerts here; upgrade it, or run `pantau subscriptions remove {id}`",
        id="langganan {id} tidak dapat dibaca oleh versi Pantau ini ({reason}), jadi tidak ada "
        "pemberitahuan untuknya di sini; mutakhirkan, atau jalankan "
        "`pantau subscriptions remove {id}`",
    ),
    "subscriptions.removed-unreadable": Text(
        en="removed: {id}, which could not be read", id="dihapus: {id}, yang tidak dapat dibaca"
    ),
    "subscriptions.removed": Text(en="removed: {name} ({id})", id="dihapus: {name} ({id})"),
    "subscriptions.paused": Text(en="paused: {name} ({id})", id="dijeda: {name} ({id})"),
    "subscriptions.resumed": Text(en="resumed: {name} ({id})", id="dilanjutkan: {name} ({id})"),
    "subscriptions.is-live": Text(en="live", id="aktif"),
    "subscriptions.is-paused": Text(en="paused", id="dijeda"),
    "subscriptions.is-suspended": Text(en="suspended", id="ditangguhkan"),
    "subscriptions.label-id": Text(en="id", id="id"),
    "subscriptions.column-state": Text(en="state", id="keadaan"),
    "subscriptions.column-subscription": Text(en="subscription", id="langganan"),
    "subscriptions.to": Text(en="to {channel}", id="ke {channel}"),
    "subscriptions.to-payload": Text(
        en="{channel}, body version {version}", id="{channel}, isi versi {version}"
    ),
    "subscriptions.to-format": Text(
        en="{channel}, in the format of {format}", id="{channel}, dalam format {format}"
    ),
    "subscriptions.suspended-why": Text(en="suspended: {problem}", id="ditangguhkan: {problem}"),
    "subscriptions.label-name": Text(en="name", id="nama"),
    "subscriptions.label-tags": Text(en="tags", id="tanda"),
    "subscriptions.label-query": Text(en="query", id="kueri"),
    "subscriptions.label-language": Text(en="language", id="bahasa kueri"),
    "subscriptions.label-time-zone": Text(en="time zone", id="zona waktu"),
    "subscriptions.label-to": Text(en="to", id="ke"),
    "subscriptions.label-historical": Text(en="historical", id="artikel lama"),
    "subscriptions.label-problem": Text(en="problem", id="masalah"),
    "subscriptions.label-created": Text(en="created", id="dibuat"),
    "subscriptions.historical-too": Text(en="alerts too", id="juga diberitahukan"),
    "subscriptions.historical-not": Text(en="no alerts", id="tidak diberitahukan"),
    "subscriptions.no-channel": Text(
        en="It has no channel: see its alerts by `pantau alerts`.",
        id="Belum ada salurannya: lihat pemberitahuannya dengan `pantau alerts`.",
    ),
}
