"""The search index in Elasticsearch, and its Kibana objects."""
