"""Feeds and hubs that pages and documents name."""
