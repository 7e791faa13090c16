"""Templates of messages, rendered by Jinja in a sandbox."""
