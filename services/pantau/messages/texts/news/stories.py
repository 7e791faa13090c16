"""Stories: `pantau stories`, and how stories are named."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "stories.missing": Text(
        en="no story {reference!r}; {$stories} and {$search --by-story} show their ids",
        id="tidak ada cerita {reference!r}; {$stories} dan {$search --by-story} menampilkan id-nya",
    ),
    "stories.several": Text(
        en="{count} stories begin with {reference!r}: give more of the id ({ids})",
        id="{count} cerita diawali {reference!r}: berikan id yang lebih panjang ({ids})",
    ),
    "stories.cut": Text(
        en="only the newest {count:n} articles were looked at; ask for less time",
        id="hanya {count:n} artikel terbaru yang dilihat; persempit waktunya",
    ),
    "stories.none": Text(
        en="No stories among {count:n} articles; see `pantau search '*'`.",
        id="Tidak ada cerita di antara {count:n} artikel; lihat `pantau search '*'`.",
    ),
    "stories.column-story": Text(en="story", id="cerita"),
    "stories.column-articles": Text(en="articles", id="artikel"),
    "stories.column-sources": Text(en="sources", id="sumber"),
    "stories.column-newest": Text(en="newest", id="terbaru"),
    "stories.column-told": Text(
        en="title, first article, sources", id="judul, artikel pertama, sumber-sumber"
    ),
    "stories.no-title": Text(en="(no title)", id="(tanpa judul)"),
    "stories.more-sources": Text(en="{named} and {count:n} more", id="{named} dan {count:n} lagi"),
}
