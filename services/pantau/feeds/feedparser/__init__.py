"""feedparser's handlers, driven by expat: names, state and text of elements."""
