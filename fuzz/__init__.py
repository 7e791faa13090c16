"""Fuzzing of what reads outside text, guided by coverage (atheris); see `python -m fuzz --help`.

A target is a module of `fuzz.targets`: seeds of our own words, and a function that reads bytes and raises `BrokenError`
where a promise of the program does not hold. Targets know nothing of atheris, so the tests run every seed through them.
"""
