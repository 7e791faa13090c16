"""Queries: what cannot be read, and what is surely not meant."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "query.empty": Text(
        en="QUERY is empty; give words to look for, or '*' for every article",
        id="QUERY kosong; berikan kata yang dicari, atau '*' untuk semua artikel",
    ),
    "query.not-understood": Text(
        en="the query cannot be understood: {reason}", id="kueri tidak dapat dipahami: {reason}"
    ),
    "query.no-language": Text(
        en="language: expected lucene, kql or pantau, found {language!r}",
        id="language: seharusnya lucene, kql atau pantau, bukan {language!r}",
    ),
    "query.no-time-zone": Text(
        en="time_zone: {name!r} is no time zone; expected a name such as Asia/Jakarta or UTC",
        id="time_zone: {name!r} bukan zona waktu; seharusnya nama seperti Asia/Jakarta atau UTC",
    ),
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
