"""Parts of pages: times, marked text, charts, clauses of queries, addresses."""
