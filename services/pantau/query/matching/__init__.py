"""Many queries against one article."""
