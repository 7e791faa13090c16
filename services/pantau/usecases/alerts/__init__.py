"""Alerts that fired, their deliveries, and the reasons for them."""
