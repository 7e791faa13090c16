"""Fuzzing of what reads outside text, guided by coverage (atheris); see `python -m fuzz --help`.

A target is a module of `fuzz.targets`: seeds in our own words, and a function that reads bytes and
raises `BrokenError` for a broken promise of the program. Targets do not depend on atheris, so the
tests run every seed through them.
"""
