"""Addresses: what they are and whether they may be reached."""
