"""What the commands share: options, logs, output."""
