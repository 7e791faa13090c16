"""The demonstration: a made-up newsroom on the loopback interface, and the real pipeline watching it."""
