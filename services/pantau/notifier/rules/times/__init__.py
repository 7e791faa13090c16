"""Times of day, quiet hours and digests as moments. Pure."""
