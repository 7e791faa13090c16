"""Options and commands in sentences, in the words of the face that shows them.

A use case refuses a value and names the option of the command line, since it does not know who
asked. A text of the catalogue names it as `{--to}`, or with the format `option` where a parameter
holds it. A person at the command line reads `--to`, a program the member of its request,
`channels`, and a person at a page the label of the form. A command that shows something stands as
`{$feeds list}`: at pages it is the page that shows the same, for programs the operation.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

from pantau.messages.languages import Lang

Face = Literal["commands", "programs", "pages"]
SIGN: Final = "--"
MEMBERS: Final[Mapping[str, str]] = {
    "at-once": "rules.at_once",
    "collect": "rules.collect",
    "digest": "rules.digest",
    "every": "rules.every",
    "interval": "interval_seconds",
    "timing": "rules.timing",
    "to": "channels",
}
"""Members of requests that are called otherwise than the option."""
LABELS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "expires": {"en": "Ends", "id": "Berakhir"},
    "query": {"en": "Query", "id": "Kueri"},
    "quiet": {"en": "Quiet hours", "id": "Jam tenang"},
    "since": {"en": "From", "id": "Dari"},
    "sources": {"en": "Sources of a story, at least", "id": "Sumber cerita, paling sedikit"},
    "time-zone": {"en": "Time zone", "id": "Zona waktu"},
    "time_zone": {"en": "Time zone", "id": "Zona waktu"},
    "timing": {"en": "When messages come", "id": "Kapan pesan datang"},
    "to": {"en": "Channels", "id": "Saluran"},
    "to-timing": {"en": "When messages come", "id": "Kapan pesan datang"},
    "until": {"en": "Until", "id": "Sampai"},
    "when": {"en": "What a message waits for", "id": "Yang ditunggu pesan"},
}
"""Labels of forms; what has none is called as programs call it."""
COMMAND: Final = "$"
"""Beginning of a command in a text, as in `{$feeds list}`."""
PLACES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "accounts list": {"en": "the page People", "id": "halaman Pengguna"},
    "accounts edit": {"en": "the page of the person", "id": "halaman pengguna itu"},
    "alerts --json": {"en": "the inbox", "id": "kotak masuk"},
    "channels list": {"en": "the page of the subscription", "id": "halaman langganan"},
    "dead-letters list": {"en": "the page Dead letters", "id": "halaman Rekaman gagal"},
    "feeds list": {"en": "the page Feeds", "id": "halaman Umpan"},
    "reports list": {"en": "the page Reports", "id": "halaman Laporan"},
    "search --by-story": {"en": "a search by story", "id": "pencarian menurut cerita"},
    "search --json": {"en": "the search", "id": "pencarian"},
    "stories": {"en": "the page Stories", "id": "halaman Cerita"},
    "subscriptions list": {"en": "the page Subscriptions", "id": "halaman Langganan"},
    "subscriptions show": {"en": "the page of the subscription", "id": "halaman langganan"},
}
"""Where people at pages find what a command shows."""
OPERATIONS: Final[Mapping[str, str]] = {
    "accounts list": "list_accounts",
    "accounts edit": "change_account",
    "alerts --json": "list_alerts",
    "channels list": "list_channels",
    "dead-letters list": "list_dead_letters",
    "feeds list": "list_feeds",
    "reports list": "list_report_schedules",
    "search --by-story": "search_articles",
    "search --json": "search_articles",
    "stories": "list_stories",
    "subscriptions list": "list_subscriptions",
    "subscriptions show": "read_subscription",
}
"""The operation by which a program finds it: an operationId of REST, and a tool of MCP."""
_FACE: ContextVar[Face] = ContextVar("face", default="commands")


@contextmanager
def speaking_to(face: Face) -> Iterator[None]:
    """Write the sentences of this thread or task for a face, until the end of the block."""
    before = _FACE.set(face)
    try:
        yield
    finally:
        _FACE.reset(before)


def is_at_pages() -> bool:
    """Return whether the sentences of this thread or task are for people at pages."""
    return _FACE.get() == "pages"


def command_word(command: str, lang: Lang) -> str:
    """Return how to see what a command shows, given as `$feeds list`, in the current face."""
    name = command.removeprefix(COMMAND)
    match _FACE.get():
        case "pages":
            return PLACES[name][lang]
        case "programs":
            return f"`{OPERATIONS[name]}`"
        case _:
            return f"`pantau {name}`"


def field_label(name: str, lang: Lang) -> str:
    """Return how a form calls an entry; elsewhere the name, as requests and options have it."""
    return LABELS[name][lang] if is_at_pages() and name in LABELS else name


def option_word(option: str, lang: Lang) -> str:
    """Return the word of the current face for an option, given as `to` or `--to`."""
    name, face = option.removeprefix(SIGN), _FACE.get()
    if face == "commands":
        return SIGN + name
    member = MEMBERS.get(name, name.replace("-", "_"))
    if face == "pages" and name in LABELS:
        return LABELS[name][lang]
    return member
