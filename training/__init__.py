"""Trains the model that comes with Pantau (`make model`); never needed to run it."""
