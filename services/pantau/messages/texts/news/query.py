"""Queries: what cannot be read, and what is surely not meant."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "query.at-character": Text(en="character {place}: {text}", id="karakter ke-{place}: {text}"),
    "query.unreadable-at": Text(
        en="the query cannot be read at character {place}: {expected}",
        id="kueri tidak dapat dibaca pada karakter ke-{place}: {expected}",
    ),
    "query.unreadable-expected": Text(
        en="the query cannot be read at character {place}: expected {expected}",
        id="kueri tidak dapat dibaca pada karakter ke-{place}: {expected}",
    ),
    "query.marked": Text(en="{where}\n  {line}\n  {mark}", id="{where}\n  {line}\n  {mark}"),
    "query.try-instead": Text(en="try: {suggestion}", id="coba: {suggestion}"),
    "query.try": Text(en="; try: {suggestion}", id="; coba: {suggestion}"),
    "query.why-matches": Text(en="The query matches:", id="Kueri cocok:"),
    "query.why-not": Text(en="The query does not match:", id="Kueri tidak cocok:"),
    "query.alerted": Text(en="It alerted on {when}.", id="Pemberitahuan dibuat pada {when}."),
    "query.matches-not": Text(
        en="No alert: the query does not match as it stands now.",
        id="Tidak ada pemberitahuan: kueri yang berlaku sekarang tidak cocok.",
    ),
    "query.not-yet": Text(
        en="No alert, although the query matches as it stands now.",
        id="Tidak ada pemberitahuan, meskipun kueri yang berlaku sekarang cocok.",
    ),
    "query.waits": Text(
        en="So the article still waits to be matched; `pantau status` says if Pantau is running.",
        id="Jadi artikel masih menunggu dicocokkan; `pantau status` mengatakan apakah Pantau "
        "berjalan.",
    ),
    "query.unchanged-since": Text(
        en="The subscription has not been changed since {saved}, before the article was seen on "
        "{seen}.",
        id="Langganan tidak diubah lagi sejak {saved}, sebelum artikel terlihat {seen}.",
    ),
    "query.changed-since": Text(
        en="The subscription was last changed on {saved}, after the article was seen on {seen}. "
        "Not stored: if its query, a pause or something else was changed, and how it stood before.",
        id="Langganan terakhir diubah {saved}, setelah artikel terlihat {seen}. Tidak tersimpan: "
        "apakah yang diubah kuerinya, jedanya atau hal lain, dan bagaimana sebelumnya.",
    ),
    "query.change-unknown": Text(
        en="When the subscription was last changed is not known.",
        id="Kapan langganan terakhir diubah tidak diketahui.",
    ),
    "query.former": Text(
        en="On {when} it alerted by another query: {query}",
        id="Pada {when} ada pemberitahuan menurut kueri lain: {query}",
    ),
    "query.alerted-by-other": Text(
        en="Its query was another one then: {query}", id="Kuerinya waktu itu lain: {query}"
    ),
    "query.missed": Text(
        en="`pantau replay --subscription {id} --alert` raises the alerts that it missed.",
        id="`pantau replay --subscription {id} --alert` membuat pemberitahuan yang terlewat.",
    ),
    "query.is-paused": Text(
        en="No alert: the subscription is paused.", id="Tidak ada pemberitahuan: langganan dijeda."
    ),
    "query.is-suspended": Text(
        en="No alert: the subscription is suspended since {since}: {reason}",
        id="Tidak ada pemberitahuan: langganan ditangguhkan sejak {since}: {reason}",
    ),
    "query.is-historical": Text(
        en="No alert: the article is of the past, and the subscription is not made with "
        "{--include-historical}.",
        id="Tidak ada pemberitahuan: artikel ini artikel lama, dan langganan tidak dibuat dengan "
        "{--include-historical}.",
    ),
    "query.before-subscription": Text(
        en="No alert: the article was seen on {seen}, before the subscription was made "
        "({created}).",
        id="Tidak ada pemberitahuan: artikel terlihat {seen}, sebelum langganan dibuat "
        "({created}).",
    ),
    "query.is-late": Text(
        en="No alert: the article was seen on {seen}; what is seen more than a week ago is of the "
        "past.",
        id="Tidak ada pemberitahuan: artikel terlihat {seen}; yang terlihat lebih dari seminggu "
        "lalu adalah artikel lama.",
    ),
    "query.is-copy": Text(
        en="No alert: an article of the same publisher with the same text alerted before.",
        id="Tidak ada pemberitahuan: artikel penerbit yang sama dengan teks yang sama sudah "
        "diberitahukan.",
    ),
    "query.empty": Text(
        en="the query is empty; give words to look for, or '*' for every article",
        id="kuerinya kosong; berikan kata yang dicari, atau '*' untuk semua artikel",
    ),
    "query.not-understood": Text(
        en="the query cannot be understood: {reason}", id="kueri tidak dapat dipahami: {reason}"
    ),
    "query.no-language": Text(
        en="language: expected lucene, kql or pantau, found {language!r}",
        id="language: seharusnya lucene, kql atau pantau, bukan {language!r}",
    ),
    "query.no-time-zone": Text(
        en="{field:label}: {name!r} is no time zone; expected a name such as Asia/Jakarta, WIB or "
        "UTC",
        id="{field:label}: {name!r} bukan zona waktu; seharusnya nama seperti Asia/Jakarta, WIB "
        "atau UTC",
    ),
    "query.readable": Text(en="The query can be read.", id="Kueri dapat dibaca."),
    "query.checked": Text(
        en="{ok:n} of {total:n} queries can be read{odd}{bad}.",
        id="{ok:n} dari {total:n} kueri dapat dibaca{odd}{bad}.",
    ),
    "query.check-warned": Text(
        en=" ({count:n} with warnings)", id=" ({count:n} dengan peringatan)"
    ),
    "query.check-refused": Text(en=", {count:n} cannot", id=", {count:n} tidak"),
    "query.one-input": Text(
        en="give either QUERY or --file FILE", id="berikan QUERY atau --file BERKAS"
    ),
    "query.file-or-article": Text(
        en="give either FILE (- for standard input) or --title and --text",
        id="berikan BERKAS (- untuk masukan standar) atau --title dan --text",
    ),
    "query.two-standard-inputs": Text(
        en="--subscriptions and --articles cannot both be standard input",
        id="--subscriptions dan --articles tidak dapat sama-sama masukan standar",
    ),
    "query.too-costly": Text(
        en="the query costs too much on {count:n article, which is|articles, which are} left out",
        id="kueri ini terlalu berat untuk {count:n artikel}, yang dilewati",
    ),
}
