"""Flood control: turns of feeds in a channel, its limit, and summaries of the rest."""
