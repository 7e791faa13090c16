"""What Pantau can do, as functions for every face."""
