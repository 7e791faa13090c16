"""English help texts to Indonesian ones, one module an area."""
