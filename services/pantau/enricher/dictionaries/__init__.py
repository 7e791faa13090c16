"""Names of the user's own."""
