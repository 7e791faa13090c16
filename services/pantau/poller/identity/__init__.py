"""Which article an item is, whose it is, and how many a feed may give."""
