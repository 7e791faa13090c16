"""From text to tree, in three languages, with warnings and repairs."""
