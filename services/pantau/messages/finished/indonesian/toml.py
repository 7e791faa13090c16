"""Faults of TOML files, as the parser of the standard library words them."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "at line {line}, column {column}": "pada baris {line}, kolom {column}",
    "at end of document": "pada akhir berkas",
    "Invalid statement": "seharusnya nama = nilai, atau [bagian]",
    "Expected newline or end of document after a statement": (
        "seharusnya baris baru setelah sebuah nilai"
    ),
    "Found invalid character {mark} ({place})": "karakter {mark} tidak boleh dipakai ({place})",
    "Illegal character {mark} ({place})": "karakter {mark} tidak boleh dipakai ({place})",
    "Cannot declare {key} twice ({place})": "{key} ditulis dua kali ({place})",
    "Cannot overwrite a value": "nama yang sama diberi nilai dua kali",
    "Cannot mutate immutable namespace {key} ({place})": (
        "{key} sudah lengkap dan tidak dapat ditambah ({place})"
    ),
    "Duplicate inline table key {key} ({place})": "{key} ditulis dua kali ({place})",
    "Expected ']' at the end of a table declaration": "nama bagian harus ditutup dengan ]",
    "Expected ']]' at the end of an array declaration": "nama bagian harus ditutup dengan ]]",
    "Expected '=' after a key in a key/value pair": "seharusnya = setelah nama",
    "Invalid initial character for a key part": "nama tidak boleh diawali karakter ini",
    "Unclosed array": "daftar tidak ditutup dengan ]",
    "Unclosed inline table": "tabel tidak ditutup dengan }",
    "Unescaped '\\' in a string": "dalam teks, \\ ditulis \\\\",
    "Invalid hex value": "bilangan heksadesimal tidak sah",
    "Escaped character is not a Unicode scalar value": "tidak ada karakter Unicode dengan kode itu",
    "Unterminated string": "teks tidak ditutup dengan tanda kutip",
    "Invalid date or datetime": "tanggal atau waktu tidak sah",
    "Invalid value": "nilai tidak sah; teks ditulis dalam tanda kutip",
}
