"""Reports of a day: `pantau report`, its document, and the console's page."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "reports.no-day": Text(
        en="{text!r} is no day of a report; expected a date up to today such as 2026-11-28, "
        "`today` or `yesterday`",
        id="{text!r} bukan hari untuk laporan; seharusnya tanggal sampai hari ini seperti "
        "2026-11-28, `hari ini` atau `kemarin`",
    ),
    "reports.no-subject": Text(
        en="a report is about one subscription or one tag: name either {--subscription} or "
        "{--tag}; {$subscriptions list} shows them",
        id="laporan adalah tentang satu langganan atau satu tanda: sebutkan {--subscription} "
        "atau {--tag}; lihat {$subscriptions list}",
    ),
    "reports.title": Text(en="{name}, {day}", id="{name}, {day}"),
    "reports.summary": Text(
        en="{count:n article|articles} in {stories:n story|stories} from "
        "{sources:n source|sources}, {speakers:n speaker|speakers} quoted. Usually {usual:n} "
        "a day, in the two weeks before.",
        id="{count:n artikel} dalam {stories:n cerita} dari {sources:n sumber}, "
        "{speakers:n narasumber} dikutip. Biasanya {usual:n} sehari, dalam dua minggu "
        "sebelumnya.",
    ),
    "reports.nothing": Text(
        en="No article on this day. Usually {usual:n} a day, in the two weeks before.",
        id="Tidak ada artikel pada hari itu. Biasanya {usual:n} sehari, dalam dua minggu "
        "sebelumnya.",
    ),
    "reports.title-days": Text(en="{name}, {first} to {last}", id="{name}, {first} s.d. {last}"),
    "reports.summary-days": Text(
        en="{count:n article|articles} in {stories:n story|stories} from "
        "{sources:n source|sources}, {speakers:n speaker|speakers} quoted. Usually {usual:n} "
        "in {days:n day|days}, by the two weeks before.",
        id="{count:n artikel} dalam {stories:n cerita} dari {sources:n sumber}, "
        "{speakers:n narasumber} dikutip. Biasanya {usual:n} dalam {days:n hari}, menurut dua "
        "minggu sebelumnya.",
    ),
    "reports.nothing-days": Text(
        en="No article in {days:n day|days}. Usually {usual:n} in as many, by the two weeks "
        "before.",
        id="Tidak ada artikel dalam {days:n hari}. Biasanya {usual:n} dalam waktu yang sama, "
        "menurut dua minggu sebelumnya.",
    ),
    "reports.no-schedule": Text(
        en="{reference!r} is not the id of one report schedule; {$reports list} shows them",
        id="{reference!r} bukan id satu jadwal laporan; lihat {$reports list}",
    ),
    "reports.no-timing": Text(
        en="{text!r}: a report is sent each day, week or month, such as `daily@07:00`, "
        "`weekly:mon@07:00` or `monthly:last@18:00`",
        id="{text!r}: laporan dikirim setiap hari, minggu atau bulan, misalnya `harian@07.00`, "
        "`mingguan:sen@07.00` atau `bulanan:akhir@18.00`",
    ),
    "reports.no-channel": Text(
        en="{text!r}: a report goes to an e-mail address or a webhook, such as "
        "`desk@example.org` or `webhook:https://example.org/in`",
        id="{text!r}: laporan dikirim ke alamat surel atau webhook, misalnya "
        "`desk@example.org` atau `webhook:https://example.org/in`",
    ),
    "reports.no-zone": Text(
        en="{text!r} is no time zone; expected a name such as Asia/Jakarta or WIB",
        id="{text!r} bukan zona waktu; seharusnya nama seperti Asia/Jakarta atau WIB",
    ),
    "reports.scheduled": Text(
        en="{id}  {name}  {when} {zone}  {channel}  next {next}{latest}",
        id="{id}  {name}  {when} {zone}  {channel}  berikutnya {next}{latest}",
    ),
    "reports.latest": Text(en="  latest: {status}", id="  terakhir: {status}"),
    "reports.none-scheduled": Text(
        en="No report is scheduled. `pantau reports schedule --help` shows how.",
        id="Tidak ada laporan terjadwal. Lihat `pantau reports schedule --help`.",
    ),
    "reports.removed": Text(
        en="The report {name} is no longer sent to {channel}.",
        id="Laporan {name} tidak lagi dikirim ke {channel}.",
    ),
    "reports.secret": Text(
        en="Secret of the webhook, shown this once: {secret}",
        id="Rahasia webhook, ditampilkan sekali ini saja: {secret}",
    ),
    "reports.scheduled-ones": Text(en="Scheduled reports", id="Laporan terjadwal"),
    "reports.schedule": Text(en="Schedule a report", id="Jadwalkan laporan"),
    "reports.none-yet": Text(
        en="No report is scheduled yet.", id="Belum ada laporan yang dikirim otomatis."
    ),
    "reports.times": Text(en="When", id="Kapan"),
    "reports.at": Text(en="Time", id="Pukul"),
    "reports.daily": Text(en="Every day", id="Setiap hari"),
    "reports.daily-at": Text(en="every day at {at:clock}", id="setiap hari pukul {at:clock}"),
    "reports.weekly-at": Text(en="every {day} at {at:clock}", id="setiap {day} pukul {at:clock}"),
    "reports.monthly-at": Text(
        en="on day {day} of the month at {at:clock}", id="setiap tanggal {day} pukul {at:clock}"
    ),
    "reports.month-end-at": Text(
        en="on the last day of the month at {at:clock}",
        id="pada hari terakhir bulan pukul {at:clock}",
    ),
    "reports.month-begin": Text(en="First day of the month", id="Hari pertama bulan"),
    "reports.month-end": Text(en="Last day of the month", id="Hari terakhir bulan"),
    "reports.receiver": Text(en="To", id="Kepada"),
    "reports.receiver-help": Text(
        en="An e-mail address, or webhook:https://… The report covers the time since the one "
        "before.",
        id="Alamat surel, atau webhook:https://… Laporan mencakup waktu sejak laporan sebelumnya.",
    ),
    "reports.next": Text(en="next", id="berikutnya"),
    "reports.end": Text(en="Stop", id="Hentikan"),
    "reports.end-sure": Text(
        en="These reports are then sent no more.", id="Laporan ini tidak akan dikirim lagi."
    ),
    "reports.end-one": Text(en="Stop the report {name}", id="Hentikan laporan {name}"),
    "reports.saved": Text(en="The report is scheduled.", id="Laporan dijadwalkan."),
    "reports.ended": Text(en="The report is no longer sent.", id="Laporan itu tidak lagi dikirim."),
    "reports.to-reports": Text(en="To the reports", id="Ke laporan"),
    "reports.needs-extra": Text(
        en="a report as {form} needs the extra `reports`; install it with: "
        "pip install 'pantau[reports]'",
        id="laporan sebagai {form} memerlukan ekstra `reports`; pasang dengan: "
        "pip install 'pantau[reports]'",
    ),
    "reports.files-extra": Text(
        en="For DOCX and PDF: pip install 'pantau[reports]'",
        id="Untuk DOCX dan PDF: pip install 'pantau[reports]'",
    ),
    "reports.boxes": Text(
        en="Letters of some scripts are boxes in the PDF unless a font of this machine has them, "
        "such as those of the package fonts-noto.",
        id="Huruf dari beberapa aksara menjadi kotak dalam PDF kecuali ada fonnya di mesin ini, "
        "misalnya dari paket fonts-noto.",
    ),
    "reports.as-docx": Text(en="DOCX", id="DOCX"),
    "reports.as-pdf": Text(en="PDF", id="PDF"),
    "reports.no-maker": Text(
        en="this program has no search index to make the report from",
        id="program ini tidak memiliki indeks pencarian untuk membuat laporan",
    ),
    "reports.sent-by": Text(
        en="Sent by Pantau as scheduled: the report {name}.",
        id="Dikirim oleh Pantau sesuai jadwal: laporan {name}.",
    ),
    "reports.stop": Text(en="To stop: {command}", id="Berhenti: {command}"),
    "reports.more-articles": Text(
        en="{count:n more article|more articles}", id="{count:n artikel lain}"
    ),
    "reports.more-stories": Text(
        en="{count:n more story is|more stories are} not listed here; `pantau report` lists all.",
        id="{count:n cerita lain} tidak dicantumkan di sini; `pantau report` mencantumkan semua.",
    ),
    "reports.unread": Text(
        en="The query of {name} cannot be read, so it is left out.",
        id="Kueri {name} tidak dapat dibaca, jadi tidak dimuat.",
    ),
    "reports.cut": Text(
        en="A subscription matched more articles than a report has; the oldest of the day are "
        "left out.",
        id="Sebuah langganan cocok dengan lebih banyak artikel daripada yang dimuat laporan; "
        "yang terlama pada hari itu tidak dimuat.",
    ),
    "reports.words-cut": Text(
        en="There are more quotations than a report has; those of the last stories are left out.",
        id="Ada lebih banyak kutipan daripada yang dimuat laporan; kutipan dalam cerita-cerita "
        "terakhir tidak dimuat.",
    ),
    "reports.subscription": Text(en="Subscription", id="Langganan"),
    "reports.articles": Text(en="Articles", id="Artikel"),
    "reports.usual": Text(en="Usual", id="Biasanya"),
    "reports.story": Text(
        en="{count:n article|articles}, {sources:n source|sources}",
        id="{count:n artikel}, {sources:n sumber}",
    ),
    "reports.line": Text(
        en="  {name}: {count:n article|articles}, usually {usual:n}",
        id="  {name}: {count:n artikel}, biasanya {usual:n}",
    ),
    "reports.one-form": Text(
        en="--html, --docx, --pdf, --csv and --json: give one of them",
        id="--html, --docx, --pdf, --csv dan --json: berikan salah satu saja",
    ),
    "reports.written": Text(en="Report written to {file}.", id="Laporan ditulis ke {file}."),
    "reports.choose": Text(
        en="What was reported on a day, by story, with who is quoted.",
        id="Apa yang diberitakan pada suatu hari, per cerita, dengan siapa yang dikutip.",
    ),
    "reports.date": Text(en="Day", id="Hari"),
    "reports.about": Text(en="Subscription or tag", id="Langganan atau tanda"),
    "reports.tag": Text(en="Tag: {tag}", id="Tanda: {tag}"),
    "reports.show": Text(en="Show", id="Tampilkan"),
    "reports.day-before": Text(en="The day before", id="Hari sebelumnya"),
    "reports.day-after": Text(en="The day after", id="Hari sesudahnya"),
    "reports.days": Text(
        en="Articles a day, with the two weeks before",
        id="Artikel per hari, dengan dua minggu sebelumnya",
    ),
    "reports.print": Text(
        en="To print it, use the print command of the browser.",
        id="Untuk mencetaknya, pakai perintah Cetak pada peramban.",
    ),
    "reports.part": Text(
        en="The first {shown:n} of {count:n article|articles} are shown here.",
        id="Di sini {shown:n} pertama dari {count:n artikel}.",
    ),
    "reports.whole": Text(en="The whole report, to print", id="Seluruh laporan, untuk dicetak"),
    "reports.of-yesterday": Text(en="Yesterday's report", id="Laporan kemarin"),
}
