"""Accounts: who may do what, who owns what, sign-in, tokens, and the audit log."""
