"""Queries that are not what they look like: hidden characters, letters and signs of other scripts.

Some also hold what only a first repair brings to light.
"""

from typing import Final

from tests.unit.query.diagnosis.examples import Example

_OWN: Final = "pantau"

DISGUISED: Final = (
    Example("invisible_character", "rob O\u200bR\u200b Tegal", "rob OR Tegal"),
    Example("invisible_character", "(rob\u200b \u200bA\u200bND Te\u200bgal)", "(rob AND Tegal)"),
    Example("invisible_character", "rob a\u200bnd not Tegal", "rob and not Tegal", "kql"),
    Example("invisible_character", "rob no\u200bt Te\u200bgal", "rob NOT Tegal"),
    Example("invisible_character", "rob da\u00adn Tegal", "rob AND Tegal"),
    Example("invisible_character", "rob\u2060AND\u2060Tegal", "rob AND Tegal"),
    Example("invisible_character", "rob\u180eAND Tegal", "rob AND Tegal"),
    Example("invisible_character", "rob\u202eOR\u202c Tegal", "rob OR Tegal"),
    Example("invisible_character", "rob A\u200bND 👩\u200d🚒", "rob AND 👩\u200d🚒"),
    Example("lookalike_letters", "r\u043eb AND Tegal", "rob AND Tegal"),
    Example("lookalike_letters", "rob AND (T\u0435gal OR \u041audus)", "rob AND (Tegal OR Kudus)"),
    Example("lookalike_letters", "title: r\u03bfb", "title: rob", "kql"),
    Example("typographic_sign", "rob 𝗔𝗡𝗗 Tegal", "rob AND Tegal"),
    Example("typographic_sign", "𝘁𝗶𝘁𝗹𝗲:rob", "title:rob"),
    Example("typographic_sign", "rob AND ﴾Tegal OR Kudus﴿", "rob AND (Tegal OR Kudus)"),
    Example("typographic_sign", "rob ❘ banjir", "rob OR banjir"),
    Example("typographic_sign", "rob ∥ banjir", "rob || banjir"),
    Example("typographic_sign", "titleː rob", "title: rob"),
    Example("typographic_dash", "rob AND ⁻gladi", "rob AND -gladi"),
    Example("typographic_dash", "rob AND ⸺gladi", "rob AND -gladi"),
    Example("typographic_quote", "ˮair lautˮ AND rob", '"air laut" AND rob'),
    Example("typographic_quote", "〃air laut〃", '"air laut"'),
    Example("html_entity", "&quotair laut&quot AND rob", '"air laut" AND rob'),
    Example("doubled_quotes", 'rob AND !""air laut""', 'rob AND !"air laut"'),
    Example("foreign_operator", "bukan gladi dan rob", "NOT gladi AND rob"),
    Example(
        "foreign_operator", "(bukan gladi atau rob) dan Tegal", "((NOT gladi) OR rob) AND Tegal"
    ),
    Example("foreign_operator", 'bukan gladi dan "air laut"', 'not gladi and "air laut"', "kql"),
    Example("foreign_operator", "rob w/o gladi w/o simulasi", "rob NOT gladi NOT simulasi"),
    Example("foreign_operator", "rob w/ Tegal", "rob AND Tegal"),
    Example("or_minus", "-a OR b", None),
    Example("other_brackets", "[rob AND [Tegal OR Kudus]]", "(rob AND (Tegal OR Kudus))"),
    Example(
        "other_brackets",
        "rob AND {Tegal OR [Kudus AND {banjir OR gempa}]}",
        "rob AND (Tegal OR (Kudus AND (banjir OR gempa)))",
    ),
    Example(
        "written_date",
        "[rob AND published:2026-09-01..2026-09-30 AND Tegal]",
        "(rob AND published:[2026-09-01 TO 2026-09-30] AND Tegal)",
    ),
    Example("value_form", "source:(a.example, b.example)", "source:(a.example OR b.example)"),
    Example("value_form", "source:(a.example b.example)", "source:(a.example OR b.example)"),
    Example("value_form", "source:kabar.example.", "source:kabar.example"),
    Example("value_form", 'source:"kabar.example#atas"', "source:kabar.example"),
    Example("value_form", 'source:"feed://kabar.example/rss"', "source:kabar.example"),
    Example("value_form", 'source:"desk@kabar.example"', "source:kabar.example"),
    Example("value_form", 'source:"bücher.example"', 'source:"xn--bcher-kva.example"'),
    Example("value_form", "lang:id.", "lang:id"),
    Example(
        "value_form",
        'rob AND NOT source:"https://www.kabar.example/opini/"',
        "rob AND NOT url:(https\\:\\/\\/kabar.example\\/opini* OR "
        "https\\:\\/\\/www.kabar.example\\/opini*)",
    ),
    Example(
        "written_date", "published:2026-09-01-2026-09-30", "published:[2026-09-01 TO 2026-09-30]"
    ),
    Example("written_date", "published:2025-2026", "published:[2025-01-01 TO 2026-12-31]"),
    Example("written_date", 'published:"2026-09-01 "', "published:2026-09-01"),
    Example("written_date", "published:2026-09-01Z", "published:2026-09-01"),
    Example("written_date", "published:==2026-09-01", "published:2026-09-01"),
    Example("written_date", "published:>now-7D", "published:{now-7d TO *]"),
    Example("written_date", "published:[NOW-2WEEKS TO NOW]", "published:[now-2w TO now]"),
    Example(
        "typographic_space",
        "published:[2026-09-01\tTO\n2026-09-30]",
        "published:[2026-09-01 TO 2026-09-30]",
    ),
    Example(
        "written_date",
        "published=[2026-09-01 TO 2026-09-30]",
        "published:[2026-09-01 TO 2026-09-30]",
    ),
    Example("written_date", "tanggal=10/9/2026", "published:2026-09-10"),
    Example("idle_operator", "rob AND (Tegal OR Kudus),", "rob AND (Tegal OR Kudus)"),
    Example("idle_operator", "rob and lang: id;", "rob and lang: id", "kql"),
    Example("idle_operator", 'rob AND "air laut".', 'rob AND "air laut"'),
    Example("value_form", 'people:"Siti  Rahma"', 'people:"Siti Rahma"'),
    Example("value_form", 'tags:"harga\tberas"', 'tags:"harga beras"'),
    Example("markup", "`rob and Tegal`", "rob and Tegal", "kql"),
    Example("percent_encoding", "%22air+laut%22+AND+rob ", '"air laut" AND rob '),
)
