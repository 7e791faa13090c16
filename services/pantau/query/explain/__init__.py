"""Explanations of queries and matches in words and marks."""
