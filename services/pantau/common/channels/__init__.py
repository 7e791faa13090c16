"""What every part knows about channels."""
