"""English templates to Indonesian ones, one module an area."""
