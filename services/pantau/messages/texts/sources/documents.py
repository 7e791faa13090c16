"""Documents that are no feed: what they are instead, and what to do with them."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "documents.no-feed": Text(en="{what}, no feed", id="{what}, bukan umpan"),
    "documents.no-opml": Text(en="{what}, no OPML", id="{what}, bukan OPML"),
    "documents.page-no-feed": Text(
        en="a web page, no feed: try `pantau feeds add` with it to discover its feed",
        id="halaman web, bukan umpan: coba `pantau feeds add` untuk menemukan umpannya",
    ),
    "documents.opml-no-feed": Text(
        en="an OPML list of feeds, no feed: use `pantau feeds import` with it",
        id="daftar umpan OPML, bukan umpan: pakai `pantau feeds import`",
    ),
    "documents.sitemap-no-feed": Text(en="a sitemap, no feed", id="peta situs, bukan umpan"),
    "documents.root-no-feed": Text(
        en="XML, but no feed: its root element is <{root}>",
        id="XML, tetapi bukan umpan: elemen akarnya <{root}>",
    ),
    "documents.root-no-opml": Text(
        en="no OPML: its root element is <{root}>", id="bukan OPML: elemen akarnya <{root}>"
    ),
    "documents.other": Text(en="{text}", id="{text}"),
    "documents.with-feed": Text(
        en="{reason}. The page links to this feed: {url}",
        id="{reason}. Halaman itu menautkan umpan ini: {url}",
    ),
    "documents.empty": Text(en="an empty document", id="dokumen kosong"),
    "documents.page": Text(en="a web page", id="halaman web"),
    "documents.image": Text(en="an image", id="gambar"),
    "documents.image-or-sound": Text(en="an image or a sound", id="gambar atau suara"),
    "documents.pdf": Text(en="a PDF file", id="berkas PDF"),
    "documents.zip": Text(en="a ZIP archive", id="arsip ZIP"),
    "documents.gzip": Text(
        en="gzip data, not decompressed by the server's own header",
        id="data gzip yang oleh servernya tidak dinyatakan terkompresi",
    ),
    "documents.sound": Text(en="a sound", id="suara"),
    "documents.film": Text(en="a film", id="film"),
    "documents.database": Text(en="a database", id="basis data"),
    "documents.binary": Text(en="binary data", id="data biner"),
    "documents.plain-text": Text(en="plain text", id="teks biasa"),
}
