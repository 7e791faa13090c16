"""Adapters: one file per driver, and the only place where drivers' libraries are imported."""
