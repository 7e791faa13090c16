"""Articles on their way into the log: pieces, turns, pace."""
