"""The composition root: the only place where implementations are wired together.

Nothing is opened before these functions are called.
"""

from pantau.bootstrap.distributed import build_service
from pantau.bootstrap.embedded import (
    build_embedded,
    build_pipeline,
    build_workers,
    stage_lags,
)
from pantau.bootstrap.faces import build_directory, build_parts
from pantau.bootstrap.parts import (
    build_channel_drivers,
    build_console,
    build_courtesy,
    build_extractor,
    build_fetcher,
    build_mailboxes,
    build_page_reader,
    build_reader,
    build_template_renderer,
)
from pantau.bootstrap.provider import build_console_parts
from pantau.bootstrap.stores import STORES, build_copier, build_eraser, open_store, setups

__all__ = [
    "STORES",
    "build_channel_drivers",
    "build_console",
    "build_console_parts",
    "build_copier",
    "build_courtesy",
    "build_directory",
    "build_embedded",
    "build_eraser",
    "build_extractor",
    "build_fetcher",
    "build_mailboxes",
    "build_page_reader",
    "build_parts",
    "build_pipeline",
    "build_reader",
    "build_service",
    "build_template_renderer",
    "build_workers",
    "open_store",
    "setups",
    "stage_lags",
]
