"""Ways to run the stages of `pantau.topology`."""
