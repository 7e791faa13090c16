"""Word lists, places and organisations, and their lookup in texts."""
