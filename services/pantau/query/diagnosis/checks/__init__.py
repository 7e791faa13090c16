"""The checks of a query, one module each, and what they know."""
