"""Commands that run Pantau or a part of it, and set up what it needs."""
