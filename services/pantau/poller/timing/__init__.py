"""When feeds are polled."""
