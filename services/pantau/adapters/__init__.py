"""Adapters: what implements the ports, a folder for each technology.

The only place where the libraries of drivers are imported. Their errors are converted here to those
of `pantau.errors`, and no type of theirs leaves this package.
"""
