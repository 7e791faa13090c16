"""Matching of many queries against one article."""
