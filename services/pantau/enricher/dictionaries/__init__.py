"""Names from the user's dictionaries."""
