"""A query as an expression of FTS5, which narrows."""
