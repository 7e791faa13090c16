"""Engines that find names in a passage."""
