"""Lists of names: `pantau lists`, and queries that refer to a list."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "lists.missing": Text(
        en="there is no list @{name}; make one by `pantau lists add {name} VALUE`, "
        'or write "@{name}" in double quotes to look for the word',
        id="tidak ada daftar @{name}; buat dengan `pantau lists add {name} NILAI`, "
        'atau tulis "@{name}" dalam tanda kutip ganda untuk mencari katanya',
    ),
    "lists.missing-near": Text(
        en="there is no list @{name}; the nearest name is @{near}",
        id="tidak ada daftar @{name}; nama yang paling dekat adalah @{near}",
    ),
    "lists.unreadable": Text(
        en="the list @{name} cannot be read by this version: {reason}; upgrade Pantau, "
        "or save the list again by `pantau lists import`",
        id="daftar @{name} tidak dapat dibaca oleh versi ini: {reason}; perbarui Pantau, "
        "atau simpan lagi daftar itu dengan `pantau lists import`",
    ),
    "lists.bad-name": Text(
        en="{name!r} cannot be the name of a list; use letters, digits, _, - and ., "
        "beginning and ending with a letter or a digit, 64 characters at most",
        id="{name!r} tidak dapat menjadi nama daftar; pakai huruf, angka, _, - dan ., "
        "yang diawali dan diakhiri huruf atau angka, paling panjang 64 karakter",
    ),
    "lists.invalid": Text(
        en="the list cannot be saved: {text}", id="daftar tidak dapat disimpan: {text}"
    ),
    "lists.too-many": Text(
        en="a list has at most {most:n} values, other names included, and this one {count:n}; "
        "split it into several lists and join them by OR in the query",
        id="satu daftar memuat paling banyak {most:n} nilai, termasuk nama lain, dan yang ini "
        "{count:n}; bagi menjadi beberapa daftar dan gabungkan dengan OR di dalam kueri",
    ),
    "lists.empty-value": Text(
        en="a value is empty; give a name or a word", id="ada nilai kosong; isi nama atau kata"
    ),
    "lists.long-value": Text(
        en="the value {value!r}... is longer than {most} characters; shorten it",
        id="nilai {value!r}... lebih panjang dari {most} karakter; perpendek",
    ),
    "lists.no-value": Text(
        en="the list @{name} has no value {value!r}; see `pantau lists show {name}`",
        id="daftar @{name} tidak memuat nilai {value!r}; lihat `pantau lists show {name}`",
    ),
    "lists.no-change": Text(
        en="nothing to change; give {--add} or {--remove} with a value",
        id="tidak ada yang diubah; berikan {--add} atau {--remove} dengan sebuah nilai",
    ),
    "lists.in-use": Text(
        en="{count:n subscription refers|subscriptions refer} to the list @{name} ({names}) and "
        "would raise no alerts without it; change their queries first, or {sure}",
        id="{count:n langganan} memakai daftar @{name} ({names}) dan tidak akan memberi "
        "pemberitahuan tanpanya; ubah dahulu kuerinya, atau {sure}",
    ),
    "lists.follows": Text(
        en="the list @{name} follows the dictionary {file}; change that file, "
        "or remove the list and take the file out of enrich.dictionaries in the settings",
        id="daftar @{name} mengikuti kamus {file}; ubah berkas itu, "
        "atau hapus daftar ini dan keluarkan berkasnya dari enrich.dictionaries di pengaturan",
    ),
    "lists.row": Text(en="line {line}: {fault}", id="baris {line}: {fault}"),
    "lists.row-no-json": Text(
        en="expected a JSON object such as {example}",
        id="seharusnya objek JSON seperti {example}",
    ),
    "lists.row-no-csv": Text(
        en="this is no CSV: {reason}; quotation marks must come in pairs",
        id="ini bukan CSV: {reason}; tanda kutip harus berpasangan",
    ),
    "lists.not-here": Text(
        en="lists such as @{name} are kept in a data folder, which this command does not open; "
        "write the values out",
        id="daftar seperti @{name} disimpan di folder data, yang tidak dibuka oleh perintah ini; "
        "tuliskan nilainya",
    ),
    "lists.none": Text(
        en="No lists yet; make one by `pantau lists add NAME VALUE`.",
        id="Belum ada daftar; buat dengan `pantau lists add NAMA NILAI`.",
    ),
    "lists.line": Text(
        en="@{name}  {count:n value|values}, {users:n subscription|subscriptions}, changed {when}",
        id="@{name}  {count:n nilai}, {users:n langganan}, diubah {when}",
    ),
    "lists.of-dictionary": Text(
        en="  follows the dictionary {file}", id="  mengikuti kamus {file}"
    ),
    "lists.used-by": Text(en="  used by: {names}", id="  dipakai oleh: {names}"),
    "lists.saved": Text(
        en="The list @{name} has {count:n value|values} now ({added:n} added, {removed:n} "
        "removed). Queries refer to it by @{name}, with --language pantau.",
        id="Daftar @{name} kini memuat {count:n nilai} ({added:n} ditambahkan, {removed:n} "
        "dihapus). Kueri menyebutnya dengan @{name}, memakai --language pantau.",
    ),
    "lists.removed": Text(en="Removed: @{name}", id="Dihapus: @{name}"),
    "lists.orphaned": Text(
        en="these subscriptions raise no alerts until there is a list @{name} again: {names}",
        id="langganan berikut tidak memberi pemberitahuan sampai daftar @{name} ada lagi: {names}",
    ),
}
