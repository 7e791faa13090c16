"""The phrases of descriptions, by language.

Templates have names in braces. A *noun* is one value of a field: a word, for tokenized fields; a
person, a source. *Where* applies to words alone: `in the title or text`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pantau.messages.languages import Lang

DescriptionLanguage = Lang
"""A language that readings are written in, as an ISO 639 code."""


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The phrases of one language."""

    fields: Mapping[str, str]
    """Of text fields: their names. Of all others: the noun."""
    templates: Mapping[str, str]
    conjunctions: Mapping[str, str]
    articles: bool = False
    """True if `{a}` is an English article."""
    thousands: str = ","
    """Separator of groups of three digits."""

    def say(self, name: str, /, **given: object) -> str:
        """Fill in a template. `{a}` precedes `{noun}`."""
        noun = str(given.get("noun", ""))
        article = (
            ("an " if noun[:1] in {"a", "e", "i", "o", "u"} else "a ") if self.articles else ""
        )
        return self.templates[name].format(a=article, **given)

    def number(self, value: float) -> str:
        """Format a number without decimals, its digits in groups of three."""
        return f"{value:,.0f}".replace(",", self.thousands)

    def listed(self, parts: Iterable[str], conjunction: str) -> str:
        """Join by commas and, in the end, `and` or `or`."""
        *others, last = parts
        if not others:
            return last
        return f"{', '.join(others)} {self.conjunctions[conjunction]} {last}"


_ENGLISH: Final = LanguageWords(
    fields={
        "title": "title",
        "text": "text",
        "roles": "roles",
        "quotes": "quotes",
        "lang": "language",
        "source": "source",
        "url": "address",
        "author": "author",
        "tags": "tag",
        "feed": "feed",
        "people": "person",
        "organizations": "organisation",
        "places": "place",
        "place_codes": "country code",
        "entity_ids": "entity id",
        "story_id": "story",
        "published": "publication date",
        "first_seen": "first-seen date",
    },
    conjunctions={"and": "and", "or": "or"},
    articles=True,
    templates={
        "word": "word",
        "where": "in the {fields}",
        # the content of a clause
        "term": "the {noun} {value}",
        "terms": "the words {value}",
        "phrase": "the phrase {value}",
        "sloppy": "the words {value} near each other ({slop} moves by one word at most)",
        "exact_case_1": "the word {value} (capitals and all)",
        "exact_case": "the words {value} (capitals and all)",
        "prefix": "{a}{noun} that begins with {value}",
        "wildcard": "{a}{noun} of the pattern {value} (* is any characters, ? any one)",
        "fuzzy": "{a}{noun} like {value} (at most {edits} letters different)",
        "fuzzy_1": "{a}{noun} like {value} (at most one letter different)",
        "regex": "{a}{noun} that the regular expression {value} matches",
        "range": "{a}{noun} that sorts {bounds}",
        "any": "any {noun}",
        "filled": "any content",
        "date": "{a}{noun} {bounds}",
        "value": "name",
        "listed": "{a}{noun} of the list @{name}",
        "listed_of": "{a}{noun} of the list @{name} (of {count})",
        "near": "{first} near {second} (at most {distance} words between them)",
        "near_1": "{first} near {second} (at most one word between them)",
        "near_0": "{first} right beside {second}",
        "ordered": "{first} before {second} (at most {distance} words between them)",
        "ordered_1": "{first} before {second} (at most one word between them)",
        "ordered_0": "{first} right before {second}",
        "at_least": "{operand} (at least {count} times)",
        # ends of a range
        "from": "from {low} on",
        "after": "after {low}",
        "to": "up to {high}",
        "before": "before {high}",
        "from_to": "from {low} to {high}",
        "from_before": "from {low} to before {high}",
        "after_to": "after {low} to {high}",
        "after_before": "after {low} to before {high}",
        "on": "on {day}",
        "now": "{moment} (now{shift})",
        # the whole
        "everything": "All articles",
        "nothing": "No article",
        "with": "Articles with {what}",
        "but": "{what}, but without {others}",
        "all_but": "All articles except those with {others}",
        "all_of": "all of these:",
        "any_of": "any one of these:",
        "none_of": "none of these:",
        "without": "without {what}",
        "spare": "and these, which change nothing:",
        "all_of_head": "Articles with all of these:",
        "any_of_head": "Articles with any one of these:",
        "all_but_head": "All articles except those with any of these:",
        "every": "every article",
        "no": "what no article has",
        "no_field": "there is no field {name}",
        "empty": "nothing in the query can be searched",
        "excluded": "the query excludes every article",
        # peculiarities
        "note_list": "Clauses side by side without an operator are alternatives: one of them is "
        "enough. "
        "AND between them asks for all.",
        "note_split": "{value} is cut into several words, and one of them is enough; in double "
        "quotes they must "
        "stand together.",
        "note_spare": "Beside AND or +, a clause with OR is not needed: {value} changes nothing "
        "in what is found. "
        "Parentheses say what belongs together.",
        "note_or_not": "OR NOT means AND NOT here: what follows NOT must not be there. (a OR (NOT "
        "b)) would be an "
        "alternative.",
        "note_all_but": "Only what must not be there is named, so every other article is found.",
        "note_exact": "Values such as names and sources are compared whole, capitals and all.",
        "note_now": "now is {moment} in this reading; for alerts it is the moment an article was "
        "first seen.",
        "note_nothing": "No article can be found by this query.",
        # selectivity
        "level_none": "none",
        "level_narrow": "narrow",
        "level_usual": "usual",
        "level_broad": "broad",
        "level_everything": "everything",
        "share": "about 1 in {count} articles",
        "share_most": "about {percent}% of all articles",
        "reason_nothing": "nothing can match it",
        "reason_all": "it asks for nothing that not every article has",
        "reason_all_but": "it only says what must not be there",
        "reason_past": "its dates are over: no new article has them",
        "reason_common": "it needs no more than {what}, which many articles have",
        "reason_many": "any one of {count} clauses is enough, and the most common is {what}",
        "reason_rarest": "the rarest is {what}",
        # the key by which it is found
        "key_word": "{value}",
        "key_prefix": "words that begin with {value}",
        "key_pair": "{value}, side by side",
        "key_list": "the values of the list {value}",
        "key_none": "nothing: it is tried on every article",
        # labels
        "label_query": "query",
        "label_reading": "reading",
        "label_note": "note",
        "label_breadth": "breadth",
        "label_anchors": "looked up by",
        "label_stored": "stored",
        "stored": "{least}{matches} of {articles} articles match, {recent} of them first seen in "
        "the last 7 days",
        "least": "at least ",
        "stored_none": "there is no store in {folder}",
        "inexact": "It finds all that the query means, and may find more.",
        # a trial
        "test_match": "The article matches.",
        "test_no_match": "The article does not match.",
        "test_count": "{matched} of {articles} articles match.",
        "test_missing": "not there: {what}",
        "test_unwanted": "unwanted, but there: {what}",
    },
)

