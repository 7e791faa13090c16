"""Runtimes: ways to run the stages of `pantau.topology`."""
