"""Subscriptions: made, changed, listed, and in files."""
