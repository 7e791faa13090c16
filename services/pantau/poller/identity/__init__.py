"""Identity of articles, their owners, and the quota of a feed."""
