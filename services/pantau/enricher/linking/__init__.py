"""Linking of mentions to entities: short forms, titles, roles, known ids."""
