# ruff: noqa: INP001 (a file that Sphinx reads, no module to import)
"""How Sphinx builds the documents: `make docs`. Nothing is fetched from the network.

The source is the whole project, so that pages of `docs/` and those at the top can link to each
other.
"""

from pathlib import Path

from sphinx.application import Sphinx

project = "Pantau"
author = "The authors of Pantau"
copyright = "the authors of Pantau, Apache License 2.0"  # noqa: A001 (Sphinx's name)
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/**", "benchmarks/RESULTS.md"]
exclude_patterns = [
    *(
        ".*",
        "build",
        "dist",
        "deploy",
        "requirements",
        "schemas",
        "scripts",
        "services",
        "tests",
        "training",
    ),
]
html_theme = "furo"
html_title = "Pantau"
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
myst_heading_anchors = 4
# Console output contains text unknown to the lexer; pages at the top are linked to, but not in the
# menu.
suppress_warnings = ["misc.highlighting_failure", "toc.not_included"]


def setup(app: Sphinx) -> None:
    """Let the built folder open at the index."""
    app.connect("build-finished", _write_start)


def _write_start(app: Sphinx, error: Exception | None) -> None:
    if error is None:
        start = (
            f"<meta http-equiv='refresh' content='0; url={root_doc}.html'>"
            f"<a href='{root_doc}.html'>Pantau</a>\n"
        )
        Path(app.outdir, "index.html").write_text(start, encoding="utf-8")
