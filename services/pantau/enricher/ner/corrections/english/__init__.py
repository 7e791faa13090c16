"""Corrections of names in English text, after the network and what all languages share."""
