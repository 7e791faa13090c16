"""Sign-in by a password or by a provider, and what begins or ends a session."""
