"""Parts that both runtimes and the command line share."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from pantau.common.channels.kinds import CHANNEL_KINDS
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import (
    ChannelBuilder,
    ChannelDriver,
    ChannelResources,
    Clock,
    DocumentReader,
    Fetcher,
    Mailboxes,
    Store,
    TemplateRenderer,
)
from pantau.problems import Problem
from pantau.settings import Settings
from pantau.topology import EXTRACTOR

if TYPE_CHECKING:
    from pantau.extractor.stage import Extractor
    from pantau.net.courtesy import Courtesy
    from pantau.poller.websub.endpoint import CallbackEndpoint
    from pantau.runtimes.console_process import ConsoleProcess
    from pantau_schemas.events.subscription import MessageTemplate


def build_callbacks(settings: Settings) -> "CallbackEndpoint | None":
    """Build the callback of hubs, or None where WebSub is off."""
    if settings.websub.public_url is None:
        return None
    from pantau.poller.websub.endpoint import CallbackEndpoint  # noqa: PLC0415 (only where it is on)

    return CallbackEndpoint(settings.websub, settings.fetch.max_bytes)


def build_console(
    settings: Settings,
    networks: Sequence[str],
    report: Callable[[Problem], None],
    ended: Callable[[], None] = lambda: None,
) -> "ConsoleProcess":
    """Build the console: a process of its own, which reads the settings itself.

    `networks` may be reached although they are not public; `report` gets where it listens, or why
    it does not; `ended` is called when it has ended and is to be started again.
    """
    from pantau.runtimes.console_process import ConsoleProcess  # noqa: PLC0415 (only where it runs)

    # -P: a file in the current folder must not be imported as a module.
    program = [sys.executable, "-P", "-m", "pantau.console"]
    return ConsoleProcess([*program, str(settings.data), *networks], report, ended)


def build_template_renderer() -> TemplateRenderer:
    """Build the renderer of templates. Jinja is loaded with the first of them."""

    def render_one(template: "MessageTemplate", fields: Mapping[str, Any]) -> Mapping[str, str]:
        from pantau.adapters.templates.rendering import render  # noqa: PLC0415 (see above)

        return render(template, fields)

    return render_one


def build_fetcher(settings: Settings) -> Fetcher:
    """Build the guarded fetcher."""
    from pantau.adapters.http.fetcher import GuardedFetcher  # noqa: PLC0415 (drivers are loaded when chosen)

    return GuardedFetcher(settings.fetch)


def build_courtesy(settings: Settings) -> "Courtesy":
    """Build the gaps between requests to a domain, for all parts of a process that fetch."""
    from pantau.net.courtesy import Courtesy  # noqa: PLC0415 (as above)

    return Courtesy(settings.poll.domain_gap_seconds, settings.poll.shared_domains)


def build_extractor(
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    settings: Settings,
    courtesy: "Courtesy",
    signals: Signals = NO_SIGNALS,
) -> "Extractor":
    """Build the stage that fetches pages; for one run."""
    from pantau.enricher.structure.boilerplate import find_boilerplate  # noqa: PLC0415 (as above)
    from pantau.extractor.stage import build_stage  # noqa: PLC0415 (as above)

    return build_stage(
        EXTRACTOR,
        store.log,
        fetcher,
        build_page_reader(),
        clock,
        settings.extract,
        courtesy,
        find_boilerplate,
        signals,
    )


def build_page_reader() -> DocumentReader:
    """Build the reader of pages: each in a child process, however small it is."""
    from pantau.adapters.processes.reader import ProcessReader, ReadLimits  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.extractor.html.reading import PAGE  # noqa: PLC0415 (only where pages are read)

    limits = ReadLimits(small=-1, seconds=2.0, seconds_each_megabyte=1.0)
    # The libraries are loaded before the first page, so that they do not count for it.
    return ProcessReader(preload=[PAGE.name, "trafilatura:bare_extraction"], limits=limits)


def build_mailboxes(settings: Settings) -> Mailboxes:
    """Build the reader of the operator's mailboxes."""
    from pantau.adapters.mail.mailboxes import ThreadedMailboxes  # noqa: PLC0415 (drivers are loaded when chosen)

    return ThreadedMailboxes(settings.fetch)


def build_reader() -> DocumentReader:
    """Build the reader of external documents.

    It starts no process before a document needs it.
    """
    from pantau.adapters.processes.reader import ProcessReader  # noqa: PLC0415 (drivers are loaded when chosen)
    from pantau.poller.reading.listed_reading import LISTED  # noqa: PLC0415 (only where something is read)
    from pantau.poller.reading.readings import FEED, OPML  # noqa: PLC0415 (as above)

    return ProcessReader(preload=[LISTED.name, FEED.name, OPML.name])


def build_channel_drivers(
    settings: Settings, fetcher: Fetcher, clock: Clock
) -> dict[str, ChannelDriver]:
    """Build the driver of each kind of channel."""
    resources = ChannelResources(settings, fetcher, clock)
    drivers: dict[str, ChannelDriver] = {}
    for kind in CHANNEL_KINDS:
        build: ChannelBuilder = resolve_name(kind.driver)
        drivers[kind.name] = build(resources)
    return drivers
