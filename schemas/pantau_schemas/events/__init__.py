"""The events of the topics."""
