"""Stories: found by references, ranked by coverage."""
