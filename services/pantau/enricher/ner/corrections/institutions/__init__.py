"""Organisations: whole names, companies, and those that a list knows."""
