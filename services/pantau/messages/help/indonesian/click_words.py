"""The sentences of click itself, and the placeholders in usage lines."""

from collections.abc import Mapping
from typing import Final

METAVARS: Final[Mapping[str, str]] = {
    "ACCOUNT": "AKUN",
    "SCHEDULE": "JADWAL",
    "OWNER": "PEMILIK",
    "TEAM": "TIM",
    "TOKEN": "TOKEN",
    "ADDRESS": "ALAMAT",
    "ALERT": "PEMBERITAHUAN",
    "ARGS": "ARGUMEN",
    "ARTICLE": "ARTIKEL",
    "BYTES": "BITA",
    "CHANNEL": "SALURAN",
    "COMMAND": "PERINTAH",
    "DIRECTORY": "FOLDER",
    "FEED": "UMPAN",
    "FILE": "BERKAS",
    "FILENAME": "BERKAS",
    "FLOAT": "DESIMAL",
    "INTEGER": "BILANGAN",
    "LANG": "BAHASA",
    "LETTER": "REKAMAN",
    "NAME": "NAMA",
    "OPTIONS": "OPSI",
    "PATH": "LOKASI",
    "QUERY": "KUERI",
    "RANGE": "RENTANG",
    "SECONDS": "DETIK",
    "SETTING": "PENGATURAN",
    "SHELL": "SHELL",
    "SOURCE": "SUMBER",
    "SUBSCRIPTION": "LANGGANAN",
    "TAG": "TANDA",
    "TEXT": "TEKS",
    "USER": "PENGGUNA",
    "VALUE": "NILAI",
    "VERSION": "VERSI",
    "DATE": "TANGGAL",
    "TIME": "WAKTU",
    "TIMES": "JAM",
    "TRIGGER": "PEMICU",
    "WHEN": "WAKTU",
    "WORD": "KATA",
    "ZONE": "ZONA",
}
"""Placeholders for values; names of standards, such as URL, are the same in all languages."""

EXTRAS: Final[Mapping[str, str]] = {
    "required": "wajib",
    "env var: {var}": "variabel lingkungan: {var}",
    "default: {default}": "bawaan: {default}",
    "default": "bawaan",
    "(dynamic)": "(dinamis)",
}
"""Additions of click to an option, in brackets."""

KINDS: Final[Mapping[str, str]] = {
    "integer": "bilangan bulat",
    "float": "bilangan",
    "integer range": "bilangan bulat",
    "float range": "bilangan",
    "file": "berkas",
    "directory": "folder",
    "path": "lokasi",
    "File": "berkas",
    "Directory": "folder",
    "Path": "lokasi",
}
"""Kinds of values that stand in a sentence of click."""

SENTENCES: Final[Mapping[str, str]] = {
    "Options": "Opsi",
    "Commands": "Perintah",
    "Aborted!": "Dibatalkan!",
    "Missing command.": "Perintah belum diberikan.",
    "No such command {name!r}.": "Tidak ada perintah {name}.",
    "Got unexpected extra argument ({args})": "Argumen berlebih: {args}",
    "Got unexpected extra arguments ({args})": "Argumen berlebih: {args}",
    "Option {name!r} does not take a value.": "Opsi {name} tidak menerima nilai.",
    "Option {name!r} requires an argument.": "Opsi {name} memerlukan nilai.",
    "Option {name!r} requires {nargs} arguments.": "Opsi {name} memerlukan {nargs} nilai.",
    "Argument {name!r} takes {nargs} values.": "Argumen {name} menerima {nargs} nilai.",
    "Takes {nargs} values but 1 was given.": "Memerlukan {nargs} nilai, tetapi diberi 1.",
    "Takes {nargs} values but {len} were given.": "Memerlukan {nargs} nilai, tetapi diberi {len}.",
    "{len_type} values are required, but {len_value} was given.": (
        "Memerlukan {len_type} nilai, tetapi diberi {len_value}."
    ),
    "{len_type} values are required, but {len_value} were given.": (
        "Memerlukan {len_type} nilai, tetapi diberi {len_value}."
    ),
    "Value must be an iterable.": "Nilai harus dapat diiterasi.",
    "{value!r} is not one of {choices}.": "{value} bukan salah satu dari {choices}.",
    "{value!r} does not match the format {format}.": "{value} tidak sesuai format {format}.",
    "{value!r} does not match the formats {formats}.": "{value} tidak sesuai format {formats}.",
    "{value!r} is not a valid {number_type}.": "{value} bukan {number_type} yang sah.",
    "{value} is not in the range {range}.": "{value} di luar rentang {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "{value} bukan nilai benar atau salah. Nilai yang dikenal: {states}"
    ),
    "{value!r} is not a valid UUID.": "{value} bukan UUID yang sah.",
    "{name} {filename!r} does not exist.": "{name} {filename} tidak ada.",
    "{name} {filename!r} is a file.": "{name} {filename} adalah berkas.",
    "{name} {filename!r} is a directory.": "{name} {filename} adalah folder.",
    "{name} {filename!r} is not readable.": "{name} {filename} tidak dapat dibaca.",
    "{name} {filename!r} is not writable.": "{name} {filename} tidak dapat ditulis.",
    "{name} {filename!r} is not executable.": "{name} {filename} tidak dapat dijalankan.",
    "Could not open file {filename!r}: {message}": (
        "Berkas {filename} tidak dapat dibuka: {message}"
    ),
    "unknown error": "kesalahan tidak dikenal",
    "{value!r} is not {choice}.": "{value} bukan {choice}.",
}
"""Whole sentences, with the parameters that click fills in before we see them.

The first template that fits a sentence counts, so the most general one is the last.
"""
