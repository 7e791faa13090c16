"""Small parts that need nothing else of the program."""
