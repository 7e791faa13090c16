"""Child processes that read documents within limits of time and memory."""
