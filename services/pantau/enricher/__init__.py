"""Enrichment of articles: language, people, organisations, places, dates, quotations."""

from pantau.enricher.build import build_enricher
from pantau.enricher.enricher import Enricher

__all__ = ["Enricher", "build_enricher"]
