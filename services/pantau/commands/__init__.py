"""The commands of `pantau`, one module per command."""
