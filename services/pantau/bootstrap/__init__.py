"""The composition root: the only place where implementations are wired together.

Nothing is opened before these functions are called. Most commands need a store alone: what faces
for people and programs consist of is imported from `faces` and `provider` by these.
"""

from pantau.bootstrap.distributed import build_service
from pantau.bootstrap.embedded import (
    build_embedded,
    build_pipeline,
    build_workers,
    stage_lags,
)
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
from pantau.bootstrap.stores import STORES, build_copier, build_eraser, open_store, setups

__all__ = [
    "STORES",
    "build_channel_drivers",
    "build_console",
    "build_copier",
    "build_courtesy",
    "build_embedded",
    "build_eraser",
    "build_extractor",
    "build_fetcher",
    "build_mailboxes",
    "build_page_reader",
    "build_pipeline",
    "build_reader",
    "build_service",
    "build_template_renderer",
    "build_workers",
    "open_store",
    "setups",
    "stage_lags",
]
