"""What pages are made of: times, marked text, charts, clauses of queries, addresses."""
