"""Watched feeds: found, added, changed, and lists of them."""
