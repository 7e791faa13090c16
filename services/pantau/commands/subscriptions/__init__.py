"""`pantau subscribe` and `pantau subscriptions`."""
