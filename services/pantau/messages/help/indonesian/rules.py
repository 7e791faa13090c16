"""The help of the options that say when messages come, and of `mute` and `unmute`."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Shape of the body that the webhooks get: Pantau's own, a CloudEvent, or a message of Slack or "
    "Teams.": (
        "Bentuk isi yang diterima webhook: bentuk Pantau sendiri, CloudEvent, atau pesan Slack "
        "atau Teams."
    ),
    "Each alert is a message at once.": "Tiap pemberitahuan langsung menjadi pesan.",
    "What comes within a time is one message, such as 30s.": (
        "Yang datang dalam suatu waktu menjadi satu pesan, misalnya 30s."
    ),
    "At most one message in a time, such as 1h; what comes meanwhile is in it.": (
        "Paling banyak satu pesan dalam suatu waktu, misalnya 1h; yang datang sementara itu ada di "
        "dalamnya."
    ),
    "One message at a fixed time: hourly, daily@07:00, weekly:mon@07:00, monthly:31@07:00.": (
        "Satu pesan pada waktu tetap: hourly, harian@07:00, mingguan:sen@07:00, bulanan:31@07:00."
    ),
    'No messages in a time of day, such as 22:00-05:30 or "22:00-05:30 except spike, 5 sources"; '
    "none ends it.": (
        'Tanpa pesan pada jam tertentu, misalnya 22:00-05:30 atau "22:00-05:30 kecuali lonjakan, '
        '5 sumber"; none mengakhirinya.'
    ),
    "All articles, the first of each story, or also when the story grows.": (
        "Semua artikel, yang pertama dari tiap cerita, atau juga saat ceritanya berkembang."
    ),
    "Only stories that at least this many sources have.": "Hanya cerita yang dimuat sekian sumber.",
    'Only when "5 in 1h" came, at a spike (spike, spike:low, spike:high), or after silence:2d.': (
        'Hanya bila datang "5 in 1h", saat lonjakan (spike, spike:low, spike:high), atau setelah '
        "silence:2d."
    ),
    "No messages from a date on, or after a time; or never.": (
        "Tanpa pesan mulai suatu tanggal, atau setelah suatu waktu; atau never."
    ),
    "Language of the messages; article: that of the article.": (
        "Bahasa pesan; article: bahasa artikelnya."
    ),
    "One channel at its own time, such as email:desk@example.org=daily@07:00 or "
    '"terminal=at once"; =rules ends that; repeatable.': (
        "Satu saluran dengan waktunya sendiri, misalnya email:desk@example.org=daily@07:00 atau "
        '"terminal=at once"; =rules mengakhirinya; dapat diulang.'
    ),
    "Save a subscription again under another NAME, with the same query, channels and rules.": (
        "Simpan lagi sebuah langganan dengan NAMA lain, dengan kueri, saluran, dan aturan yang "
        "sama."
    ),
    "The new one has no history; options replace its rules. Change it by `pantau subscriptions "
    "edit`.": (
        "Yang baru tidak punya riwayat; opsi mengganti aturannya. Ubah dengan "
        "`pantau subscriptions edit`."
    ),
    "Send no messages for a while.": "Jangan kirim pesan untuk sementara.",
    "Send messages again.": "Kirim pesan lagi.",
    "Send no messages of subscriptions until a date or until a story grows, else until `unmute`.": (
        "Jangan kirim pesan langganan sampai suatu tanggal atau sampai ceritanya berkembang, "
        "jika tidak disebut sampai `unmute`."
    ),
    "Alerts are recorded meanwhile: see `pantau alerts`. A story has grown when its sources "
    "doubled, or five more have it.": (
        "Pemberitahuan tetap dicatat: lihat `pantau alerts`. Cerita berkembang bila sumbernya "
        "menjadi dua kali lipat, atau lima sumber lagi memuatnya."
    ),
    "Until a date, or for a time such as 2d.": (
        "Sampai suatu tanggal, atau selama suatu waktu seperti 2d."
    ),
    "Until a story grows.": "Sampai ceritanya berkembang.",
    "Send messages of muted subscriptions again; what waited comes as one.": (
        "Kirim lagi pesan langganan yang dibisukan; yang menunggu datang sebagai satu."
    ),
    "Members: query, id, name, tags, language, time_zone, to, payload (1 or 2), format, "
    "include_historical, paused, template, channel_template; and for the rules: timing, when, "
    "articles, min_sources, quiet, mute, expires, message_language, channel_timing. All are "
    "explained in docs/reference/file-formats.md.": (
        "Isian: query, id, name, tags, language, time_zone, to, payload (1 atau 2), format, "
        "include_historical, paused, template, channel_template; dan untuk aturan: timing, when, "
        "articles, min_sources, quiet, mute, expires, message_language, channel_timing. Semuanya "
        "dijelaskan di docs/reference/file-formats.md."
    ),
}
