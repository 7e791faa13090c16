"""Tokenization of text."""
