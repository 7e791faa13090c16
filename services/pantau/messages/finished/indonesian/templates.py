"""Faults of templates of messages: our own, and those of Jinja's parser."""

from collections.abc import Mapping
from typing import Final

_TAGS: Final = {
    "{tags}": "{tags}",
    "{first} or {second}": "{first} atau {second}",
    "{first} or {second} or {third}": "{first} atau {second} atau {third}",
}
"""Lists of tags that may close a block, as Jinja writes them."""

_UNCLOSED: Final = {
    english.replace("{tags}", listed): meaning.replace("{tags}", named)
    for listed, named in _TAGS.items()
    for english, meaning in {
        "Encountered unknown tag {tag}. Jinja was looking for the following tags: {tags}. The "
        "innermost block that needs to be closed is {block}.": (
            "perintah {tag} tidak dikenal; yang ditunggu {tags}, untuk menutup {block}."
        ),
        "Encountered unknown tag {tag}. You probably made a nesting mistake. Jinja is expecting "
        "this tag, but currently looking for {tags}. The innermost block that needs to be closed "
        "is {block}.": (
            "perintah {tag} salah tempat; yang ditunggu lebih dahulu {tags}, untuk menutup {block}."
        ),
        "Unexpected end of template. Jinja was looking for the following tags: {tags}. The "
        "innermost block that needs to be closed is {block}.": (
            "templat berakhir, padahal {block} belum ditutup dengan {tags}."
        ),
    }.items()
}

TEXTS: Final[Mapping[str, str]] = {
    # Ours
    "its loops take more than {steps} steps": "perulangannya melebihi {steps} langkah",
    "its loops evaluate more than {parts} parts": "perulangannya menghitung lebih dari {parts} "
    "bagian",
    "its filters take in more than {most} characters": "penyaringnya mengolah lebih dari {most} "
    "karakter",
    "it makes more than {most} characters": "hasilnya lebih dari {most} karakter",
    "it is nested too deep": "terlalu banyak bagian di dalam bagian",
    "join takes a list of fields": "join memerlukan daftar, seperti stories",
    "join adds more than {most} characters": "join menambah lebih dari {most} karakter",
    "there is no filter {name}; there are {names}": "penyaring {name} tidak ada; yang ada {names}",
    "there is no test {name}; there are {names}": "uji {name} tidak ada; yang ada {names}",
    "there is no {name}; there are {names}": "{name} tidak ada; yang ada {names}",
    "{word} is not allowed here": "{word} tidak boleh dipakai di sini",
    "a call is not allowed here": "pemanggilan tidak boleh dipakai di sini",
    "a recursive loop is not allowed here": "perulangan rekursif tidak boleh dipakai di sini",
    "{name} is private": "{name} tidak boleh dipakai: nama yang berawal garis bawah",
    "more than {most} loops in each other": "lebih dari {most} perulangan bersarang",
    "a loop goes through a list of fields, such as stories": (
        "perulangan memerlukan daftar, seperti stories"
    ),
    "a template is rendered with a budget": "templat dijalankan dengan batas",
    "nothing can be called": "tidak ada yang dapat dipanggil",
    # Jinja's
    "{name} is undefined": "{name} tidak ada",
    "{kind} has no attribute {name}": "{kind} tidak punya bagian {name}",
    "{kind} has no element {name}": "{kind} tidak punya butir {name}",
    "tag name expected": "seharusnya nama perintah",
    "expected token {wanted}, got {got}": "seharusnya {wanted}, bukan {got}",
    "unexpected end of template, expected {wanted}.": "templat berakhir; seharusnya {wanted}.",
    "unexpected end of template, expected 'end of print statement'.": (
        "templat berakhir sebelum {{ ditutup dengan }}"
    ),
    "unexpected end of template, expected 'end of statement block'.": (
        "templat berakhir sebelum {% ditutup dengan %}"
    ),
    "Expected an expression, got {got}": "seharusnya ungkapan, bukan {got}",
    "Expected an expression, got 'end of print statement'": (
        "seharusnya ungkapan di antara {{ dan }}, seperti {{ name }}"
    ),
    "Expected an expression, got 'end of statement block'": (
        "seharusnya ungkapan sebelum %}, seperti {% if more %}"
    ),
    "unexpected {mark}": "{mark} tidak terduga",
    "expected name or number": "seharusnya nama atau angka",
    "expected subscript expression": "seharusnya nama atau angka di antara [ dan ]",
    "unexpected {mark}, expected {wanted}": "{mark} tidak terduga; seharusnya {wanted}",
    "unexpected char {mark} at {place}": "karakter {mark} tidak terduga, pada posisi {place}",
    "Missing end of comment tag": "komentar tidak ditutup dengan #}",
    "Missing end of raw directive": "raw tidak ditutup dengan {% endraw %}",
    "Invalid character in identifier": "nama memuat karakter yang tidak boleh dipakai",
    "You cannot chain multiple tests with is": "is hanya dapat dipakai sekali berturut-turut",
    "Encountered unknown tag {tag}.": "perintah {tag} tidak dikenal.",
    **_UNCLOSED,
}
