"""Finite automata, built and counted like Lucene's."""
