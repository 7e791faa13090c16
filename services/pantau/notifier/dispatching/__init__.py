"""Tries under way: what is due, what is sent, what came of it."""
