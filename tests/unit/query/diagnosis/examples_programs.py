r"""Queries as other programs write them: statements, regular expressions, filters, marks."""

from typing import Final

from tests.unit.query.diagnosis.examples import Example

_OWN: Final = "pantau"

PROGRAMS: Final = (
    # Statements
    Example(
        "wrapped_query",
        "SELECT title FROM news WHERE title = 'rob' AND lang = 'id' ORDER BY published LIMIT 5;",
        "title:rob AND lang:id",
    ),
    Example(
        "wrapped_query",
        'FROM news-* | WHERE MATCH(title, "rob Solo") | LIMIT 10',
        "title:(rob OR Solo)",
    ),
    Example(
        "wrapped_query",
        'FROM news | WHERE title LIKE "rob*" | WHERE lang == "id" | KEEP title',
        '(title:rob*) AND (lang:"id")',
    ),
    Example(
        "wrapped_query",
        'FROM news | WHERE KQL("title: rob and lang: id")',
        "title: rob and lang: id",
        end_language="kql",
    ),
    Example("wrapped_query", 'FROM news | WHERE QSTR("rob AND Solo")', "rob AND Solo"),
    Example("wrapped_query", 'any where title : "rob"', 'title : "rob"'),
    Example("wrapped_query", 'index=berita "banjir rob" | stats count by source', '"banjir rob"'),
    Example("wrapped_query", "index=berita AND rob", "rob", "kql"),
    Example("foreign_field", "host=kabar.example AND rob", "source:kabar.example AND rob"),
    Example("wrapped_query", '="rob AND ""air laut"""', 'rob AND "air laut"'),
    Example("wrapped_query", "7\tBanjir di Solo\trob AND Solo\tRahma", "rob AND Solo"),
    # Regular expressions
    Example("bare_regex", ".*rob.*", "*rob*"),
    Example("bare_regex", ".*rob", "*rob"),
    Example("bare_regex", "title:.*laut", "title:*laut"),
    Example("bare_regex", r"\bKPK\b AND rob", "KPK AND rob"),
    Example("bare_regex", r"rob\b OR ^banjir$", "rob OR banjir"),
    Example("bare_regex", r"banjir\s+rob AND Solo", '"banjir rob" AND Solo'),
    Example("bare_regex", "(?i)rob AND Solo", "rob AND Solo"),
    Example("bare_regex", "/Rob/i AND Solo", "/rob/ AND Solo"),
    Example("bare_regex", "/banjir rob/i", '"banjir rob"'),
    Example("bare_regex", "korup(si|tor) AND Solo", "/korup(si|tor)/ AND Solo"),
    Example("bare_regex", "(me|ke)banjir(an)? AND Solo", "/(me|ke)banjir(an)?/ AND Solo"),
    Example("bare_regex", "korup[st]i", "/korup[st]i/"),
    Example("bare_regex", r"\brob\b and Solo", "rob and Solo", "kql"),
    Example("value_form", "lang:/ID|EN/", "lang:/id|en/"),
    Example("value_form", "place_codes:/id|my/", "place_codes:/ID|MY/"),
    # Filters
    Example("spoken_comparison", 'title is "banjir rob"', 'title:"banjir rob"'),
    Example(
        "spoken_comparison", "title contains banjir rob AND Solo", 'title:"banjir rob" AND Solo'
    ),
    Example("spoken_comparison", "lang: is one of id, en", "lang:(id OR en)"),
    Example(
        "spoken_comparison", "rob AND lang is not one of ms, en", "rob AND NOT lang:(ms OR en)"
    ),
    Example(
        "spoken_comparison",
        "rob AND source is not kabar.example",
        "rob AND NOT source:kabar.example",
    ),
    Example("spoken_comparison", "rob AND people: exists", "rob AND _exists_:people"),
    Example("spoken_comparison", "rob AND people does not exist", "rob AND NOT _exists_:people"),
    Example(
        "spoken_comparison",
        "judul mengandung rob AND sumber bukan kabar.example",
        "title:rob AND NOT source:kabar.example",
    ),
    Example("spoken_comparison", "rob and people exists", "rob and people: *", "kql"),
    Example(
        "spoken_comparison",
        "2026-01-01 <= published < 2026-02-01",
        "(published:>=2026-01-01 AND published:<2026-02-01)",
    ),
    Example(
        "spoken_comparison",
        "published:(>=2026-01-01 <2026-02-01)",
        "published:(>=2026-01-01 AND <2026-02-01)",
    ),
    Example(
        "foreign_field",
        'people: { name: "Siti Rahma" } and rob',
        'people: "Siti Rahma" and rob',
        "kql",
    ),
    # Marks
    Example("markup", "<<<ours, do not touch>>> rob AND Solo", "rob AND Solo"),
    Example("escaped_character", "evil[.]example", '("evil.example" OR "evil[.]example")'),
    Example(
        "escaped_character",
        "hxxps://evil[.]example/a AND rob",
        '("https://evil.example/a" OR "hxxps://evil[.]example/a") AND rob',
    ),
    Example("escaped_character", r"KANTOR\siti AND rob", r'"KANTOR\\siti" AND rob'),
    Example("escaped_character", r"C:\Users\siti", r'"C:\\Users\\siti"'),
    Example("escaped_character", "Ma''ruf AND Solo", "Ma'ruf AND Solo"),
    Example("foreign_field", "rob[ti] AND Solo[tiab]", "title:rob AND Solo"),
    Example("foreign_field", '"banjir rob"[Title]', 'title:"banjir rob"'),
    Example("foreign_field", "TITLE-ABS-KEY(rob AND Solo)", "(rob AND Solo)"),
    Example("foreign_field", "TS=(rob AND Solo)", "(rob AND Solo)"),
    Example("foreign_field", "ti(rob) AND ab(Solo)", "title:(rob) AND text:(Solo)"),
    Example(
        "escaped_character",
        "siti[at]evil[.]example",
        '("siti@evil.example" OR "siti[at]evil[.]example")',
    ),
    Example("escaped_character", r"title:KANTOR\siti", r'title:"KANTOR\\siti"'),
    Example("bare_id", "fe80::1 OR 00:1A:2B:3C:4D:5E", '"fe80::1" OR "00:1A:2B:3C:4D:5E"'),
    # Operators
    Example("written_date", "published is after 2026-01-01", "published:[2026-01-01 TO *]"),
    Example(
        "written_date",
        "published is between 2026-01-01 and 2026-01-31",
        "published:[2026-01-01 TO 2026-01-31]",
    ),
    Example("foreign_operator", "rob atau banjir tapi bukan gladi", "rob OR banjir NOT gladi"),
    Example("foreign_operator", "rob but not gladi", "rob AND NOT gladi"),
    Example("foreign_operator", "rob bukan(banjir|laut)", "rob AND NOT ((banjir OR laut))"),
    Example("side_by_side", "buku title is Lord", "buku AND title AND is AND Lord"),
    Example("foreign_operator", "Menkeu (bukan wakil)", "Menkeu AND (NOT wakil)"),
    Example("foreign_proximity", r"banjir near\5 Solo", "banjir NEAR/5 Solo", end_language=_OWN),
    Example("foreign_proximity", "banjir NEAR / 5 Solo", "banjir NEAR/5 Solo", end_language=_OWN),
    Example("foreign_proximity", "banjir <-> rob", "banjir ONEAR/0 rob", end_language=_OWN),
    Example("foreign_proximity", "banjir <3> rob", "banjir ONEAR/2 rob", end_language=_OWN),
    Example("foreign_proximity", "NEAR(banjir rob, 5)", "(banjir NEAR/5 rob)", end_language=_OWN),
    Example("foreign_wildcard", "korup:* AND rob", "korup* AND rob"),
    Example(
        "foreign_operator", "rob XOR NOT Solo", "((rob OR (NOT Solo)) AND NOT (rob AND (NOT Solo)))"
    ),
    Example("idle_operator", "w/ Siti AND rob", "Siti AND rob"),
    Example(
        "line_list",
        "banjir rob / air laut / tanah longsor",
        '"banjir rob" OR "air laut" OR "tanah longsor"',
    ),
    Example(
        "line_list", "banjir rob | air laut | longsor", '"banjir rob" OR "air laut" OR longsor'
    ),
)

LEFT_ALONE: Final = (
    "source:kabar.*",  # all endings of a name
    "kabar.* AND rob",
    r"\AND AND rob",
    r"rob\*",
    "title:is",
    "title:contains",
    "(rob OR banjir) AND (Solo OR Tegal)",
    "rob AND NOT(banjir)",
    "/korup(si|tor)/",
    "title:(rob OR laut)",
    '"<<<rob>>>"',
    r'"KANTOR\\siti"',
    '"title is rob"',
    "title:exists",
    "text: exists AND rob",
    "(banjir OR rob)\tAND Solo",
    "rob AND Solo\tNOT Tegal",
    "<<<rob",
)
"""Queries that mean what they say, or of which nobody knows better."""
