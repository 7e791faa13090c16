"""Scheduled reports: when one is due, and what is sent of it."""
