"""Articles that name known things in several ways, and queries for them in each language."""

from typing import Final

from pantau_schemas.events.subscription import QueryLanguage

TEXTS: Final = (
    "Komisi Pemberantasan Korupsi menahan bupati itu di Jabar.",
    "KPK menahan bupati itu di Kabupaten Garut, Jawa Barat.",
    "Komunitas Pencinta Kucing (KPK) berkumpul di Kota Surabaya.",
    "Laba PT Bank Negara Indonesia (Persero) Tbk naik, kata Ketua BPK Siti Rahma.",
    "Warga Malaysia bertolak ke China dan Jepang pada Rabu.",
    "Acara di São Paulo dihadiri Ketua BNPB José Wirasena dan Ma’ruf Hartono.",
    "Hujan turun sejak pagi.",
)
"""Texts of articles, each of which names something else or by another name."""

QUERIES: Final[tuple[tuple[QueryLanguage, str, tuple[int, ...]], ...]] = (
    ("lucene", "organizations:KPK", (0, 1, 2)),
    ("lucene", 'organizations:"Komisi Pemberantasan Korupsi"', (0, 1)),
    ("lucene", 'entity_ids:"org:kpk"', (0, 1)),
    ("lucene", "entity_ids:org\\:kpk", (0, 1)),
    ("lucene", "entity_ids:(org\\:kpk OR org\\:bni)", (0, 1, 3)),
    ("lucene", "entity_ids:org\\:k*", (0, 1)),
    ("lucene", "entity_ids:/org:(kpk|bni)/", (0, 1, 3)),
    ("lucene", "_exists_:organizations AND NOT _exists_:entity_ids", ()),
    ("lucene", 'organizations:KPK AND NOT entity_ids:"org:kpk"', (2,)),
    ("lucene", 'entity_ids:["id:32" TO "id:33"]', (0, 1)),
    ("lucene", 'entity_ids:"ORG:KPK" OR organizations:kpk', ()),
    ("lucene", 'places:"Jawa Barat" AND places:Jabar', (0, 1)),
    ("lucene", "places:Surabaya", (2,)),
    ("lucene", "places:(Tiongkok OR Garut)", (1, 4)),
    ("lucene", 'places:"Jawa Timur"', ()),
    ("lucene", 'organizations:("PT BNI" OR "PT Bank Negara Indonesia Tbk")', (3,)),
    ("lucene", 'people:"Jose Wirasena" OR people:"Ma\'ruf Hartono"', (5,)),
    ("lucene", 'places:"Sao Paulo" AND places:"São Paulo"', (5,)),
    ("kql", 'entity_ids: "org:kpk"', (0, 1)),
    ("kql", "entity_ids: org\\:kpk", (0, 1)),
    ("kql", "entity_ids: org\\:* and not organizations: KPK", (3, 5)),
    ("kql", "organizations: KPK or places: (Tiongkok or Garut)", (0, 1, 2, 4)),
    ("kql", "entity_ids >= id\\:32 and entity_ids < id\\:33", (0, 1, 5)),
    ("pantau", 'entity_ids:"org:kpk"', (0, 1)),
    ("pantau", 'entity_ids:("org:bni" OR "iso:CN")', (3, 4)),
    ("pantau", 'organizations:"Bank Negara Indonesia" NOT places:Garut', (3,)),
)
"""The language of a query, its text, and the numbers of the articles that it finds."""
