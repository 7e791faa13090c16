"""People who sign in, as administrators see them."""
