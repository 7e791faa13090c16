"""Take-downs: what is forgotten, and the proof of it."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "takedown.no-address": Text(
        en="{text!r} is not the address of an article; give an http or https address",
        id="{text!r} bukan alamat artikel; berikan alamat http atau https",
    ),
    "takedown.nothing-named": Text(
        en="name what is to be forgotten: an article, an address, a source or a channel",
        id="sebutkan apa yang harus dilupakan: artikel, alamat, sumber, atau saluran",
    ),
    "takedown.would-remove": Text(
        en="{text}: to be removed are {count:n record|records}:",
        id="{text}: yang akan dihapus {count:n catatan}:",
    ),
    "takedown.place": Text(en="  {count:n}  {place}", id="  {count:n}  {place}"),
    "takedown.nothing": Text(
        en="{text}: nothing of it is stored.", id="{text}: tidak ada yang tersimpan."
    ),
    "takedown.will-block": Text(
        en="{text} is not stored; taking it down keeps it out.",
        id="{text} tidak tersimpan; melupakannya berarti menolaknya.",
    ),
    "takedown.doubt": Text(
        en="This cannot be undone. Removed articles do not come back, whoever lists them.",
        id="Ini tidak dapat dibatalkan. Artikel yang dihapus tidak kembali, dari umpan mana pun.",
    ),
    "takedown.unconfirmed": Text(
        en="Nothing was removed. Confirm it on a terminal, or give --yes.",
        id="Tidak ada yang dihapus. Konfirmasikan di terminal, atau beri --yes.",
    ),
    "takedown.removed": Text(
        en="{text}: removed {count:n record|records}.",
        id="{text}: {count:n catatan} dihapus.",
    ),
    "takedown.reading": Text(en="reading {place}", id="membaca {place}"),
    "takedown.clean": Text(
        en="Nothing of it was found in {records:n record|records} of {topics:n topic|topics}, in "
        "the search index, and in the files of {folder}.",
        id="Tidak ada jejaknya dalam {records:n catatan} dari {topics:n topik}, di indeks "
        "pencarian, dan di berkas {folder}.",
    ),
    "takedown.left": Text(en="Still there:", id="Masih ada:"),
    "takedown.left-hint": Text(
        en="Run it again once the services have caught up: `pantau forget` goes on where it ended. "
        "Delete files of your own, such as those of `file:` channels, yourself.",
        id="Jalankan lagi setelah layanan selesai: `pantau forget` melanjutkan dari tempat "
        "berhenti. Hapus sendiri berkas Anda, misalnya milik saluran `file:`.",
    ),
    "takedown.shared": Text(
        en="{count:n excerpt stands|excerpts stand} in other articles as well, so files were not "
        "searched for them.",
        id="{count:n kutipan} juga ada di artikel lain, jadi tidak dicari di berkas.",
    ),
    "takedown.told": Text(
        en="{count:n message|messages} had already been sent to {channel}: the receiver has them.",
        id="{count:n pesan} sudah terkirim ke {channel}: penerima memilikinya.",
    ),
    "takedown.feeds": Text(
        en="Feeds that gave it, and may give more: {feeds}. `pantau feeds remove` ends that.",
        id="Umpan yang memberikannya, dan bisa memberi lagi: {feeds}. `pantau feeds remove` "
        "menghentikannya.",
    ),
}
