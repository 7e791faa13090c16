"""Parsing of feed documents, pages and lists of feeds: bytes in, values out."""
