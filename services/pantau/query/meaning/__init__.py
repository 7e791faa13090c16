"""The meaning of a query: the evaluator and its parts."""
