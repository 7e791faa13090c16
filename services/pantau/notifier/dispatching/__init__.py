"""Attempts under way: scheduling, sending, results."""
