"""Queries in the forms of other programs: requests of Elasticsearch, functions, and codes."""

from typing import Final

from tests.unit.query.diagnosis.examples import Example

ELSEWHERE: Final = (
    Example("wrapped_query", '{"query": {"match": {"title": "rob"}}}', "title:rob"),
    Example("wrapped_query", '{"match": {"text": "air laut"}}', "text:(air OR laut)"),
    Example(
        "wrapped_query",
        '{"match": {"text": {"query": "air OR", "operator": "and"}}}',
        'text:(air AND "OR")',
    ),
    Example(
        "wrapped_query",
        'GET a/_search {"query": {"match_phrase": {"text": {"query": "air laut", "slop": 2}}}}',
        'text:"air laut"~2',
    ),
    Example(
        "wrapped_query",
        '{"query": {"bool": {"must": [{"match": {"text": "air"}}, {"match": {"text": "laut"}}],'
        ' "should": {"match": {"title": "rob"}}, "must_not": {"term": {"source": "a.example"}}}},'
        ' "size": 5}',
        '(text:air AND text:laut AND NOT source:"a.example")',
    ),
    Example(
        "wrapped_query",
        '{"bool": {"should": [{"prefix": {"text": "banj"}}, {"wildcard": {"text": "ro?"}}],'
        ' "filter": {"exists": {"field": "people"}}, "minimum_should_match": 1}}',
        "(_exists_:people AND (text:banj* OR text:ro?))",
    ),
    Example(
        "wrapped_query",
        '{"range": {"published": {"gte": "2026-09-01", "lt": "2026-10-01"}}}',
        "published:[2026-09-01 TO 2026-10-01}",
    ),
    Example(
        "wrapped_query",
        '{"multi_match": {"query": "air laut", "type": "phrase", "fields": ["title^2", "text"]}}',
        '"air laut"',
    ),
    Example(
        "wrapped_query",
        '{"query": {"query_string": {"query": "air laut", "default_operator": "AND"}}}',
        "(air AND laut)",
    ),
    Example(
        "wrapped_query",
        '{"query_string": {"query": "air laut* -title:\\"uji coba\\"", "default_operator": "and"}}',
        '(air AND laut* AND NOT title:"uji coba")',
    ),
    Example(
        "wrapped_query",
        '{"bool": {"should": [{"match": {"text": "air"}}, {"match": {"text": "laut"}}],'
        ' "minimum_should_match": 2}}',
        "(text:air AND text:laut)",
    ),
    Example(
        "wrapped_query",
        '{"match": {"text": {"query": "air laut", "minimum_should_match": "100%"}}}',
        "text:(air AND laut)",
    ),
    Example(
        "wrapped_query",
        '{"constant_score": {"filter": {"terms": {"lang": ["id", "ms"]}}}}',
        'lang:("id" OR "ms")',
        "kql",
        "lucene",
    ),
    Example("foreign_operator", "any(banjir, air laut)", '(banjir OR "air laut")'),
    Example("foreign_operator", "all(banjir, Solo)", "(banjir and Solo)", "kql"),
    Example("foreign_operator", "banjir AND none(gladi, uji)", "banjir AND NOT (gladi OR uji)"),
    Example("foreign_operator", "+none(gladi, uji)", "NOT (gladi OR uji)"),
    Example("foreign_operator", "title:none(gladi, uji)", "not title:(gladi or uji)", "kql"),
    Example("foreign_operator", "NOT title:none(gladi, uji)", "title:(gladi OR uji)"),
    Example("foreign_operator", "banjir XOR rob", "((banjir OR rob) AND NOT (banjir AND rob))"),
    Example("written_date", "date(geq 1/9/2026)", "published:[2026-09-01 TO *]"),
    Example(
        "written_date",
        "date(geq 1/9/2026 and leq 30/9/2026)",
        "(published:[2026-09-01 TO *] AND published:[* TO 2026-09-30])",
    ),
    Example("kql_comparison", 'published >= "2026-09-01"', "published:[2026-09-01 TO *]"),
    Example("written_date", "published:<today-7", "published:[* TO now-7d/d}"),
    Example(
        "written_date",
        "published:1788220800",
        "published:[2026-09-01T00:00:00Z TO 2026-09-01T00:00:00Z]",
    ),
    Example("value_form", "place_codes:id-jb", 'places:"Jawa Barat"'),
    Example("value_form", 'place_codes: "jawa timur"', 'places:"Jawa Timur"', "kql"),
    Example("unknown_value", "place_codes:xyz", None),
    Example("value_form", "lang:I*", "lang:i*"),
    Example("value_form", "place_codes:m?", "place_codes:M?"),
    Example("value_form", "source:WWW.kabar*", "source:kabar*"),
    Example("value_form", "people:siti*", "people:Siti*"),
    Example("value_form", "organizations:kpk*", "organizations:KPK*"),
    Example("typographic_sign", "banjir\u2217", "banjir*"),
    Example("typographic_space", "banjir\u3164AND\u2800Solo", "banjir AND Solo"),
    Example("escaped_character", "Jum`at", "Jum'at"),
    Example("escaped_character", "Ma\u00b4ruf AND Solo", "Ma'ruf AND Solo"),
)
