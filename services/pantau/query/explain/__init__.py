"""A query and its matches in words and marks."""
