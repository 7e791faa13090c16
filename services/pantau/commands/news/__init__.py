"""Commands that show articles, stories, alerts and names."""
