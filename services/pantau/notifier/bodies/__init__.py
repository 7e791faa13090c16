"""Messages as JSON for receivers other than Pantau's own format of single alerts. Pure."""
