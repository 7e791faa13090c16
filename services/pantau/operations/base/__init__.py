"""The frame of operations: their definition, shared fields, pages, outcomes of failures."""
