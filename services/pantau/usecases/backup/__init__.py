"""Backups: a store in one file, and a store made of such a file."""
