"""What people type, by the diagnosis that it gets: the text, its language, and how it ends."""

from typing import Final, NamedTuple

from pantau_schemas.subscription import QueryLanguage


class Example(NamedTuple):
    """A query, and what following suggestions makes of it; None where nothing is suggested."""

    code: str
    query: str
    end: str | None
    language: QueryLanguage = "lucene"
    end_language: QueryLanguage | None = None


_OWN: Final = "pantau"

EXAMPLES: Final = (
    Example("html_entity", "&quot;banjir rob&quot; AND Solo", '"banjir rob" AND Solo'),
    Example("html_entity", "&#8220;banjir rob&#x201D; &amp;&amp; Solo", '"banjir rob" && Solo'),
    Example("percent_encoding", "%22banjir+rob%22+AND+Solo", '"banjir rob" AND Solo'),
    Example("doubled_quotes", '"""banjir rob"" AND Solo"', '"banjir rob" AND Solo'),
    Example("doubled_quotes", '""banjir rob"" OR Solo', '"banjir rob" OR Solo'),
    Example("doubled_quotes", '\\"banjir rob\\" OR Solo', '"banjir rob" OR Solo'),
    Example("typographic_quote", "“banjir rob” AND Solo", '"banjir rob" AND Solo'),
    Example("typographic_quote", "„banjir rob“", '"banjir rob"'),
    Example("typographic_quote", "«banjir rob»", '"banjir rob"'),
    Example("typographic_quote", '"banjir rob” AND “air laut"', '"banjir rob" AND "air laut"'),
    Example("typographic_quote", "‘banjir rob’ AND Jum’at", '"banjir rob" AND Jum’at'),
    Example("typographic_quote", "'salat Jum'at'", '"salat Jum\'at"'),
    Example("typographic_quote", "title: “banjir rob”", 'title: "banjir rob"', "kql"),
    Example("typographic_dash", "banjir AND –latihan", "banjir AND -latihan"),
    Example("typographic_dash", "banjir −“gladi resik”", 'banjir -"gladi resik"'),
    Example("lone_dash", "banjir — Solo", None),
    Example("typographic_space", "banjir\u00a0AND\u00a0Solo", "banjir AND Solo"),
    Example("typographic_space", "banjir\u3000and Solo", "banjir and Solo", "kql"),
    Example("invisible_character", "\ufefftitle:banjir", "title:banjir"),
    Example("invisible_character", "banjir \u200bAND Solo", "banjir AND Solo"),
    Example("typographic_sign", "banjir AND （Solo OR Tegal）", "banjir AND (Solo OR Tegal)"),
    Example("typographic_sign", "title：banjir ＡＮＤ Solo", "title:banjir AND Solo"),
    Example("foreign_proximity", "banjir w/5 Solo", "banjir NEAR/5 Solo", end_language=_OWN),
    Example("foreign_proximity", "banjir /n5/ Solo", "banjir NEAR/5 Solo", end_language=_OWN),
    Example("foreign_proximity", "banjir ADJ3 Solo", "banjir ONEAR/3 Solo", end_language=_OWN),
    Example("foreign_proximity", "banjir near/5 Solo", "banjir NEAR/5 Solo", _OWN),
    Example("foreign_proximity", "banjir AROUND(5) Solo", "banjir NEAR/5 Solo", _OWN),
    Example("foreign_proximity", "banjir /s Solo", "banjir NEAR/25 Solo", _OWN),
    Example("foreign_proximity", "banjir w/p Solo", "banjir NEAR/75 Solo", _OWN),
    Example("foreign_proximity", "atleast3 banjir", "ATLEAST/3 banjir", end_language=_OWN),
    Example("foreign_operator", "banjir and Solo or Tegal", "(banjir AND Solo) OR Tegal"),
    Example("foreign_operator", "banjir DAN BUKAN latihan", "banjir AND NOT latihan"),
    Example("foreign_operator", "banjir & Solo", "banjir AND Solo"),
    Example("foreign_operator", "banjir dan/atau rob", "banjir OR rob"),
    Example("foreign_operator", "banjir DAN Solo", "banjir and Solo", "kql"),
    Example("bare_address", "url:https://a.example/b", 'url:"https://a.example/b"'),
    Example("regex_with_spaces", "/banjir rob/", '"banjir rob"'),
    Example("slash", "UU 11/2020 AND PP 5/2021", 'UU AND "11/2020" AND PP AND "5/2021"'),
    Example("slash", "banjir / rob", None),
    Example("other_brackets", "[banjir OR rob] AND Solo", "(banjir OR rob) AND Solo"),
    Example("foreign_field", "judul:banjir", "title:banjir"),
    Example("foreign_field", "site:www.a.example", "source:a.example"),
    Example("foreign_field", "allintitle: banjir rob", "title:(banjir AND rob)"),
    Example("kql_comparison", "published >= 2026-09-01", "published:>=2026-09-01"),
    Example("lucene_in_kql", "+banjir -latihan", "banjir and not latihan", "kql"),
    Example("lucene_in_kql", "_exists_:author", "author: *", "kql"),
    Example("written_date", "published:01/09/2026", "published:2026-09-01"),
    Example("written_date", 'published:"1 September 2026"', "published:2026-09-01"),
    Example("written_date", "published:2026-09-*", "published:[2026-09-01 TO 2026-09-30]"),
    Example("written_date", "sejak:1 Agt 2026", "published:[2026-08-01 TO *]"),
    Example("written_date", "published:(1 Sept 26)", "published:2026-09-01"),
    Example("written_date", "published:26-09-01", "published:2026-09-01"),
    Example("written_date", "published:kemarin", "published:[now-1d/d TO now-1d/d]"),
    Example("and_or_mixed", "a AND b OR c AND d", "(a AND b) OR (c AND d)"),
    Example("and_or_mixed", "a OR b AND NOT c", "a OR (b AND NOT c)"),
    Example("or_not", "NOT a OR b", "(NOT a) OR b"),
    Example("or_minus", "a OR -b", None),
    Example("value_cut", "people:Siti Rahma", 'people:"Siti Rahma"'),
    Example("side_by_side", "banjir rob Solo", "banjir AND rob AND Solo"),
    Example("spare", "+a OR b", None),
    Example("reduplication", "anak-anak", '"anak-anak"'),
    Example("reduplication", "title: anak-anak korban", 'title: ("anak-anak" or korban)', "kql"),
    Example("word_cut", "covid-19", '"covid-19"'),
    Example("prefix_cut", "covid-1*", "(covid ONEAR/0 1*)", end_language=_OWN),
    Example("quoted_wildcard", '"banjir band*"', "(banjir ONEAR/0 band*)", end_language=_OWN),
    Example("quoted_wildcard", 'people:"Siti*"', "people:Siti*"),
    Example("value_form", "lang:ID", "lang:id"),
    Example("value_form", 'source:"https://www.a.example/"', "source:a.example"),
    Example("value_form", "place_codes:indonesia", "place_codes:ID"),
    Example("value_form", 'people:"siti rahma"', 'people:"Siti Rahma"'),
    Example("value_form", 'people:"SITI RAHMA"', 'people:"Siti Rahma"'),
    Example("value_form", "url:a.example", "source:a.example"),
    Example("unknown_value", "lang:klingonisch", None),
    Example("unknown_field", "titel:banjir", "title:banjir"),
    Example("unknown_field", "Solo: banjir", None),
    Example("operator_of_pantau", '="KPK"', None),
    Example("half_operator", "a NEAR b", "a NEAR/5 b", _OWN),
    Example("leading_wildcard", "*jir", None),
    Example("leading_regex", "/.*jir/", None),
    Example("moving_date", "published:>now-7d", None),
    Example("matches_everything", "*:*", None),
    Example("matches_nothing", "...", None),
)
