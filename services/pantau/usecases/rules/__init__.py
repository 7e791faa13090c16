"""The rules of a subscription as people write them, and as they are shown."""
