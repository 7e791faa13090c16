"""Language, people, organisations and places of an article."""

from pantau.enricher.enricher import Enricher, build_enricher

__all__ = ["Enricher", "build_enricher"]
