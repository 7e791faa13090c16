"""Engines that find names in a passage (named entity recognition)."""
