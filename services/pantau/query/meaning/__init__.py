"""What a query means: the evaluator and its parts."""
