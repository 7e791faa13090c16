"""The command line itself: errors, warnings, wrong usage, what several commands share."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "cli.more-unreadable": Text(
        en="{count:n more record|more records} cannot be read",
        id="{count:n rekaman} lain tidak dapat dibaca",
    ),
    "cli.warning": Text(en="warning: {text}", id="peringatan: {text}"),
    "cli.no-language": Text(
        en="PANTAU_LANG is {name!r}, which Pantau does not speak: the answers are English; set it "
        "to en or id",
        id="PANTAU_LANG berisi {name!r}, yang tidak dikenal Pantau: jawaban berbahasa Inggris; "
        "atur menjadi en atau id",
    ),
    "cli.no-store": Text(
        en="nothing is stored in {folder} yet; name another folder by --data, or begin by "
        "`pantau feeds add`",
        id="belum ada yang tersimpan di {folder}; sebutkan folder lain dengan --data, atau mulai "
        "dengan `pantau feeds add`",
    ),
    "cli.no-folder": Text(
        en="the data folder {folder} does not exist; see --data and the variable PANTAU_DATA",
        id="folder data {folder} tidak ada; lihat --data dan variabel PANTAU_DATA",
    ),
    "cli.new-folder-near": Text(
        en="the folder {folder} is new; did you mean {near}?",
        id="folder {folder} baru dibuat; apakah maksud Anda {near}?",
    ),
    "cli.no-folder-near": Text(
        en="the data folder {folder} does not exist; did you mean {near}?",
        id="folder data {folder} tidak ada; maksud Anda {near}?",
    ),
    "cli.yes-or-no": Text(en="y/N", id="y/T"),
    "cli.yes-or-no-expected": Text(
        en="answer y for yes or n for no.", id="jawab y untuk ya atau t untuk tidak."
    ),
    "cli.again": Text(en="The same again", id="Sekali lagi"),
    "cli.not-the-same": Text(
        en="the two are not the same; type both again.",
        id="keduanya tidak sama; ketik lagi keduanya.",
    ),
    "cli.go-on": Text(en="Go on all the same?", id="Tetap lanjutkan?"),
    "cli.sure": Text(en="add --yes", id="tambahkan --yes"),
    "cli.error-at": Text(en="error: {where}: {text}", id="kesalahan: {where}: {text}"),
    "cli.waiting": Text(en="waiting: {reason}", id="menunggu: {reason}"),
    "cli.server-down": Text(en="down", id="mati"),
    "cli.note": Text(en="note: {text}", id="catatan: {text}"),
    "cli.error": Text(en="Error: {text}", id="Kesalahan: {text}"),
    "cli.needs-distributed": Text(
        en="Error: Kafka and Elasticsearch need the package {package}; install it with: "
        "pip install 'pantau[distributed]'",
        id="Kesalahan: Kafka dan Elasticsearch memerlukan paket {package}; pasang dengan: "
        "pip install 'pantau[distributed]'",
    ),
    "cli.bug": Text(
        en="This should not happen. PANTAU_TRACEBACK=1 shows where; please report it with that.",
        id="Ini tidak seharusnya terjadi. PANTAU_TRACEBACK=1 menunjukkan letaknya; "
        "sertakan hasilnya saat melaporkan.",
    ),
    "cli.usage": Text(en="Usage: {usage}", id="Pemakaian: {usage}"),
    "cli.try-help": Text(
        en="Try '{command} {option}' for help.", id="Untuk bantuan, coba '{command} {option}'."
    ),
    "cli.did-you-mean": Text(en="{text} Did you mean {near}?", id="{text} Maksud Anda {near}?"),
    "cli.old-python": Text(
        en="Python {version} lacks security patches; update to {least} or newer ({reason})",
        id="Python {version} belum memuat tambalan keamanan; mutakhirkan ke {least} atau yang "
        "lebih baru ({reason})",
    ),
    "cli.query-by-option": Text(
        en="{text}. A query stands behind {--query}, in quotes: {command} ... {--query} 'banjir'",
        id="{text}. Kueri ditulis setelah {--query}, dalam tanda kutip: {command} ... {--query} "
        "'banjir'",
    ),
    "cli.no-command": Text(en="No such command {name!r}.", id="Tidak ada perintah {name!r}."),
    "cli.no-option": Text(en="No such option: {name}", id="Tidak ada opsi {name}."),
    "cli.missing-option": Text(en="Missing option '{name}'.", id="Opsi '{name}' belum diberikan."),
    "cli.missing-argument": Text(
        en="Missing argument '{name}'.", id="Argumen '{name}' belum diberikan."
    ),
    "cli.choices": Text(en="Choose from: {choices}.", id="Pilihannya: {choices}."),
    "cli.number-between": Text(
        en="expected a number from {least} to {most}.",
        id="harus berupa angka dari {least} sampai {most}.",
    ),
    "cli.number-from": Text(
        en="expected a number of at least {least}.", id="harus berupa angka, paling kecil {least}."
    ),
    "cli.invalid": Text(
        en="Invalid value for '{name}': {text}", id="Nilai untuk '{name}' tidak sah: {text}"
    ),
    "cli.store-there": Text(
        en="--keep {folder}: there is a store already; name another folder",
        id="--keep {folder}: sudah ada data di sana; sebutkan folder lain",
    ),
    "cli.until-before-since": Text(
        en="{--until} is not later than {--since}, so nothing lies between them",
        id="{--until} tidak lebih akhir daripada {--since}, jadi tidak ada apa pun di antaranya",
    ),
    "cli.no-moment": Text(
        en="{given!r} is no moment; give a time ago such as 7d or 12 hours, yesterday, or a date "
        "such as 2026-03-01",
        id="{given!r} bukan waktu; tulis jarak ke belakang seperti 7 hari atau 12 jam, kemarin, "
        "atau tanggal seperti 1/3/2026",
    ),
}
