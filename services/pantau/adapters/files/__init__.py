"""Files: dictionaries, locks, the batch journal, and private files."""
