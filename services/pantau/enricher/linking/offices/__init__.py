"""The words of offices, and offices that a clause gives to a person."""
