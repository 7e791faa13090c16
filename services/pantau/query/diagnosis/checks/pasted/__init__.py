"""Queries in the form in which they were copied: within something else, as a list, cut off."""
