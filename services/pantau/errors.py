"""Errors by their outcome: what a stage does next is read off the class.

    PantauError
    ├── RetryError    wait and try the same again: a dependency is down or slow
    │   └── SettingsFaultError    the same, but a setting of ours has to be mended: tries are not counted
    ├── RejectError   this input can never work: it goes to dead-letters, the rest goes on
    ├── StopError     going on would do harm: settings, a store of another version
    └── UsageError    the person asked for something that cannot be done; shown as is, exit 2

Ids travel as attributes, so that logs and dead letters can name what was hit.
Drivers' own errors are converted at their adapter and never seen outside it.
"""


class PantauError(Exception):
    """An error that Pantau knows the outcome of. The text is for people."""

    def __init__(self, message: str, **ids: str) -> None:
        super().__init__(message)
        self.ids = ids


class RetryError(PantauError):
    """A dependency did not answer; the same work can succeed later.

    `after_seconds` is the wait that the other side asked for, if it did.
    """

    def __init__(self, message: str, *, after_seconds: float | None = None, **ids: str) -> None:
        super().__init__(message, **ids)
        self.after_seconds = after_seconds


class SettingsFaultError(RetryError):
    """The operator's own settings, files or accounts do not work; the text names what to mend.

    It says nothing against the work itself, so that waits however long it takes, and is never given
    up.
    """


class RejectError(PantauError):
    """This input cannot be processed, now or later."""


class StopError(PantauError):
    """The program must not go on; a person has to act."""


class UsageError(PantauError):
    """What was asked for cannot be done; the text says why and what would work."""
