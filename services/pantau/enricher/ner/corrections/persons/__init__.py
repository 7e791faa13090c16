"""People: whole names, holders of offices, and who is none."""
