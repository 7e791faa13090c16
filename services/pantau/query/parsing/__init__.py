"""Parsing of the three languages, with warnings and repairs."""
