"""Times of day, quiet hours and digests as moments; clocks that are set back. Pure."""
