"""Search: `pantau search`."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "search.no-story-cursor": Text(
        en="cursor {cursor!r} is none that a search by story gave",
        id="kursor {cursor!r} tidak berasal dari pencarian per cerita",
    ),
    "search.no-cursor": Text(
        en="cursor {cursor!r} is none that a search gave",
        id="kursor {cursor!r} tidak berasal dari suatu pencarian",
    ),
    "search.no-article": Text(
        en="no stored article has the id or address {reference!r}; {$search --json} shows ids",
        id="tidak ada artikel tersimpan dengan id atau alamat {reference!r}; "
        "{$search --json} menampilkan id",
    ),
    "search.several-articles": Text(
        en="several articles fit {reference!r}; give more of the id: {ids}",
        id="beberapa artikel cocok dengan {reference!r}; berikan id yang lebih panjang: {ids}",
    ),
    "search.label-id": Text(en="id", id="id"),
    "search.label-source": Text(en="source", id="sumber"),
    "search.label-url": Text(en="address", id="alamat"),
    "search.label-published": Text(en="published", id="terbit"),
    "search.label-seen": Text(en="first seen", id="pertama terlihat"),
    "search.label-language": Text(en="language", id="bahasa"),
    "search.label-names": Text(en="names", id="nama"),
    "search.label-kind": Text(en="kind", id="jenis"),
    "search.label-story": Text(en="story", id="cerita"),
    "search.label-past": Text(en="of the past", id="artikel lama"),
    "search.yes": Text(en="yes", id="ya"),
    "search.count": Text(
        en="{count:n} of {held:n} articles match", id="{count:n} dari {held:n} artikel cocok"
    ),
    "search.count-at-least": Text(
        en="at least {count:n} of {held:n} articles match",
        id="sedikitnya {count:n} dari {held:n} artikel cocok",
    ),
    "search.none": Text(
        en="Check the spelling; a shorter query or a longer time finds more.",
        id="Periksa ejaannya, persingkat kueri, atau perpanjang waktunya.",
    ),
    "search.none-held": Text(
        en="Articles come from feeds: `pantau feeds add URL`, then `pantau run`.",
        id="Artikel datang dari umpan: `pantau feeds add URL`, lalu `pantau run`.",
    ),
    "search.shown": Text(en="{total}; {shown} shown.", id="{total}; {shown} ditampilkan."),
    "search.shown-by-story": Text(
        en="{total}; {shown:n row|rows} shown, each story once.",
        id="{total}; {shown:n baris} ditampilkan, tiap cerita sekali.",
    ),
    "search.all-shown": Text(en="{total}.", id="{total}."),
    "search.next-page": Text(
        en="next page: --cursor {cursor}", id="halaman berikutnya: --cursor {cursor}"
    ),
    "search.story": Text(en="story {id}", id="cerita {id}"),
    "search.more": Text(en="… and {count:n} more", id="… dan {count:n} lagi"),
    "search.more-at-least": Text(
        en="… and at least {count:n} more", id="… dan sedikitnya {count:n} lagi"
    ),
}
