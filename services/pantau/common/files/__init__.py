"""Files of JSON Lines, and articles in files."""
