"""Lines of the log of `pantau run`, as a person at the terminal reads them."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "{address}: {count} new or changed article": "{address}: {count} artikel baru atau berubah",
    "{address}: {count} new or changed articles": "{address}: {count} artikel baru atau berubah",
    "{count} more wait": "{count} lagi menunggu",
    "{address}: works again": "{address}: dapat dibaca lagi",
    "more feeds have problems: `pantau feeds list --problems` shows all": (
        "ada umpan lain yang bermasalah: `pantau feeds list --problems` menampilkan semuanya"
    ),
    "polled feeds: {count}; not due: {others}": (
        "umpan yang diperiksa: {count}; belum waktunya: {others}"
    ),
    "`pantau run --once --all` polls all": "`pantau run --once --all` memeriksa semuanya",
    "process of {stages}": "proses {stages}",
    "the {part} is at work (pid {number})": "{part} bekerja (pid {number})",
    "the {part} {reason}; it is started again in {seconds} s": (
        "{part} {reason}; dimulai lagi dalam {seconds} detik"
    ),
    "the {part} does not end and is killed; its last batch will be done again": (
        "{part} tidak kunjung berhenti dan dimatikan; pekerjaan terakhirnya akan diulang"
    ),
    "was killed by signal {number}": "dimatikan oleh sinyal {number}",
    "ended with exit code {code}": "berhenti dengan kode {code}",
    "the console could not be started: {reason}": "konsol tidak dapat dimulai: {reason}",
    "the console ended (exit code {code}); it starts again in {seconds} s": (
        "konsol berhenti (kode {code}); dimulai lagi dalam {seconds} detik"
    ),
    "waiting {seconds} s: {reason}": "menunggu {seconds} detik: {reason}",
    "tidying later: {reason}": "perapian ditunda: {reason}",
    "subscription {name} is suspended: {reason}": "langganan {name} ditangguhkan: {reason}",
}
