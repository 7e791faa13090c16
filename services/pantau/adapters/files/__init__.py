"""Files: dictionaries, locks, the batch journal, and files that are their owner's alone."""
