"""How Sphinx builds the documents: `make docs`. Nothing is fetched from the network."""

project = "Pantau"
author = "The authors of Pantau"
copyright = "the authors of Pantau, Apache License 2.0"  # noqa: A001 (Sphinx's name)
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "Pantau"
html_show_sphinx = False
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["README.md"]
# Shown output has other things in it than the lexer knows.
suppress_warnings = ["misc.highlighting_failure"]
