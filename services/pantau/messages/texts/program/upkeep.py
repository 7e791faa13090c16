"""Upkeep: the index rebuilt, backups."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "upkeep.reading-log": Text(
        en="looking for what the index lacks", id="mencari yang belum ada di indeks"
    ),
    "upkeep.rebuilding": Text(en="rebuilding the index", id="membangun ulang indeks"),
    "upkeep.rebuilt": Text(
        en="The index is rebuilt: {count:n article|articles}, {added:n} of them added from the "
        "log.",
        id="Indeks telah dibangun ulang: {count:n artikel}, {added:n} di antaranya ditambahkan "
        "dari log.",
    ),
    "upkeep.newer-backup": Text(
        en="the backup was written by Pantau {version}, which is newer; upgrade this one",
        id="cadangan ditulis oleh Pantau {version} yang lebih baru; mutakhirkan yang ini",
    ),
    "upkeep.no-backup": Text(
        en="the file is no backup of Pantau; give one that `pantau backup` wrote",
        id="berkas itu bukan cadangan Pantau; berikan yang ditulis oleh `pantau backup`",
    ),
    "upkeep.unreadable": Text(
        en="{file} cannot be read: {reason}", id="{file} tidak dapat dibaca: {reason}"
    ),
    "upkeep.file-exists": Text(
        en="{file} exists; give the name of a new file",
        id="{file} sudah ada; berikan nama berkas baru",
    ),
    "upkeep.no-part": Text(
        en="the backup is incomplete: it has no part {name}; use another backup",
        id="cadangan tidak lengkap: tidak ada bagian {name}; gunakan cadangan lain",
    ),
    "upkeep.damaged": Text(
        en="the backup is damaged in the part {name}; use another backup",
        id="cadangan rusak pada bagian {name}; gunakan cadangan lain",
    ),
    "upkeep.passphrase": Text(
        en="the part {name} cannot be decrypted: the passphrase is another one, or the file was "
        "changed",
        id="bagian {name} tidak dapat didekripsi: frasa sandi berbeda, atau berkas telah diubah",
    ),
    "upkeep.no-passphrase": Text(
        en="a backup holds secrets: give --passphrase-file, or --plain to write them in the clear",
        id="cadangan berisi rahasia: berikan --passphrase-file, atau --plain untuk menulisnya "
        "tanpa enkripsi",
    ),
    "upkeep.plain-or-passphrase": Text(
        en="give either --plain or --passphrase-file", id="berikan --plain atau --passphrase-file"
    ),
    "upkeep.ask-passphrase": Text(en="Passphrase of the backup", id="Frasa sandi cadangan"),
    "upkeep.copying": Text(en="copying {name}", id="menyalin {name}"),
    "upkeep.not-empty": Text(
        en="{place} is not empty; restore into an empty place: another data folder, or another "
        "kafka.prefix",
        id="{place} tidak kosong; pulihkan ke tempat kosong: folder data lain, atau kafka.prefix "
        "lain",
    ),
    "upkeep.other-backend": Text(
        en="the backup is of a store on {found}, and the settings name another kind of store",
        id="cadangan berasal dari penyimpanan {found}, sedangkan pengaturan menyebut jenis lain",
    ),
    "upkeep.saved": Text(
        en="Saved in {file}: {count:n part|parts}.", id="Tersimpan di {file}: {count:n bagian}."
    ),
    "upkeep.saved-plain": Text(
        en="It holds secrets in the clear: keep it as private as the data folder.",
        id="Berkas itu berisi rahasia tanpa enkripsi: jaga seperti folder data.",
    ),
    "upkeep.checked": Text(
        en="{file} is whole: written by Pantau {program} at {created}.",
        id="{file} utuh: ditulis oleh Pantau {program} pada {created}.",
    ),
    "upkeep.restored": Text(
        en="Restored from {file}, written by Pantau {program} at {created}.",
        id="Dipulihkan dari {file}, ditulis oleh Pantau {program} pada {created}.",
    ),
    "upkeep.restored-index": Text(
        en="Run `pantau index rebuild` to fill the search index.",
        id="Jalankan `pantau index rebuild` untuk mengisi indeks pencarian.",
    ),
    "upkeep.refused": Text(
        en="the index rejected {count:n article|articles} of the log",
        id="indeks menolak {count:n artikel} dari log",
    ),
}
