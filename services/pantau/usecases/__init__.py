"""The use cases: everything that Pantau can do, as functions for every face."""
