"""Texts about articles, stories, alerts and queries."""
