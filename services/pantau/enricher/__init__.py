"""Language, people, organisations and places of an article."""
