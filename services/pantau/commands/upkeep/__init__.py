"""Commands that look after a running Pantau."""
