"""The embedded store: log and search index in one SQLite file."""
