"""Messages of several alerts: why they came, and what stands between their articles."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "messages.single": Text(
        en="New article for the subscription “{name}”", id="Berita baru untuk langganan “{name}”"
    ),
    "messages.collected": Text(
        en="{count:n article|articles} on {stories:n story|stories} came within a short time, from "
        "{since} to {until}.",
        id="{count:n berita} tentang {stories:n cerita} datang dalam waktu singkat, dari "
        "{since} hingga {until}.",
    ),
    "messages.digest": Text(
        en="{count:n article|articles} on {stories:n story|stories}, from {since} to {until}.",
        id="{count:n berita} tentang {stories:n cerita}, dari {since} hingga {until}.",
    ),
    "messages.quiet-ended": Text(
        en="The quiet hours are over. Meanwhile, from {since} to {until}, there came "
        "{count:n article|articles} on {stories:n story|stories}.",
        id="Jam tenang telah usai. Sementara itu, dari {since} hingga {until}, datang "
        "{count:n berita} tentang {stories:n cerita}.",
    ),
    "messages.mute-ended": Text(
        en="The subscription is no longer muted. Meanwhile, from {since} to {until}, there came "
        "{count:n article|articles} on {stories:n story|stories}.",
        id="Langganan tidak lagi dibisukan. Sementara itu, dari {since} hingga {until}, datang "
        "{count:n berita} tentang {stories:n cerita}.",
    ),
    "messages.grown": Text(
        en="A story that you know has grown: {count:n new article|new articles} from "
        "{since} to {until}.",
        id="Cerita yang sudah diberitahukan kini berkembang: {count:n berita baru} dari "
        "{since} hingga {until}.",
    ),
    "messages.count": Text(
        en="The number that you asked for has come: {count:n article|articles} on "
        "{stories:n story|stories}, from {since} to {until}.",
        id="Jumlah yang Anda tentukan tercapai: {count:n berita} tentang {stories:n cerita}, "
        "dari {since} hingga {until}.",
    ),
    "messages.spike": Text(
        en="Clearly more than usual: {count:n article|articles} on {stories:n story|stories}, from "
        "{since} to {until}.",
        id="Jauh lebih banyak daripada biasanya: {count:n berita} tentang {stories:n cerita}, "
        "dari {since} hingga {until}.",
    ),
    "messages.silence": Text(
        en="Nothing matched this subscription from {since} to {until}.",
        id="Tidak ada berita yang cocok dengan langganan ini dari {since} hingga {until}.",
    ),
    "messages.expired": Text(
        en="The subscription expired at {until}: there are no more messages of it. To have them "
        "again: {command}",
        id="Masa berlaku langganan berakhir pada {until}: tidak ada pesan lagi darinya. Agar "
        "datang lagi: {command}",
    ),
    "messages.channel-stopped": Text(
        en="One of the channels of this subscription is stopped since {until}: its messages do not "
        "arrive, and wait until the channel is used again.",
        id="Salah satu saluran langganan ini dihentikan sejak {until}: pesannya tidak sampai, dan "
        "menunggu hingga saluran dipakai lagi.",
    ),
    "messages.channel-stopped-why": Text(
        en="{channel}: {reason}. Once it is repaired: pantau channels resume {channel}",
        id="{channel}: {reason}. Setelah diperbaiki: pantau channels resume {channel}",
    ),
    "messages.resumed": Text(
        en="This channel is used again. Meanwhile, from {since} to {until}, there came "
        "{count:n article|articles} on {stories:n story|stories}.",
        id="Saluran ini dipakai lagi. Sementara itu, dari {since} hingga {until}, datang "
        "{count:n berita} tentang {stories:n cerita}.",
    ),
    "messages.subject-channel-stopped": Text(
        en="A channel is stopped", id="Sebuah saluran dihentikan"
    ),
    "messages.subject-several": Text(
        en="{count:n article|articles} on {stories:n story|stories}",
        id="{count:n berita} tentang {stories:n cerita}",
    ),
    "messages.subject-copies": Text(
        en="{title} (and {count:n more article|more articles})",
        id="{title} (dan {count:n berita lain})",
    ),
    "messages.subject-grown": Text(en="More on: {title}", id="Perkembangan: {title}"),
    "messages.subject-spike": Text(
        en="Spike: {count:n article|articles} on {stories:n story|stories}",
        id="Lonjakan: {count:n berita} tentang {stories:n cerita}",
    ),
    "messages.subject-silence": Text(en="Nothing came", id="Tidak ada berita"),
    "messages.subject-expired": Text(en="Subscription expired", id="Langganan berakhir"),
    "messages.also": Text(
        en="also in {count:n more source|more sources}: {names}",
        id="juga di {count:n sumber lain}: {names}",
    ),
    "messages.also-unnamed": Text(
        en="{names} and {count:n other|others}", id="{names} dan {count:n lainnya}"
    ),
    "messages.others": Text(en="More of this story", id="Berita lain tentang cerita ini"),
    "messages.new-since": Text(
        en="Also new since the last message", id="Juga baru sejak pesan terakhir"
    ),
    "messages.more-of-story": Text(
        en="and {count:n more article|more articles} of this story",
        id="dan {count:n berita lain} tentang cerita ini",
    ),
    "messages.more": Text(
        en="And {count:n more article|more articles}. See all of them: {command}",
        id="Dan {count:n berita lain}. Lihat semuanya: {command}",
    ),
    "messages.matched": Text(en="matches: {clauses}", id="cocok: {clauses}"),
    "messages.read": Text(en="Read the article", id="Baca berita"),
    "messages.found": Text(en="found {when}", id="ditemukan {when}"),
    "messages.query": Text(en="Query", id="Kueri"),
    "messages.mute": Text(en="To mute for a while", id="Bisukan sementara"),
    "messages.no-title": Text(en="(no title)", id="(tanpa judul)"),
}
