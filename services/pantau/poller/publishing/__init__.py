"""Publishing of articles: pieces, turns, pace."""
