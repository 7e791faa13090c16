"""Texts of commands: tables, lines and sentences."""
