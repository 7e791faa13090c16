"""The demonstration: what it shows, and what came of it."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "demo.title": Text(
        en="Pantau: a demonstration on made-up news", id="Pantau: demonstrasi dengan berita rekaan"
    ),
    "demo.newsroom": Text(
        en="A newsroom publishes {count:n feed|feeds} at {address}. These subscriptions are live:",
        id="Sebuah redaksi menerbitkan {count:n umpan} di {address}. Langganan berikut aktif:",
    ),
    "demo.column-subscription": Text(en="subscription", id="langganan"),
    "demo.column-language": Text(en="language", id="bahasa"),
    "demo.column-query": Text(en="query", id="kueri"),
    "demo.history": Text(
        en="What the feeds hold already is history: searchable, but no alert is raised for it.",
        id="Yang sudah ada di umpan adalah berita lama: dapat dicari, tetapi tidak menimbulkan "
        "pemberitahuan.",
    ),
    "demo.wave": Text(
        en="The newsroom publishes wave {wave} of {waves}.",
        id="Redaksi menerbitkan gelombang {wave} dari {waves}.",
    ),
    "demo.late": Text(
        en="after {seconds} s, {held} of {articles} articles can be searched; missing alerts: "
        "{missing}; alerts that were not due: {unexpected}. If the machine is busy, try again "
        "when it is not",
        id="setelah {seconds} detik, {held} dari {articles} artikel dapat dicari; pemberitahuan "
        "yang belum datang: {missing}; pemberitahuan yang tidak seharusnya: {unexpected}. Bila "
        "komputer sedang sibuk, coba lagi nanti",
    ),
    "demo.results": Text(en="What came of it", id="Hasilnya"),
    "demo.alerts": Text(
        en="{count:n alert|alerts}, exactly those that were due: one for each subscription and "
        "article.",
        id="{count:n pemberitahuan}, tepat yang seharusnya: satu untuk setiap langganan dan "
        "artikel.",
    ),
    "demo.copies": Text(
        en='{count:n} of them are for "{name}": so many outlets carried that story.',
        id='{count:n} di antaranya untuk "{name}": sebanyak itu media memuat berita tersebut.',
    ),
    "demo.webhook": Text(
        en="The webhook got {count:n message|messages}, and found the signature right.",
        id="Webhook menerima {count:n pesan}, dan tanda tangannya benar.",
    ),
    "demo.polls": Text(
        en="The feeds were asked {asked:n time|times}; without news they need not send anything "
        "again (304): {unchanged:n} did so.",
        id="Umpan diminta {asked:n kali}; tanpa berita baru, isinya tidak perlu dikirim lagi "
        "(304): {unchanged:n} kali terjadi.",
    ),
    "demo.pages": Text(
        en="One feed gives the first words of its articles only; {count:n page|pages} of them had "
        "the words that an alert is due to.",
        id="Satu umpan hanya memberikan kata-kata pertama artikelnya; {count:n halaman} memuat "
        "kata yang menimbulkan pemberitahuan.",
    ),
    "demo.names": Text(
        en="Who, what and where in one article", id="Siapa, apa, dan di mana dalam satu artikel"
    ),
    "demo.label-article": Text(en="article", id="artikel"),
    "demo.label-people": Text(en="people", id="orang"),
    "demo.label-organizations": Text(en="organisations", id="organisasi"),
    "demo.label-places": Text(en="places", id="tempat"),
    "demo.no-names": Text(en="none", id="tidak ada"),
    "demo.matches": Text(
        en="{matches:n} of {articles:n} articles match.",
        id="{matches:n} dari {articles:n} artikel cocok.",
    ),
    "demo.kept": Text(
        en="Kept: articles, alerts and subscriptions. The newsroom ended with this program, so its "
        "feeds are paused, and the webhook of one subscription has no receiver.\n"
        "Go on with: pantau alerts --data {folder}",
        id="Disimpan: artikel, pemberitahuan, dan langganan. Redaksinya berhenti bersama program "
        "ini, jadi umpannya dijeda, dan webhook satu langganan tidak lagi punya penerima.\n"
        "Lanjutkan dengan: pantau alerts --data {folder}",
    ),
}
