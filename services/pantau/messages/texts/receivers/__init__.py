"""Texts about subscriptions, channels and deliveries."""
