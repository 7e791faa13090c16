"""Texts about feeds, how they are fetched, and their documents."""
