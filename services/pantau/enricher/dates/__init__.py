"""Dates named in a text, as ranges of days."""
