"""Pictures of articles: fetched by the guarded fetcher, made small, kept for a while."""
