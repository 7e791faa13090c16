"""Small parts without dependencies on the rest of the program."""
