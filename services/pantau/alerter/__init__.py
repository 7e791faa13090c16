"""Articles against subscriptions: alerts out."""
