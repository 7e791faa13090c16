"""Text, tags and elements of HTML."""
