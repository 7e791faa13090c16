"""Corrections of the trained engine's names."""
