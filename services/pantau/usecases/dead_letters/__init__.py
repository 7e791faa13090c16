"""Dead letters: read, listed, put back, discarded."""
