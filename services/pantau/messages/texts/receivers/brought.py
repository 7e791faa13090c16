"""Queries that people bring from other programs: `pantau subscriptions import`."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "brought.left-out": Text(
        en="{what}: not imported; {reason}", id="{what}: tidak diimpor; {reason}"
    ),
    "brought.read-as": Text(
        en="read as a query of another program ({origin}), saved as: {query}",
        id="dibaca sebagai kueri program lain ({origin}), disimpan sebagai: {query}",
    ),
    "brought.kibana-kind": Text(
        en="Kibana's objects of type {kind!r} hold no query of their own",
        id="objek Kibana berjenis {kind!r} tidak memuat kueri sendiri",
    ),
    "brought.kibana-rule": Text(
        en="only rules of the type .es-query watch a query",
        id="hanya aturan berjenis .es-query yang mengamati kueri",
    ),
    "brought.no-query": Text(
        en="it has no query that can be read", id="tidak ada kueri yang dapat dibaca"
    ),
    "brought.empty-query": Text(
        en="its query is empty and would match every article",
        id="kuerinya kosong dan akan cocok dengan setiap artikel",
    ),
    "brought.esql": Text(
        en="it is written in ES|QL, which computes tables; write its condition as a query in KQL",
        id="ditulis dalam ES|QL, yang menghitung tabel; tulis syaratnya sebagai kueri KQL",
    ),
    "brought.query-dsl": Text(
        en="it is written in Elasticsearch's query DSL; write its condition as a query in KQL",
        id="ditulis dalam query DSL Elasticsearch; tulis syaratnya sebagai kueri KQL",
    ),
    "brought.filters": Text(
        en="{count:n filter is|filters are} not taken over; write what is filtered into the query",
        id="{count:n filternya} tidak diambil alih; tambahkan ke kueri",
    ),
    "brought.no-trigger": Text(
        en="its threshold has no equal here, so every match alerts; see --when",
        id="ambangnya tidak punya padanan di sini, jadi setiap kecocokan diberitahukan; "
        "lihat --when",
    ),
    "brought.no-title": Text(
        en="the feed of a Google alert has its query in its title alone, which is not in the list",
        id="umpan Google Alert hanya memuat kueri dalam judulnya, yang tidak ada di daftar ini",
    ),
    "brought.no-alert": Text(
        en="it is no Google alert; `pantau feeds import` watches the feeds of a list",
        id="bukan Google Alert; `pantau feeds import` mengamati umpan dalam daftar",
    ),
    "brought.becomes": Text(
        en="line {line}: {name}, {language}: {query}, to {channels}",
        id="baris {line}: {name}, {language}: {query}; saluran: {channels}",
    ),
    "brought.changes": Text(
        en="line {line} changes {name}, {language}: {query}, to {channels}",
        id="baris {line} mengubah {name}, {language}: {query}; saluran: {channels}",
    ),
    "brought.file": Text(en="the file", id="berkas"),
    "brought.no-channel": Text(en="no channel", id="tidak ada"),
    "brought.previewed": Text(
        en="nothing is saved: {made:n subscription|subscriptions} would be new, "
        "{changed:n} changed",
        id="tidak ada yang disimpan: {made:n langganan} akan ditambahkan, {changed:n} diubah",
    ),
}
