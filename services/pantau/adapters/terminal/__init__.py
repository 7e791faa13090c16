"""Alerts, summaries and lists on a terminal."""
