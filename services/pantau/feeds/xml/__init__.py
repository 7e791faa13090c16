"""XML made safe and well-formed before parsing."""
