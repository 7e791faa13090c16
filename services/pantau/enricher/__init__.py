"""Enrichment of articles: language, people, organisations, places, dates, quotations.

`enricher.Enricher` calls the parts, each of them pure: `language`, `structure` (boilerplate), `ner`
(an engine finds names, corrections follow), `linking` (names to entities), `dictionaries`, `dates`,
`quotations`. `lexicon` holds word lists and their lookup, `budget` the time of one article. `stage`
also assigns the article to a story; `build` makes the enricher from the settings.
"""

from pantau.enricher.build import build_enricher
from pantau.enricher.enricher import Enricher

__all__ = ["Enricher", "build_enricher"]
