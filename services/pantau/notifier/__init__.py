"""Alerts to people: deliveries, retries, channels."""
