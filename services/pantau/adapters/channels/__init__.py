"""Channels: a file, a mail server, a webhook."""
