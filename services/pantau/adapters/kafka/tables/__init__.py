"""Compacted topics as tables."""
