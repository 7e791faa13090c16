"""When messages come: what can be written, and the rules of a subscription in plain words."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "timing.no-duration": Text(
        en="{field:label}: {text} is not a duration; write a number and a unit, such as 30s, 15m, "
        "1h, "
        "2d, 1h30m or 2 hari",
        id="{field:label}: {text} bukan durasi; tulis angka dan satuan, misalnya 30s, 15m, 1h, 2d, "
        "1 jam 30 menit atau 2 hari",
    ),
    "timing.out-of-bounds": Text(
        en="{field:label}: {text} must be from {low} to {high}",
        id="{field:label}: {text} harus dari {low} sampai {high}",
    ),
    "timing.no-time": Text(
        en="{field:label}: {text} is not a time of day; write hours and minutes from 00:00 to "
        "23:59, "
        "such as 07:00",
        id="{field:label}: {text} bukan waktu; tulis jam dan menit dari 00.00 sampai 23.59, "
        "misalnya "
        "07.00",
    ),
    "timing.no-timing": Text(
        en="{field:label}: {text} is not a message timing; write at once, collect 30s, every 1h, "
        "hourly, "
        "daily@07:00, weekly:mon@07:00 or monthly:31@07:00",
        id="{field:label}: {text} bukan waktu pesan; tulis langsung, kumpulkan 30 detik, tiap 1 "
        "jam, "
        "tiap jam, harian@07.00, mingguan:sen@07.00 atau bulanan:31@07.00",
    ),
    "timing.no-digest": Text(
        en="{field:label}: {text} is not a digest; write hourly, daily@07:00, weekly:mon@07:00 or "
        "monthly:31@07:00",
        id="{field:label}: {text} bukan ringkasan; tulis tiap jam, harian@07.00, "
        "mingguan:sen@07.00 atau "
        "bulanan:31@07.00",
    ),
    "timing.no-day": Text(
        en="{field:label}: {text} names a day, which only a weekly or monthly digest has; leave "
        "it out",
        id="{field:label}: {text} menyebut hari, yang hanya ada pada ringkasan mingguan atau "
        "bulanan; "
        "hapus harinya",
    ),
    "timing.no-weekday": Text(
        en="{field:label}: {text} is not a day of the week; write mon, tue, wed, thu, fri, sat or "
        "sun",
        id="{field:label}: {text} bukan nama hari; tulis sen, sel, rab, kam, jum, sab atau min",
    ),
    "timing.no-day-of-month": Text(
        en="{field:label}: {text} is not a day of the month; write a number from 1 to 31, or "
        "last; a "
        "shorter month has the digest on its last day",
        id="{field:label}: {text} bukan tanggal; tulis angka dari 1 sampai 31, atau akhir; pada "
        "bulan "
        "yang lebih pendek ringkasan datang pada hari terakhir",
    ),
    "timing.no-trigger": Text(
        en='{field:label}: {text} is not a trigger; write "5 in 1h", spike, spike:high, silence:2d '
        'or "every match"',
        id='{field:label}: {text} bukan pemicu; tulis "5 dalam 1 jam", lonjakan, lonjakan:tinggi, '
        'sunyi:2 hari atau "setiap berita"',
    ),
    "timing.no-sensitivity": Text(
        en="{field:label}: {text} is not a sensitivity; write spike:low, spike:normal or "
        "spike:high",
        id="{field:label}: {text} bukan kepekaan; tulis lonjakan:rendah, lonjakan:normal atau "
        "lonjakan:tinggi",
    ),
    "timing.no-count": Text(
        en="{field:label}: {text} must be a number from 2 to 10,000",
        id="{field:label}: {text} harus angka dari 2 sampai 10.000",
    ),
    "timing.no-quiet": Text(
        en="{field:label}: {text} is not a range of quiet hours; write a start and a different "
        "end, such "
        'as 22:00-05:30, "00:00-00:00 on sat, sun" or "22:00-05:30 except spike, 5 sources", or '
        "none",
        id="{field:label}: {text} bukan jam tenang; tulis awal dan akhir yang berbeda, misalnya "
        '22.00-05.30, "00.00-00.00 hari sabtu, minggu" atau "22.00-05.30 kecuali lonjakan, 5 '
        'sumber", atau tidak',
    ),
    "timing.no-exception": Text(
        en="{field:label}: {text} is not an exception; write spike, or a number of sources such "
        "as 5 "
        "sources",
        id="{field:label}: {text} bukan pengecualian; tulis lonjakan, atau jumlah sumber seperti "
        "5 sumber",
    ),
    "timing.no-date": Text(
        en="{field:label}: {text} is not a date; write one such as 2027-01-31 or "
        "2027-01-31T18:00, a "
        "duration from now such as 2d, or never",
        id="{field:label}: {text} bukan tanggal; tulis misalnya 2027-01-31 atau 2027-01-31T18:00, "
        "durasi "
        "dari sekarang seperti 2 hari, atau tidak pernah",
    ),
    "timing.past": Text(
        en="{field:label}: {text} is in the past; write a time in the future",
        id="{field:label}: {text} sudah lewat; tulis waktu yang akan datang",
    ),
    "timing.invalid": Text(en="rules: {text}", id="aturan: {text}"),
    "timing.too-many": Text(
        en="{first:option} and {second:option} contradict each other; give one of them",
        id="{first:option} dan {second:option} bertentangan; berikan salah satu saja",
    ),
    "timing.no-channel-timing": Text(
        en="to-timing: {text} lacks a channel or its time; write CHANNEL=TIME, such as "
        "email:desk@example.org=daily@07:00",
        id="to-timing: {text} tidak menyebut saluran atau waktunya; tulis SALURAN=WAKTU, misalnya "
        "email:desk@example.org=harian@07.00",
    ),
    "timing.no-such-channel": Text(
        en="to-timing: {channel} does not name exactly one of the channels: {channels}",
        id="to-timing: {channel} tidak menyebut satu pun, atau menyebut beberapa, dari salurannya: "
        "{channels}",
    ),
    "timing.until-and-growth": Text(
        en="{--until} and {--until-growth} contradict each other; give one of them",
        id="{--until} dan {--until-growth} bertentangan; berikan salah satu saja",
    ),
    "timing.bad-word": Text(
        en="{field:label}: {text} must be one of: {names}",
        id="{field:label}: {text} harus salah satu dari: {names}",
    ),
    "timing.muted": Text(
        en="{mute}: {name} ({id}); alerts are recorded meanwhile",
        id="{mute}: {name} ({id}); pemberitahuan tetap dicatat",
    ),
    "timing.unmuted": Text(
        en="no longer muted: {name} ({id})", id="tidak lagi dibisukan: {name} ({id})"
    ),
    "timing.will-mute": Text(en="muted", id="dibisukan"),
    "timing.will-unmute": Text(en="no longer muted", id="tidak lagi dibisukan"),
    "timing.label": Text(en="messages", id="pesan"),
    "timing.at-once": Text(en="each alert at once", id="tiap pemberitahuan langsung"),
    "timing.weeks": Text(en="{count}w", id="{count} minggu"),
    "timing.days": Text(en="{count}d", id="{count} hari"),
    "timing.hours": Text(en="{count}h", id="{count} jam"),
    "timing.minutes": Text(en="{count}m", id="{count} menit"),
    "timing.seconds": Text(en="{count}s", id="{count} detik"),
    "timing.and-shorter": Text(en="{longer}{shorter}", id="{longer} {shorter}"),
    "timing.collected": Text(
        en="what comes within {time} as one", id="yang datang dalam {time} menjadi satu"
    ),
    "timing.throttled": Text(en="at most one every {time}", id="paling banyak satu tiap {time}"),
    "timing.hourly": Text(en="one every hour at minute {at}", id="satu tiap jam pada menit {at}"),
    "timing.daily": Text(en="one a day at {at:clock}", id="satu tiap hari pukul {at:clock}"),
    "timing.weekly": Text(
        en="one a week on {day} at {at:clock}", id="satu tiap {day} pukul {at:clock}"
    ),
    "timing.monthly": Text(
        en="one a month on day {day}, or the last one, at {at:clock}",
        id="satu tiap bulan pada tanggal {day}, atau hari terakhir, pukul {at:clock}",
    ),
    "timing.mon": Text(en="Monday", id="Senin"),
    "timing.tue": Text(en="Tuesday", id="Selasa"),
    "timing.wed": Text(en="Wednesday", id="Rabu"),
    "timing.thu": Text(en="Thursday", id="Kamis"),
    "timing.fri": Text(en="Friday", id="Jumat"),
    "timing.sat": Text(en="Saturday", id="Sabtu"),
    "timing.sun": Text(en="Sunday", id="Minggu"),
    "timing.first": Text(
        en="only the first article of each story", id="hanya berita pertama dari tiap cerita"
    ),
    "timing.growth": Text(
        en="the first article of each story, and again when the story grows",
        id="berita pertama dari tiap cerita, dan lagi jika ceritanya berkembang",
    ),
    "timing.sources": Text(
        en="only stories that {count:n source|sources} have, outlets of one owner counted once",
        id="hanya cerita yang dimuat {count:n sumber}, media satu pemilik dihitung sekali",
    ),
    "timing.count": Text(
        en="once there are {count} within {time}", id="begitu ada {count} dalam {time}"
    ),
    "timing.spike-low": Text(
        en="only at a spike, low sensitivity", id="hanya saat lonjakan, kepekaan rendah"
    ),
    "timing.spike-normal": Text(en="only at a spike", id="hanya saat lonjakan"),
    "timing.spike-high": Text(
        en="only at a spike, high sensitivity", id="hanya saat lonjakan, kepekaan tinggi"
    ),
    "timing.silence": Text(
        en="once nothing came for {time}", id="begitu tidak ada berita selama {time}"
    ),
    "timing.quiet": Text(
        en="none from {begin:clock} to {end:clock}; what waits comes as one then",
        id="tidak ada dari {begin:clock} sampai {end:clock}; yang menunggu datang sebagai satu "
        "sesudahnya",
    ),
    "timing.quiet-days": Text(
        en="these quiet hours begin on {days} only",
        id="jam tenang itu hanya mulai hari {days}",
    ),
    "timing.and-day": Text(en="{days}, {day}", id="{days}, {day}"),
    "timing.quiet-spike": Text(en="except a spike", id="kecuali lonjakan"),
    "timing.quiet-sources": Text(
        en="except a story of {count:n source|sources}",
        id="kecuali cerita dari {count:n sumber}",
    ),
    "timing.muted-until": Text(en="muted until {until}", id="dibisukan sampai {until}"),
    "timing.muted-growth": Text(
        en="muted until a story grows", id="dibisukan sampai ceritanya berkembang"
    ),
    "timing.muted-open": Text(
        en="muted until the mute is ended",
        id="dibisukan sampai bisuannya diakhiri",
    ),
    "timing.expires": Text(en="until {until}, then no more", id="sampai {until}, lalu berhenti"),
    "timing.expired": Text(en="expired at {until}", id="berakhir pada {until}"),
    "timing.written-id": Text(en="written in Indonesian", id="ditulis dalam bahasa Indonesia"),
    "timing.written-en": Text(en="written in English", id="ditulis dalam bahasa Inggris"),
}
