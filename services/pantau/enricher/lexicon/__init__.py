"""Word lists, places and organisations, and how texts are looked up in them."""
