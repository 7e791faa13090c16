"""Feed documents, pages and lists of feeds: bytes in, values out."""
