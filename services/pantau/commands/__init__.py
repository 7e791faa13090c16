"""The commands of `pantau`, one file a command."""
