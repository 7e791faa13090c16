"""Lists of names that queries refer to."""
