"""Addresses: their format, and whether they may be contacted."""
