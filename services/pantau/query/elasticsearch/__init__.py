"""A query as JSON for Elasticsearch."""
