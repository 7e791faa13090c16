"""Articles that wait to be published, kept in the log until they are."""
