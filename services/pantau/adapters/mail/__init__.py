"""Mailboxes that are read as feeds: local folders and IMAP servers."""
