"""Feeds in, new articles out."""