_INDONESIAN: Final = LanguageWords(
    fields={
        "title": "judul",
        "text": "isi",
        "roles": "jabatan",
        "quotes": "kutipan",
        "lang": "bahasa",
        "source": "sumber",
        "url": "alamat",
        "author": "penulis",
        "tags": "tag",
        "feed": "umpan",
        "people": "tokoh",
        "organizations": "organisasi",
        "places": "tempat",
        "place_codes": "kode negara",
        "entity_ids": "id entitas",
        "story_id": "rangkaian berita",
        "published": "tanggal terbit",
        "first_seen": "waktu pertama terlihat",
    },
    conjunctions={"and": "dan", "or": "atau"},
    thousands=".",
    templates={
        "word": "kata",
        "where": "di {fields}",
        "term": "{noun} {value}",
        "terms": "kata {value}",
        "phrase": "frasa {value}",
        "sloppy": "kata-kata {value} yang berdekatan (paling banyak {slop} kali geser satu kata)",
        "exact_case_1": "kata {value} (huruf besar-kecil persis begitu)",
        "exact_case": "kata-kata {value} (huruf besar-kecil persis begitu)",
        "prefix": "{noun} yang diawali {value}",
        "wildcard": "{noun} berpola {value} (* untuk huruf apa pun berapa pun banyaknya, ? untuk "
        "satu huruf)",
        "fuzzy": "{noun} yang mirip {value} (paling banyak berbeda {edits} huruf)",
        "fuzzy_1": "{noun} yang mirip {value} (paling banyak berbeda satu huruf)",
        "regex": "{noun} yang cocok dengan ekspresi reguler {value}",
        "range": "{noun} yang urutan abjadnya {bounds}",
        "any": "{noun} apa pun",
        "filled": "isian apa pun",
        "date": "{noun} {bounds}",
        "value": "nama",
        "listed": "{noun} dari daftar @{name}",
        "listed_of": "{noun} dari daftar @{name} (berisi {count})",
        "near": "{first} di dekat {second} (paling banyak {distance} kata di antaranya)",
        "near_1": "{first} di dekat {second} (paling banyak satu kata di antaranya)",
        "near_0": "{first} bersebelahan dengan {second}",
        "ordered": "{first} sebelum {second} (paling banyak {distance} kata di antaranya)",
        "ordered_1": "{first} sebelum {second} (paling banyak satu kata di antaranya)",
        "ordered_0": "{first} tepat sebelum {second}",
        "at_least": "{operand} (sedikitnya {count} kali)",
        "from": "mulai {low}",
        "after": "setelah {low}",
        "to": "sampai {high}",
        "before": "sebelum {high}",
        "from_to": "mulai {low} sampai {high}",
        "from_before": "mulai {low} sampai sebelum {high}",
        "after_to": "setelah {low} sampai {high}",
        "after_before": "setelah {low} sampai sebelum {high}",
        "on": "pada {day}",
        "now": "{moment} (now{shift})",
        "everything": "Semua artikel",
        "nothing": "Tidak ada artikel",
        "with": "Artikel dengan {what}",
        "but": "{what}, tetapi tanpa {others}",
        "all_but": "Semua artikel kecuali yang memuat {others}",
        "all_of": "semua yang berikut:",
        "any_of": "salah satu dari yang berikut:",
        "without": "tanpa {what}",
        "none_of": "tanpa satu pun dari yang berikut:",
        "spare": "dan yang berikut, yang tidak berpengaruh:",
        "all_of_head": "Artikel dengan semua yang berikut:",
        "any_of_head": "Artikel dengan salah satu dari yang berikut:",
        "all_but_head": "Semua artikel kecuali yang memuat salah satu dari yang berikut:",
        "every": "artikel apa pun",
        "no": "sesuatu yang tidak ada di artikel mana pun",
        "no_field": "tidak ada kolom {name}",
        "empty": "tidak ada bagian kueri yang dapat dicari",
        "excluded": "kueri mengecualikan semua artikel",
        "note_list": "Klausa yang berderet tanpa operator adalah pilihan: satu saja sudah cukup. "
        "Tulis AND di antaranya agar semuanya harus ada.",
        "note_split": "{value} dipecah menjadi beberapa kata, dan satu saja sudah cukup; di dalam "
        "tanda kutip ganda "
        "kata-kata itu harus berurutan.",
        "note_spare": "Di samping AND atau +, klausa dengan OR tidak wajib: {value} tidak "
        "mengubah hasil. "
        "Pakailah tanda kurung untuk mengelompokkan.",
        "note_or_not": "OR NOT di sini berarti AND NOT: yang mengikuti NOT tidak boleh ada. (a OR "
        "(NOT b)) barulah "
        "pilihan.",
        "note_all_but": "Yang disebut hanya apa yang tidak boleh ada, jadi semua artikel lain "
        "cocok.",
        "note_exact": "Nilai seperti nama dan sumber dibandingkan seutuhnya, termasuk huruf "
        "besar-kecilnya.",
        "note_now": "now di sini adalah {moment}; untuk pemberitahuan, now adalah saat artikel "
        "pertama terlihat.",
        "note_nothing": "Tidak ada artikel yang dapat cocok dengan kueri ini.",
        "level_none": "tidak ada",
        "level_narrow": "sempit",
        "level_usual": "wajar",
        "level_broad": "luas",
        "level_everything": "semuanya",
        "share": "kira-kira 1 dari {count} artikel",
        "share_most": "kira-kira {percent}% dari semua artikel",
        "reason_nothing": "tidak ada yang dapat cocok",
        "reason_all": "tidak ada syarat yang tidak dipenuhi setiap artikel",
        "reason_all_but": "hanya menyebut apa yang tidak boleh ada",
        "reason_past": "tanggalnya sudah lewat: tidak ada artikel baru yang memenuhinya",
        "reason_common": "cukup dengan {what}, yang ada di banyak artikel",
        "reason_many": "satu dari {count} klausa sudah cukup, dan yang paling umum adalah {what}",
        "reason_rarest": "yang paling jarang adalah {what}",
        "key_word": "{value}",
        "key_prefix": "kata yang diawali {value}",
        "key_pair": "{value}, berurutan",
        "key_list": "nilai dalam daftar {value}",
        "key_none": "tidak ada: kueri dicoba pada setiap artikel",
        "label_query": "kueri",
        "label_reading": "artinya",
        "label_note": "catatan",
        "label_breadth": "keluasan",
        "label_anchors": "dicari lewat",
        "label_stored": "tersimpan",
        "stored": "{least}{matches} dari {articles} artikel cocok, {recent} di antaranya pertama "
        "terlihat dalam 7 hari "
        "terakhir",
        "least": "sedikitnya ",
        "stored_none": "tidak ada penyimpanan di {folder}",
        "inexact": "Hasilnya memuat semua yang dimaksud kueri, dan mungkin lebih.",
        "test_match": "Artikel ini cocok.",
        "test_no_match": "Artikel ini tidak cocok.",
        "test_count": "{matched} dari {articles} artikel cocok.",
        "test_missing": "tidak ada: {what}",
        "test_unwanted": "tidak diinginkan, tetapi ada: {what}",
    },
)

WORDS: Final[Mapping[DescriptionLanguage, LanguageWords]] = {"en": _ENGLISH, "id": _INDONESIAN}
"""Every language that readings can be written in."""


def quoted(text: str) -> str:
    """Quote a value in double quotes, for people."""
    return f'"{text}"'
