"""Matching of articles against subscriptions, which produces alerts."""
