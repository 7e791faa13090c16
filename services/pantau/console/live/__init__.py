"""New alerts as server-sent events: frames, the hub that reads the log, the endpoint."""
