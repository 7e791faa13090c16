"""Content of a message in words, before it takes the form of a channel. Pure."""
