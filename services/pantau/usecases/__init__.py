"""Everything that Pantau can do, as functions for every face."""
