"""Search of articles, by queries, by story, by name."""
