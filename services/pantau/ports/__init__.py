"""Ports: what the program needs from outside, as guarantees that the weakest backend keeps.

Each port has a contract suite in `tests/contracts` which every backend of `pantau.bootstrap` must
pass. No driver's type crosses a port; a driver's error is raised as one of `pantau.errors`.
"""

from pantau.common.reading import Reading
from pantau.ports.backup import Archive, Cipher, Copier
from pantau.ports.channels import (
    AnyMessage,
    ChannelBuilder,
    ChannelDriver,
    ChannelResources,
    Closable,
    Message,
    ReportMaker,
    ReportMessage,
    RuleMessage,
    SummaryMessage,
)
from pantau.ports.clock import Clock
from pantau.ports.erasing import Eraser, RawTrace
from pantau.ports.fetching import Fetcher, FetchError, FetchRequest, FetchResponse, Mailboxes
from pantau.ports.hashing import PasswordHasher
from pantau.ports.identity import (
    ExpectedToken,
    IdTokenError,
    IdTokenVerifier,
    UnknownKeyError,
)
from pantau.ports.log import (
    NO_HEADERS,
    PARTITION_HEADER,
    Changes,
    Consumer,
    KeyAssignment,
    Log,
    Received,
    Record,
    Share,
    Table,
    Watch,
)
from pantau.ports.pictures import Picture, PictureMaker, PictureSet, PictureSize
from pantau.ports.reading import DocumentReader
from pantau.ports.search import (
    Filters,
    Hit,
    Outline,
    RejectedDocument,
    SearchIndex,
    SearchPage,
    SearchRequest,
    Tally,
)
from pantau.ports.store import Journal, Store
from pantau.ports.templates import TemplateRenderer

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
    "ExpectedToken",
    "FetchError",
    "FetchRequest",
    "FetchResponse",
    "Fetcher",
    "Filters",
    "Hit",
    "IdTokenError",
    "IdTokenVerifier",
    "Journal",
    "KeyAssignment",
    "Log",
    "Mailboxes",
    "Message",
    "Outline",
    "PasswordHasher",
    "Picture",
    "PictureMaker",
    "PictureSet",
    "PictureSize",
    "RawTrace",
    "Reading",
    "Received",
    "Record",
    "RejectedDocument",
    "ReportMaker",
    "ReportMessage",
    "RuleMessage",
    "SearchIndex",
    "SearchPage",
    "SearchRequest",
    "Share",
    "Store",
    "SummaryMessage",
    "Table",
    "Tally",
    "TemplateRenderer",
    "UnknownKeyError",
    "Watch",
]
