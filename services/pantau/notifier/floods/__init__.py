"""Turns of feeds in a channel, its limit, and the summary of what is beyond."""
