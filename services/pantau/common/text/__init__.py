"""Text from outside: one form for it, and safe output."""
