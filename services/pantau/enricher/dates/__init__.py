"""Days that a text names, as ranges."""
