"""The pages: each asks use cases, and returns what its template shows."""
