"""Faults of records of a topic: reasons of dead letters, and of what cannot be read."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "not JSON: {error}": "bukan JSON: {error}",
    "nested too deep": "tersarang terlalu dalam",
    "schema_version: missing, and never guessed": "schema_version: tidak ada, dan tidak diterka",
    "schema_version {version} of {event} is newer than this program ({current}); upgrade it": (
        "schema_version {version} dari {event} lebih baru daripada program ini ({current}); "
        "mutakhirkan programnya"
    ),
    "schema_version {version} of {event} is too old: no way from {step} to {following}": (
        "schema_version {version} dari {event} terlalu lama: tidak ada jalan dari {step} ke "
        "{following}"
    ),
    "unknown members of {event}: a number that JSON cannot express": (
        "anggota {event} yang tidak dikenal: angka yang tidak dapat ditulis dalam JSON"
    ),
    "unknown members of {event}: {size} bytes; at most {most} are kept": (
        "anggota {event} yang tidak dikenal: {size} bita; paling banyak {most} yang disimpan"
    ),
    "{count} members of {event} are unknown or invalid": (
        "{count} anggota {event} tidak dikenal atau tidak sah"
    ),
    # Of the library that reads JSON, and of the one that checks it; what has no entry is shown as
    # it was said.
    "Expecting value: line {line} column {column} (char {place})": (
        "seharusnya ada nilai: baris {line} kolom {column} (karakter {place})"
    ),
    "Extra data: line {line} column {column} (char {place})": (
        "data berlebih: baris {line} kolom {column} (karakter {place})"
    ),
    "Expecting {sign} delimiter: line {line} column {column} (char {place})": (
        "seharusnya ada tanda {sign}: baris {line} kolom {column} (karakter {place})"
    ),
    "Unterminated string starting at: line {line} column {column} (char {place})": (
        "teks tidak ditutup, mulai di: baris {line} kolom {column} (karakter {place})"
    ),
    "Expecting property name enclosed in double quotes: line {line} column {column} "
    "(char {place})": (
        "seharusnya ada nama dalam tanda kutip ganda: baris {line} kolom {column} "
        "(karakter {place})"
    ),
    "Field required": "wajib ada",
    "Extra inputs are not permitted": "tidak dikenal",
    "Input should be an object": "seharusnya objek",
    "Input should be a valid string": "seharusnya teks",
    "Input should be a valid integer": "seharusnya bilangan bulat",
    "Input should be a valid number": "seharusnya angka",
    "Input should be a valid boolean": "seharusnya true atau false",
    "Input should be a valid array": "seharusnya daftar",
}
