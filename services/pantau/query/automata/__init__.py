"""Finite automata, built and counted as Lucene's."""
