"""Ports: what the program needs from outside, as guarantees that the weakest backend keeps.

Each port has a contract suite in `tests/contracts` which every backend of `pantau.bootstrap` must
pass. No driver's type crosses a port; a driver's error is raised as one of `pantau.errors`.
"""

from pantau.ports.backup import Archive, Cipher, Copier
from pantau.ports.channels import (
    AnyMessage,
    ChannelBuilder,
    ChannelDriver,
    ChannelResources,
    Closable,
    Message,
    RuleMessage,
    SummaryMessage,
)
from pantau.ports.clock import Clock
from pantau.ports.erasing import Eraser, RawTrace
from pantau.ports.fetching import Fetcher, FetchError, FetchRequest, FetchResponse, Mailboxes
from pantau.ports.log import (
    NO_HEADERS,
    PARTITION_HEADER,
    Changes,
    Consumer,
    KeyAssignment,
    Log,
    Received,
    Record,
    Table,
    Watch,
)
from pantau.ports.reading import DocumentReader, Reading
from pantau.ports.search import (
    Filters,
    Hit,
    Outline,
    RejectedDocument,
    SearchIndex,
    SearchPage,
    SearchRequest,
)
from pantau.ports.store import Journal, Store

__all__ = [
    "NO_HEADERS",
    "PARTITION_HEADER",
    "AnyMessage",
    "Archive",
    "Changes",
    "ChannelBuilder",
    "ChannelDriver",
    "ChannelResources",
    "Cipher",
    "Clock",
    "Closable",
    "Consumer",
    "Copier",
    "DocumentReader",
    "Eraser",
    "FetchError",
    "FetchRequest",
    "FetchResponse",
    "Fetcher",
    "Filters",
    "Hit",
    "Journal",
    "KeyAssignment",
    "Log",
    "Mailboxes",
    "Message",
    "Outline",
    "RawTrace",
    "Reading",
    "Received",
    "Record",
    "RejectedDocument",
    "RuleMessage",
    "SearchIndex",
    "SearchPage",
    "SearchRequest",
    "Store",
    "SummaryMessage",
    "Table",
    "Watch",
]
