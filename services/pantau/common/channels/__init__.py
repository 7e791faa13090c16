"""Facts about channels that every part needs."""
