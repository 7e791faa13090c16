"""Translation of a query to an FTS5 expression, which narrows the search."""
