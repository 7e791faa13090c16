"""The whole store in memory, for tests."""
