"""Errors by their outcome: the class determines what a stage does next.

    PantauError
    ├── RetryError    wait and retry: a dependency is down or slow
    │   └── SettingsFaultError    the same, but an operator must fix a setting; not counted
    ├── RejectError   this input can never work: it goes to dead-letters, the rest continues
    ├── StopError     continuing would do harm: settings, a store of another version
    └── UsageError    the request cannot be fulfilled; shown as is, exit 2

Ids are attributes, so that logs and dead letters can name the affected records. Drivers' own errors
are converted at their adapter and never seen outside it.
"""


class PantauError(Exception):
    """An error whose outcome Pantau knows. The text is for people."""

    def __init__(self, message: str, **ids: str) -> None:
        super().__init__(message)
        self.ids = ids


class RetryError(PantauError):
    """A dependency did not answer; the same work can succeed later.

    `after_seconds` is the delay that the other side requested, if it did.
    """

    def __init__(self, message: str, *, after_seconds: float | None = None, **ids: str) -> None:
        super().__init__(message, **ids)
        self.after_seconds = after_seconds


class SettingsFaultError(RetryError):
    """The operator's own settings, files or accounts are faulty; the text names what to fix.

    The work itself is sound, so it waits as long as needed and is never given up.
    """


class RejectError(PantauError):
    """This input cannot be processed, now or later."""


class StopError(PantauError):
    """The program must not continue; an operator has to act."""


class UsageError(PantauError):
    """The request cannot be fulfilled; the text says why and what would work."""
