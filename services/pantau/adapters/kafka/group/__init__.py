"""Members of a consumer group."""
