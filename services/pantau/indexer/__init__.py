"""Articles into the search index."""
