"""A take-down: redact, sweep until nothing is left, erase, prove."""

from collections.abc import Callable
from typing import Final

from pantau.ports import Clock, Eraser, Store
from pantau.usecases.takedown.collecting import Progress, collect
from pantau.usecases.takedown.findings import Findings
from pantau.usecases.takedown.proving import Proof, prove
from pantau.usecases.takedown.subject import Subject
from pantau.usecases.takedown.sweeping import Swept, redact, sweep

SWEEPS: Final = 5
"""Sweeps at most. What is still coming then is shown by the proof."""
PAUSE_SECONDS: Final = 2.0
"""Between two sweeps: stages write what they had in hand when the redaction reached them."""


def forget(
    subject: Subject,
    found: Findings,
    store: Store,
    eraser: Eraser,
    clock: Clock,
    wait: Callable[[float], None],
    progress: Progress,
) -> tuple[Swept, Proof]:
    """Remove what was found, and what running stages still make of it; prove that it is gone.

    Whatever is under way when it is called is found by a later sweep; so the first one is always
    followed by another. Raises RetryError when a server does not answer: the redactions stand, and
    calling it again goes on.
    """
    redact(store, found, clock)
    swept = Swept()
    for number in range(SWEEPS):
        some = sweep(store, eraser, found, clock)
        swept.add(some)
        if number and not some.removed.total():
            break
        wait(PAUSE_SECONDS)
        later = collect(subject, eraser, store.index, progress)
        if later.identities - found.identities:
            redact(store, later, clock)
        _merge(found, later)
    store.index.expunge()
    eraser.scrub(swept.places, progress)
    return swept, prove(store, eraser, subject, found, progress)


def _merge(found: Findings, later: Findings) -> None:
    for key, piece in later.articles.items():
        found.articles.setdefault(key, piece)
    for name in ("identities", "alerts", "deliveries", "subscriptions", "feeds"):
        getattr(found, name).update(getattr(later, name))
