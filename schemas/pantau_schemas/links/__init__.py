"""Links of articles in one form."""
