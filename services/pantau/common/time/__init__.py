"""Clocks, zones, waiting and backoff."""
