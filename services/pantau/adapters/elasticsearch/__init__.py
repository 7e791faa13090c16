"""The search index in Elasticsearch, and what Kibana shows of it."""
