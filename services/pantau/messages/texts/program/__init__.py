"""Texts about the program: the command line, settings, status."""
