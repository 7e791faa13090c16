"""The sentences of diagnoses, by code, in English and Indonesian.

Parameters stand in braces; `sentences.render` fills them in.
"""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "html_entity": (
        "{written} is an HTML entity; here it is ordinary text",
        "{written} adalah entitas HTML; di sini ia teks biasa",
    ),
    "html_tag": (
        "{written} is an HTML tag; here it is ordinary text",
        "{written} adalah tag HTML; di sini ia teks biasa",
    ),
    "percent_encoding": (
        "{written} is the percent-encoding of a web address; here it is ordinary text",
        "{written} adalah sandi persen dari alamat web; di sini ia teks biasa",
    ),
    "doubled_quotes": (
        "{written} is a quote as a spreadsheet writes it, and encloses no phrase here",
        "{written} adalah kutip dari lembar kerja, dan di sini tidak mengapit frasa",
    ),
    "typographic_quote": (
        (
            "{written} ({character}) is a typographic quote and encloses no phrase; write the "
            'straight quote "'
        ),
        (
            "{written} ({character}) adalah tanda kutip tipografis dan tidak mengapit frasa; tulis "
            'kutip lurus "'
        ),
    ),
    "typographic_dash": (
        (
            "{written} ({character}) is a typographic dash, not the minus sign that excludes what "
            "follows"
        ),
        (
            "{written} ({character}) adalah tanda pisah tipografis, bukan tanda minus yang "
            "mengecualikan kata berikutnya"
        ),
    ),
    "lone_dash": (
        "{written} stands alone and means nothing; write - right before what to exclude",
        "{written} berdiri sendiri dan tidak berarti; tulis - tepat di depan yang dikecualikan",
    ),
    "typographic_space": (
        (
            "a no-break or other special space ({character}) joins the words beside it; write a "
            "plain space"
        ),
        (
            "spasi khusus ({character}), misalnya spasi tak putus, menyatukan kata di kedua "
            "sisinya; tulis spasi biasa"
        ),
    ),
    "invisible_character": (
        "an invisible character ({written}) hides an operator or a sign of the query language",
        "karakter tak terlihat ({written}) menyembunyikan operator atau tanda bahasa kueri",
    ),
    "typographic_sign": (
        "{written} is a full-width or special sign; as a bracket or operator write {meant}",
        "{written} adalah tanda lebar penuh atau khusus; sebagai kurung/operator tulis {meant}",
    ),
    "lookalike_letters": (
        "{written} has letters of another script; in Latin ones it is {meant}",
        "{written} memuat huruf dari aksara lain; dalam huruf Latin menjadi {meant}",
    ),
    "foreign_proximity": (
        (
            "{written} is a proximity or frequency operator of another search engine; here it is "
            "{meant}, in the query language pantau"
        ),
        (
            "{written} adalah operator jarak atau frekuensi mesin pencari lain; di sini {meant}, "
            "dalam bahasa kueri pantau"
        ),
    ),
    "not_near": (
        "{written} has no counterpart; a AND NOT (a NEAR/5 b) leaves out all with b near a",
        "{written} tidak ada di sini; a AND NOT (a NEAR/5 b) membuang semua yang memuat b dekat a",
    ),
    "escaped_character": (
        "{written} is how another format writes {meant}; here it is ordinary text",
        "{written} adalah cara format lain menulis {meant}; di sini ia teks biasa",
    ),
    "doubled_word": (
        "{written} is looked for as it stands; articles write {meant}",
        "{written} dicari apa adanya; artikel menulis {meant}",
    ),
    "wrapped_query": (
        (
            "this is a query with what was around it, such as an address or a label; the query "
            "itself is {meant}"
        ),
        (
            "ini kueri beserta yang mengelilinginya, misalnya alamat atau label; kuerinya sendiri "
            "{meant}"
        ),
    ),
    "foreign_wildcard": (
        "{written} cuts words off in other search engines; here that is {meant}",
        "{written} memenggal kata di mesin pencari lain; di sini {meant}",
    ),
    "empty_group": (
        "nothing stands between the parentheses in {written}",
        "tidak ada apa pun di antara tanda kurung dalam {written}",
    ),
    "markup": (
        "{written} is mark-up of a chat or a document; here it is no part of the words",
        "{written} adalah markah obrolan atau dokumen; di sini ia bukan bagian dari kata",
    ),
    "sql_comparison": (
        "{written} is written as in SQL; here that is {meant}",
        "{written} ditulis seperti dalam SQL; di sini {meant}",
    ),
    "spoken_comparison": (
        "{written} is a comparison as other programs write it; here that is {meant}",
        "{written} adalah perbandingan seperti ditulis program lain; di sini {meant}",
    ),
    "bare_regex": (
        "{written} is a regular expression as other programs write it; here that is {meant}",
        "{written} adalah ekspresi reguler seperti ditulis program lain; di sini {meant}",
    ),
    "exact_case": (
        (
            "{written} asks another search engine for exact capitals; here that is {meant}, in the "
            "query language pantau"
        ),
        (
            "{written} meminta huruf besar persis pada mesin pencari lain; di sini {meant}, dalam "
            "bahasa kueri pantau"
        ),
    ),
    "line_list": (
        (
            "these {count} parts look like a list, but any single word of them is enough here: put "
            "parts of several words in quotes, and OR between the parts"
        ),
        (
            "{count} bagian ini tampak seperti daftar, tetapi di sini satu katanya saja cukup: "
            "apit bagian berisi beberapa kata dengan tanda kutip, dan tulis OR di antaranya"
        ),
    ),
    "foreign_operator": (
        "{written} is an ordinary word here; the operator is {meant}",
        "{written} di sini kata biasa; operatornya {meant}",
    ),
    "bare_address": (
        (
            "the web address {written} contains : and /, which have a meaning in queries; put it in"
            " quotes"
        ),
        (
            "alamat web {written} memuat : dan /, yang punya arti dalam kueri; apit dengan tanda "
            "kutip"
        ),
    ),
    "bare_id": (
        "the id {written} contains :, which has a meaning in queries; put it in quotes",
        "id {written} memuat :, yang punya arti dalam kueri; apit dengan tanda kutip",
    ),
    "regex_with_spaces": (
        (
            "{written} is a regular expression with white space: it is compared with single words, "
            "so it never matches"
        ),
        (
            "{written} adalah ekspresi reguler dengan spasi: ia dibandingkan dengan satu kata, jadi"
            " tidak pernah cocok"
        ),
    ),
    "slash": (
        (
            "the slash in {written} begins a regular expression, which can take in what follows; "
            "put it in quotes"
        ),
        (
            "garis miring dalam {written} membuka ekspresi reguler, yang dapat menelan teks "
            "berikutnya; apit dengan tanda kutip"
        ),
    ),
    "other_brackets": (
        "{written} groups nothing here; alternatives stand in ( )",
        "{written} tidak mengelompokkan apa pun di sini; pilihan ditulis dalam ( )",
    ),
    "foreign_field": (
        "there is no field {written} here; the field is {field}",
        "tidak ada kolom {written} di sini; kolomnya {field}",
    ),
    "kql_comparison": (
        "{written} compares only in KQL; here it is written {meant}",
        "{written} hanya membandingkan dalam KQL; di sini ditulis {meant}",
    ),
    "lucene_in_kql": (
        "{written} is Lucene syntax; in KQL it is ordinary text or an error",
        "{written} adalah sintaksis Lucene; dalam KQL ia teks biasa atau kesalahan",
    ),
    "written_date": (
        (
            "{written} is not read as the date that it names; write {meant} (days come before "
            "months)"
        ),
        (
            "{written} tidak dibaca sebagai tanggal yang disebutnya; tulis {meant} (hari mendahului"
            " bulan)"
        ),
    ),
    "and_or_mixed": (
        (
            "AND and OR on one level without ( ): in {written} everything beside AND is required "
            "and the rest is idle"
        ),
        (
            "AND dan OR setingkat tanpa ( ): dalam {written} semua di samping AND wajib ada dan "
            "sisanya tidak berpengaruh"
        ),
    ),
    "or_not": (
        (
            "NOT beside OR is read as AND NOT in {written}; for an alternative put NOT and its "
            "clause in ( )"
        ),
        (
            "NOT di samping OR dibaca AND NOT dalam {written}; sebagai pilihan, apit NOT dan "
            "klausanya dengan ( )"
        ),
    ),
    "or_minus": (
        (
            "OR beside {written} is read as AND NOT; for an alternative put NOT and its clause in ("
            " )"
        ),
        (
            "OR di samping {written} dibaca AND NOT; sebagai pilihan, apit NOT dan klausanya "
            "dengan ( )"
        ),
    ),
    "value_cut": (
        (
            "only the first word of {written} is looked for in {field}; put the whole value in "
            "quotes"
        ),
        (
            "hanya kata pertama {written} yang dicari dalam {field}; apit seluruh nilai dengan "
            "tanda kutip"
        ),
    ),
    "side_by_side": (
        (
            'without an operator between them any one of these is enough (OR); write AND, or "..." '
            "for a phrase"
        ),
        (
            'tanpa operator di antaranya, salah satu saja cukup (OR); tulis AND, atau "..." untuk '
            "frasa"
        ),
    ),
    "spare": (
        (
            "beside AND or + {written} is not needed, and changes nothing; put what belongs "
            "together in ( )"
        ),
        (
            "di samping AND atau + {written} tidak diperlukan dan tidak mengubah apa pun; apit yang"
            " sekelompok dengan ( )"
        ),
    ),
    "reduplication": (
        "{written} is cut at the hyphen, and one half alone is enough; put it in quotes",
        (
            "{written} dipotong pada tanda hubung, dan satu bagian saja sudah cukup; apit dengan "
            "tanda kutip"
        ),
    ),
    "word_cut": (
        "{written} is cut into several words, any one of which is enough (OR); put it in quotes",
        (
            "{written} dipotong menjadi beberapa kata dan salah satu saja cukup (OR); apit dengan "
            "tanda kutip"
        ),
    ),
    "pattern_cut": (
        (
            "{written} is compared with one word at a time, but articles have it as several words, "
            "so it finds none of them"
        ),
        (
            "{written} dibandingkan dengan satu kata setiap kali, sedangkan artikel memuatnya "
            "sebagai beberapa kata, sehingga tidak ditemukan"
        ),
    ),
    "prefix_cut": (
        "{written} is cut into {head} or a word that begins with {tail}; one of these is enough",
        (
            "{written} dipotong menjadi {head} atau kata yang berawalan {tail}; salah satu saja "
            "cukup"
        ),
    ),
    "quoted_wildcard": (
        "in quotes * and ? are no wildcards: {written} is looked for without them",
        "dalam tanda kutip * dan ? bukan karakter pengganti: {written} dicari tanpa itu",
    ),
    "idle_operator": (
        "{written} has something on one side only",
        "{written} hanya diapit di satu sisi",
    ),
    "quoted_operator": (
        "in quotes {operator} is an ordinary word: {written} is one phrase",
        "dalam tanda kutip {operator} kata biasa: {written} adalah satu frasa",
    ),
    "question_mark": (
        "the ? in {written} stands for one more character; for the word itself write {meant}",
        "? dalam {written} mewakili satu karakter lagi; untuk katanya sendiri tulis {meant}",
    ),
    "value_form": (
        "no article has {field} {written}; the value is {meant}",
        "tidak ada artikel dengan {field} {written}; nilainya {meant}",
    ),
    "unknown_value": (
        "no article has {field} {written}; values are codes such as {known}",
        "tidak ada artikel dengan {field} {written}; nilainya kode seperti {known}",
    ),
    "feed_title": (
        "no article has {field} {written}, which is the name of a feed; write {meant}",
        "tidak ada artikel dengan {field} {written}; itu nama umpan, jadi tulis {meant}",
    ),
    "unknown_field": (
        "there is no field {field}, so this matches nothing; the fields are {fields}",
        "tidak ada kolom {field}, jadi ini tidak cocok dengan apa pun; kolomnya {fields}",
    ),
    "operator_of_pantau": (
        (
            "{written} is an operator of the language pantau; choose that by --language pantau; in "
            "{language} it is ordinary text"
        ),
        (
            "{written} adalah operator bahasa kueri pantau; pilih dengan --language pantau; dalam "
            "{language} ia teks biasa"
        ),
    ),
    "list_of_pantau": (
        (
            "{written} is a list of names in the language pantau alone; in {language} it is a "
            "value that begins with @"
        ),
        (
            "{written} adalah daftar nama hanya dalam bahasa kueri pantau; dalam {language} ia "
            "nilai yang diawali @"
        ),
    ),
    "half_operator": (
        "{written} is an ordinary word here, not an operator; write {meant}",
        "{written} di sini kata biasa, bukan operator; tulis {meant}",
    ),
    "leading_wildcard": (
        "a pattern that begins with * or ? is tried on every word of every article: slow",
        "pola yang diawali * atau ? dicoba pada setiap kata setiap artikel: lambat",
    ),
    "leading_regex": (
        (
            "the regular expression {written} can begin with anything and is tried on every word of"
            " every article: slow (cost {cost})"
        ),
        (
            "ekspresi reguler {written} dapat diawali apa saja dan dicoba pada setiap kata setiap "
            "artikel: lambat (biaya {cost})"
        ),
    ),
    "moving_date": (
        (
            "`now` is when the article was first seen in alerts and replays, and the time of search"
            " in a search"
        ),
        (
            "`now` adalah saat artikel pertama terlihat dalam peringatan dan putar ulang, dan saat "
            "pencarian dalam pencarian"
        ),
    ),
    "matches_everything": (
        "every article matches this query",
        "setiap artikel cocok dengan kueri ini",
    ),
    "matches_nothing": (
        (
            "no article can match this query: its parts rule each other out, or nothing in it can "
            "be searched for"
        ),
        (
            "tidak ada artikel yang dapat cocok dengan kueri ini: bagian-bagiannya saling "
            "meniadakan, atau tidak ada yang dapat dicari"
        ),
    ),
}
"""English and Indonesian."""
