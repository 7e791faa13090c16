"""`pantau lists`: one file per command or part."""
