"""The external side of the long proof, feeds that fill and a webhook, and the report of a run."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests import newsroom
from tests.e2e.servers import Document, Site, rss, serve

DESKS = 20
"""Feeds, each on a loopback address of its own, so that pollers have something to share."""


@dataclass(frozen=True)
class Pair:
    """The servers of a run, and the prefix of its topics and indices."""

    kafka: str
    elastic: str
    prefix: str


@dataclass
class World:
    """The external side: feeds that fill, a webhook that records.

    `items` are those of all seeds until now; the feeds list those from `first` on.
    """

    items: tuple[newsroom.Item, ...]
    desks: list[Site]
    hook: Site
    first: int = 0
    shown: int = 0
    limit: int = 0  # so many are published until the next trouble begins

    def show(self, count: int) -> None:
        """Publish the articles before `count` on the feeds."""
        self.shown = min(count, len(self.items))
        for number, desk in enumerate(self.desks):
            listed = self.items[self.first + number : self.shown : len(self.desks)]
            desk.documents["/feed.xml"] = Document(rss([*listed]))

    def begin(self, items: tuple[newsroom.Item, ...]) -> None:
        """Start a seed, whose articles follow those of the former ones."""
        self.first = self.shown = self.limit = len(self.items)
        self.items += items

    def delivered(self) -> set[str]:
        return {headers["webhook-id"] for headers, _ in self.hook.posts}


@dataclass
class Report:
    """A record of what happened, for people and for the exit code."""

    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        line = f"{time.monotonic() - self.began:7.1f} s  {text}"
        self.said.append(line)
        print(line, file=sys.stderr, flush=True)  # noqa: T201 (the progress of a long proof)

    def check(self, holds: bool, text: str) -> None:
        if not holds:
            self.wrong.append(text)
        self.say(("ok     " if holds else "WRONG  ") + text)


@contextmanager
def world() -> Iterator[World]:
    with ExitStack() as open_now:
        desks = [
            open_now.enter_context(
                serve(Site({"/feed.xml": Document(rss([]))}), f"127.0.1.{number + 1}")
            )
            for number in range(DESKS)
        ]
        yield World((), desks, open_now.enter_context(serve(Site())))


def flow(place: World, rate: float, stop: threading.Event) -> None:
    """Publish articles, a few every half second."""
    while place.shown < len(place.items) and not stop.wait(0.5):
        place.show(min(place.limit, place.shown + max(1, round(rate / 2))))
