"""Language, people, organisations and places of an article."""

from pantau.enricher.build import build_enricher
from pantau.enricher.enricher import Enricher

__all__ = ["Enricher", "build_enricher"]
