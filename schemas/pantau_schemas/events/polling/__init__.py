"""Events of the poller alone."""
