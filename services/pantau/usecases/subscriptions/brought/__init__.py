"""Queries that people bring from other programs, as rows of a file of subscriptions. Pure."""
