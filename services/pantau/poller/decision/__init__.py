"""Decisions of a poll. Pure."""
