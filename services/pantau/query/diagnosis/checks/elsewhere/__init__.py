"""Findings in queries of other programs: regular expressions, filters, statements, marks."""
