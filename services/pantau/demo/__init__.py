"""The demonstration: a fictional newsroom on the loopback interface, and the real pipeline."""
