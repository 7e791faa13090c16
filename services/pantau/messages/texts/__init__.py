"""The sentences: a module an area, `TEXTS` in each from code to the text in every language."""
