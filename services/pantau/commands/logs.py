"""Logs on standard error: in colour for people, plain lines for files."""

import logging
import sys


def set_up_logging(level: str) -> None:
    """Write the program's own logs from `level` on, and warnings of libraries."""
    if sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415 (not needed for --help)
        from rich.logging import RichHandler  # noqa: PLC0415 (as above)

        handler: logging.Handler = RichHandler(
            console=Console(stderr=True),
            show_path=False,
            markup=False,
            rich_tracebacks=False,
            omit_repeated_times=False,
        )
        handler.setFormatter(logging.Formatter("%(message)s"))
    else:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("pantau").setLevel(level)
