"""Expectations of the query parsers: the phrases behind "the query cannot be read at"."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "a word, a phrase or a group in parentheses, not the end of the query": (
        "seharusnya kata, frasa, atau kelompok dalam tanda kurung, bukan akhir kueri"
    ),
    "a word, a phrase or a group in parentheses, not {found}": (
        "seharusnya kata, frasa, atau kelompok dalam tanda kurung, bukan {found}"
    ),
    "a ) for the ( at character {place}": "seharusnya ada ) untuk ( pada karakter ke-{place}",
    "at most {most} parentheses in one another": "paling banyak {most} tanda kurung yang bersarang",
    "at most {most} parentheses and operators in one another": (
        "paling banyak {most} tanda kurung dan operator yang bersarang"
    ),
    "{reason}; split the query into several subscriptions": (
        "{reason}; bagi kueri menjadi beberapa langganan"
    ),
    "at most {most} words and phrases, each counted once a field that it looks in; split the "
    "query into several subscriptions": (
        "paling banyak {most} kata dan frasa, masing-masing dihitung sekali per kolom yang "
        "dicarinya; bagi kueri menjadi beberapa langganan"
    ),
    "at most {most} characters; this query has {count}; split it into several subscriptions": (
        "paling banyak {most} karakter; kueri ini memiliki {count}; bagi menjadi beberapa langganan"
    ),
    "characters of UTF-8; half of a character cannot be kept or searched for": (
        "seharusnya karakter UTF-8; setengah karakter tidak dapat disimpan atau dicari"
    ),
    "a number right after ^, such as banjir^2": (
        "seharusnya angka tepat setelah ^, misalnya banjir^2"
    ),
    "an end of a range": "seharusnya ujung rentang",
    "an end of a range: a word, a date, or * where it is open": (
        "seharusnya ujung rentang: kata, tanggal, atau * bila terbuka"
    ),
    "{expected}; nothing closes this {sign}": "{expected}; tidak ada yang menutup {sign} ini",
    "a closing /, or \\/ where no regular expression is meant": (
        "seharusnya / penutup, atau \\/ bila bukan ekspresi reguler"
    ),
    "a character after \\, or \\\\ for the sign itself": (
        "seharusnya karakter setelah \\, atau \\\\ untuk tanda itu sendiri"
    ),
    "a whole number after {name}/, such as {example}/5": (
        "seharusnya bilangan bulat setelah {name}/, misalnya {example}/5"
    ),
    'a closing "; nothing closes this "': 'seharusnya " penutup; tidak ada yang menutup " ini',
    'a closing "': 'seharusnya " penutup',
    "four hexadecimal digits after \\u, or \\\\u for the characters": (
        "seharusnya empat angka heksadesimal setelah \\u, atau \\\\u untuk karakternya"
    ),
    "a range, such as [2022-09-01 TO *]: a date has no first characters": (
        "seharusnya rentang, misalnya [2022-09-01 TO *]: tanggal tidak memiliki awalan"
    ),
    "a range, such as [2022-09-01 TO *]: a date has no pattern": (
        "seharusnya rentang, misalnya [2022-09-01 TO *]: tanggal tidak memiliki pola"
    ),
    "a range, such as [2022-09-01 TO *]: a date cannot be fuzzy": (
        "seharusnya rentang, misalnya [2022-09-01 TO *]: tanggal tidak dapat kabur"
    ),
    "a regular expression of at most {most} characters": (
        "seharusnya ekspresi reguler sepanjang paling banyak {most} karakter"
    ),
    "{expected}, in the regular expression": "{expected}, dalam ekspresi reguler",
    "a field of words or names before @{name}: a list holds no dates": (
        "seharusnya kolom kata atau nama sebelum @{name}: daftar tidak memuat tanggal"
    ),
    "nothing in the query can be searched": "tidak ada yang dapat dicari dalam kueri",
    "and, or, or the end of the query; no ( is open": (
        "seharusnya and, or, atau akhir kueri; tidak ada ( yang terbuka"
    ),
    "and, or, or the end of the query; { } for nested fields is not supported: no field is": (
        "seharusnya and, or, atau akhir kueri; { } untuk kolom bersarang tidak didukung: tidak "
        "ada kolom bersarang"
    ),
    "and, or, or the end of the query; \\{sign} where the sign itself is meant": (
        "seharusnya and, or, atau akhir kueri; \\{sign} bila tanda itu sendiri yang dimaksud"
    ),
    "and, or, or the end of the query": "seharusnya and, or, atau akhir kueri",
    "and or or before not": "seharusnya and atau or sebelum not",
    "a value before {word}; \\{escaped} where the word itself is meant": (
        "seharusnya nilai sebelum {word}; \\{escaped} bila kata itu sendiri yang dimaksud"
    ),
    "a value, not the end of the query": "seharusnya nilai, bukan akhir kueri",
    "a value": "seharusnya nilai",
    "a value; null is none in KQL": "seharusnya nilai; null bukan nilai dalam KQL",
    "a value, without *, after <, <=, > or >=": "seharusnya nilai tanpa * setelah <, <=, > atau >=",
    "the end of the query or another clause, not {found}": (
        "seharusnya akhir kueri atau klausa lain, bukan {found}"
    ),
    "AND after {again}: {operator} has two sides": (
        "seharusnya AND setelah {again}: {operator} mempunyai dua sisi"
    ),
    'no ~ after words in exact case, ="..."': (
        'seharusnya tanpa ~ setelah kata dengan huruf besar-kecil yang tepat, ="..."'
    ),
    "no ~ after a list such as {name}": "seharusnya tanpa ~ setelah daftar seperti {name}",
    "~, ~0, ~1 or ~2 after a word": "seharusnya ~, ~0, ~1 atau ~2 setelah kata",
    "TO between the ends of a range, such as [2022-09-01 TO 2022-09-30]": (
        "seharusnya TO di antara ujung rentang, misalnya [2022-09-01 TO 2022-09-30]"
    ),
    "a closing ] or }": "seharusnya ] atau } penutup",
    "a date such as 2022-09-09, 2022-09-09T08:00:00Z or now-7d/d, not {found}": (
        "seharusnya tanggal seperti 2022-09-09, 2022-09-09T08:00:00Z atau now-7d/d, bukan {found}"
    ),
    "a number from 1 on after ATLEAST/": "seharusnya angka mulai dari 1 setelah ATLEAST/",
    "words beside {operator} that can be searched": (
        "seharusnya kata yang dapat dicari di samping {operator}"
    ),
    "a word, a phrase or a prefix, or some of these with OR between them in ( ), beside "
    "{operator}, not AND, NOT, + or -": (
        "seharusnya kata, frasa, atau awalan, atau beberapa di antaranya dengan OR dalam ( ), "
        "di samping {operator}, bukan AND, NOT, + atau -"
    ),
    "a word, a phrase or a prefix, or some of these with OR between them in ( ), beside "
    "{operator}, not a pattern, a range or a date": (
        "seharusnya kata, frasa, atau awalan, atau beberapa di antaranya dengan OR dalam ( ), "
        "di samping {operator}, bukan pola, rentang, atau tanggal"
    ),
    "a word, a phrase or a prefix, or some of these with OR between them in ( ), beside "
    "{operator}; a phrase there has no ~": (
        "seharusnya kata, frasa, atau awalan, atau beberapa di antaranya dengan OR dalam ( ), "
        "di samping {operator}; frasa di sana tanpa ~"
    ),
    "a word, a phrase or a prefix, or some of these with OR between them in ( ), beside "
    "{operator}; the list @{name} can stand beside AND, OR and NOT alone": (
        "seharusnya kata, frasa, atau awalan, atau beberapa di antaranya dengan OR dalam ( ), "
        "di samping {operator}; daftar @{name} hanya dapat dipakai di samping AND, OR, dan NOT"
    ),
    "a word, a phrase or a prefix, or some of these with OR between them in ( ), beside "
    "{operator} in one of the fields that are cut into words: {names}": (
        "seharusnya kata, frasa, atau awalan, atau beberapa di antaranya dengan OR dalam ( ), "
        "di samping {operator} dalam salah satu kolom yang dipecah menjadi kata: {names}"
    ),
    "a word, a phrase or a prefix, or some of these with OR between them in ( ), beside "
    "{operator}; for three words that are near each other join two by AND: a NEAR/5 b AND b "
    "NEAR/5 c": (
        "seharusnya kata, frasa, atau awalan, atau beberapa di antaranya dengan OR dalam ( ), "
        "di samping {operator}; untuk tiga kata yang berdekatan gabungkan dua dengan AND: a "
        "NEAR/5 b AND b NEAR/5 c"
    ),
    "one field for both sides of {operator}, which are looked for in {one} and in {other}": (
        "seharusnya satu kolom untuk kedua sisi {operator}, yang dicari dalam {one} dan dalam "
        "{other}"
    ),
    "a lower number after ATLEAST/: n times the words that are counted, once a field, is at "
    "most {most}": (
        "seharusnya angka yang lebih kecil setelah ATLEAST/: n kali kata yang dihitung, sekali "
        "per kolom, paling besar {most}"
    ),
    "an expression that is less deeply nested": (
        "seharusnya ekspresi yang tidak bersarang sedalam ini"
    ),
    "the end of the regular expression": "seharusnya akhir ekspresi reguler",
    "a character": "seharusnya karakter",
    "a closing }": "seharusnya } penutup",
    "a closing )": "seharusnya ) penutup",
    "a closing ]": "seharusnya ] penutup",
    "a number of times from low to high, at most {most}": (
        "seharusnya jumlah kali dari kecil ke besar, paling banyak {most}"
    ),
    "an expression of at most {most} states": (
        "seharusnya ekspresi dengan paling banyak {most} keadaan"
    ),
    "a number": "seharusnya angka",
    "one of \\d \\D \\w \\W \\s \\S, or \\ before a sign": (
        "seharusnya salah satu dari \\d \\D \\w \\W \\s \\S, atau \\ sebelum tanda"
    ),
    "a range of characters from low to high": "seharusnya rentang karakter dari rendah ke tinggi",
    "an interval of numbers such as <1-31>": "seharusnya selang angka seperti <1-31>",
    "numbers up to {highest}, of at most {digits} digits": (
        "seharusnya angka sampai {highest}, paling panjang {digits} digit"
    ),
    "words to look for, or * for every article": (
        "seharusnya kata yang dicari, atau * untuk semua artikel"
    ),
    "{operator} is an operator of the language pantau; choose that by --language pantau": (
        "{operator} adalah operator bahasa pantau; pilih dengan --language pantau"
    ),
    "the query is empty": "kueri kosong",
    "a quoted end of a range": "seharusnya ujung rentang dalam tanda kutip",
    "words in exact case": "seharusnya kata dengan huruf besar-kecil yang tepat",
    "fewer or simpler regular expressions: together they need too many states": (
        "seharusnya ekspresi reguler yang lebih sedikit atau lebih sederhana: bersama-sama "
        "memerlukan terlalu banyak keadaan"
    ),
    "lower counts in { }, fewer .* and alternatives: it needs more states than Elasticsearch "
    "allows": (
        "seharusnya angka yang lebih kecil dalam { }, lebih sedikit .* dan pilihan: diperlukan "
        "lebih banyak keadaan daripada yang diizinkan Elasticsearch"
    ),
    "at most 50 parentheses in one another": "paling banyak 50 tanda kurung yang bersarang",
    "there is no field {name}": "tidak ada kolom {name}",
    "less beside NEAR and ATLEAST: at most {most} words, each counted once a field, and again "
    "for phrases": (
        "seharusnya lebih sedikit di samping NEAR dan ATLEAST: paling banyak {most} kata, "
        "masing-masing dihitung sekali per kolom, dan sekali lagi untuk frasa"
    ),
    "a word": "seharusnya kata",
    "a phrase": "seharusnya frasa",
}
