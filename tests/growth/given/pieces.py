"""Pieces of text that growing inputs are made of, by the kind of text that they belong to."""

from typing import Final, Literal

Kind = Literal["prose", "markup", "query", "address"]

# fmt: off
_UNICODE: Final = (
    "\u0301", "\u200d", "\u200b", "\u202e", "\xad", "\ufeff", "ﷺ", "İ", "ẞ", "ﬁ", "漢", "가", "ก",
    "अ", "あ", "😀", "\U0001f469\u200d\U0001f4bb", "🇮🇩", "\U000e0041", "\ud800", "\x00", "\x1b[31m",
)
_SPACES: Final = (
    " ", "\n", "\n\n", "\t", "\r", "\xa0", "\u2028", " \n", "a ", "a\n", ". ", ", ",
)
_MARKS: Final = (
    '"', "'", "“", "”", "„", "«", "(", ")", "[", "]", "{", "}", "-", "—", "_", "/", "\\", ":",
    ";", "!",
)
_WORDS: Final = (
    "a", "A", "Aa ", "Aaaaaaa ", "AB ", "a.", "A. ", "1", "1 ", "1.", "1,", "aA", "é", "ab-",
    "a'b",
)
_PROSE: Final = (
    "(AB) ", "Aa (AB) ", "(AaAaaaaab) ", "(AaAaaaaaaaaaaaaaaaab) ", "Aa Bb (AB) ", "(a) ",
    '"Aa." ', '"aa," kata Aa. ', "“Aa aa,” ", "'Aa' ", "kata ", "kata Aa ", "ujar dr. Aa ",
    "ujarnya, ", "said Aa. ", "menurut ", "Dr. ", "H. ", "Bupati ", "Ketua ", "Ketua Umum ",
    "Menteri ", "PT ", "PT Aa Tbk ", "bin ", "Aa bin ", "van ", "S.H., ", "Aa, S.H., ", "di ",
    "Kota ", "Jakarta ", "Kabupaten Aa ", "Partai ", "Bank Aa ", "Komisi ", "Jakarta, Aa - ",
    "JAKARTA, AA – ", "(Aa/Bb)\n", "Senin ", "Senin (12/3) ", "12/3/2024 ", "(12/3/2024) ",
    "12 Maret 2024 ", "12-13 Maret ", "Maret ", "2024 ", "2023/2024 ", "kemarin ", "3 hari lalu ",
    "pekan lalu ", "Monday ", "March 5, ", "Rp 1.000 ", "10.30 WIB ", "12,", "Baca juga: Aa\n",
    "Foto: Aa\n", "Editor: Aa\n", "* Aa\n", "- Aa\n", "1. Aa\n", "https://a.example/b ", "@aa ",
    "#aa ", "=?utf-8?q?=0d=0a?= ", "=?utf-8?b?", "Aa, ", "Aa dan Bb ", "Aa-Bb ", "Aa's ",
    "aa aa aa ", "itu ", "sebagai ", "9 km barat Aab, Candi Aab, dikutip dari Aab, startup Aab ",
    "1-Aa ", "laga kontra Lyon, Aab Capital ",
)
_MARKUP: Final = (
    "<", ">", "<a", "</a", "<a>", "</a>", "<a ", "<a/>", "<a href=", "<a href='", '="', "a=b ",
    "<a:b>", "</a:b>", "<!--", "-->", "<!-", "<![CDATA[", "]]>", "]]", "<?a?>", "<?a ", "?>",
    "<!DOCTYPE ", "<!ENTITY a 'b'>", "<!", "<?", "&", "&amp;", "&amp", "&#", "&#x", "&#128512;",
    "&#xd800;", "&a;", "&amp;lt;", "&nbsp;", "<p>", "<br>", "<p><b>", "<script>", "</script>",
    "<script", "<style>", "<table><tr><td>", "<li>", "<ul><li>", "<pre>", "<div class='a'>",
    "<item>", "</item>", "<item><title>a</title>", "<item><link>b</link></item>",
    "<entry><id>a</id></entry>", "<x xml:base='b'/>", "<x xml:base='b'>", "<a xmlns:b='c'/>",
    "<outline text='a' xmlUrl='http://a.example/'/>", "<outline text='a'>",
    "<link rel=alternate type='application/rss+xml' href='a'>", "<category>a</category>", "[",
    "]", "{", '{"a":', '{"a":1},', '{"id":"a"},', '{"items":[', "[[]],", '"a",', '\\"', "\\u0041",
    "1e9,", "null,", '{"url":"a","content_html":"<p>"},', '{"attachments":[]},',
    "<content type='xhtml'><div>", "<title type='html'>",
)
_QUERY: Final = (
    "AND ", "OR ", "NOT ", "and ", "or ", "not ", "&&", "||", "+", "-a ", "+a ", "(a ", "a) ",
    "(a OR b) AND ", "a:", "title:", "title:a ", "title:(a ", "text:{ ", "published:",
    "published:[", "[a TO b] ", "[* TO ", "{a TO b} ", ">=", "< ", "a*", "*a", "*", "?", "a?b ",
    "a~ ", "a~2 ", "~", "^2", "^", '"a b"~3 ', '"a a', '"a" ', '\\"', "\\u0041", "a NEAR/3 ",
    "NEAR/3(", "ATLEAST/2(", "ATLEAST/2(a ", "=a ", "CASE(", "/", "/a/ ", "/(a+)+/ ",
    "/.{1,100}/ ", "(a+)+", "[a-z]", "(a|b)", "a{1,9}", "(a{1,9}){1,9}", ".{1,9}", ".*", "~a",
    "a&b", "(", "[^", "<1-9>", "@", "#", "a|", "now-1d/d", "people:Aa ", "quotes:a ", "exists:a ",
    "_exists_:text ", "2024-01-01 ", "1d ", "TO ", "a:* ", "a : b ", "{ a : b } ",
)
_ADDRESS: Final = (
    "http://", "https://a.example/", "//", "/", "a/", "../", "./", "?", "?a=b&", "&a=b", "a=b&",
    "#", "@", ":", ":80", "a.", ".", "%", "%41", "%2e%2e/", "%25", "[", "[::1]", "1.", "xn--a",
    "é.", "utm_source=a&", ";", "\\", "user:a@", "www.", "mailto:", "Aa <a@b.example>, ", "<",
    ">", '"a" ', "(a) ", "a@b.example,", "a@", "max-age=1, ", "gzip, ", "charset=a; ",
    "Mon, 01 Jan 2024 00:00:00 GMT ", "2024-01-01T00:00:00Z", "2024-", "00:00:", "+07:00", "T",
    "GMT", "0", "-", "Jan ",
)
# fmt: on
_FIRST: Final = _UNICODE + _SPACES + _MARKS + _WORDS
PIECES: Final[dict[Kind, tuple[str, ...]]] = {
    "prose": _FIRST + _PROSE,
    "markup": _FIRST
    + _MARKUP
    + ("https://a.example/ ", "a/", "../", "%41", "Aa (AB) ", "2024-01-01T00:00:00Z "),
    "query": _FIRST + _QUERY,
    "address": _FIRST + _ADDRESS,
}
# fmt: off
NESTS: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    "prose": (
        ("(", ")"), ('"', '"'), ("“", "”"), ("'", "'"), ("(Aa ", ") "), ("“Aa ", "” "),
    ),
    "markup": (
        ("<a>", "</a>"), ("<div>", "</div>"), ("<a:b>", "</a:b>"), ("<ul><li>", "</li></ul>"),
        ("<!--", "-->"), ("[", "]"), ('{"a":', "}"), ('[{"a":[', "]}]"), ("<item>", "</item>"),
        ("<outline text='a'>", "</outline>"), ("<x xml:base='b/'>", "</x>"), ("<![CDATA[", "]]>"),
        ("<table><tr><td>", "</td></tr></table>"),
    ),
    "query": (
        ("(", ")"), ("(a AND ", ")"), ("NOT (", ")"), ("(a or ", ")"), ("not (", ")"),
        ("a:(", ")"), ("a:{ b:", " }"), ("ATLEAST/2(a ", ")"), ("/(", ")/"), ("/((a", ")*)*/"),
        ("+(a -(", "))"), ("/~(", ")/"), ("[", "]"), ("{", "}"),
    ),
    "address": (
        ("(", ")"), ("[", "]"), ("<", ">"), ('"', '"'),
    ),
}
# fmt: on
FOUND: Final[dict[Kind, tuple[str, ...]]] = {
    "prose": ("Aaaaaaa " * 10 + "(AaAaaaaaaaaaaaaaaaab) ", "Aa Bb. " * 20 + "Bb (BB) "),
    "markup": ("</a", "</a:b>", " <?a?>", "<item><link>b</link></item>", "[" * 40 + "]" * 40 + ","),
    "query": (
        '"' + "\\" * 30,
        "/(a+)+b(.{1,100}){1,100}/ ",
        '"' + "aa " * 40 + '"~3 ',
        "/~(/~(a)/)/ ",
    ),
    "address": ("a/../", "%25", "1, "),
}
"""Blocks that once took quadratic time or worse; every function of their kind is tested with them.
"""
