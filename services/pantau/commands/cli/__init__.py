"""Parts that the commands share: options, logs, output."""
