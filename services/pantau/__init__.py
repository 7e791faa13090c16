"""Pantau: news monitoring whose alerts mean exactly what a search means.

Start reading at `pantau.topology`, which lists every stage of the pipeline as data.
"""

__version__ = "0.1.0"
