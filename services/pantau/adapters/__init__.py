"""Drivers: one file each; the only place where their libraries are imported."""
