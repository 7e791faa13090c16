"""Work on stored articles: enrichment, replay, retention."""
