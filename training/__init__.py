"""Training of the bundled model (`make model`); never needed to run it."""
