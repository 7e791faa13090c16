"""Mails as bytes, and the check of the finished bytes."""
