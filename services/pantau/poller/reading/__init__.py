"""Documents read as feeds."""
