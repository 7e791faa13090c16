"""Errors by their outcome: the class determines what a stage does next.

    PantauError
    ├── RetryError    wait and retry: a dependency is down or slow
    │   ├── SettingsFaultError    the same, but an operator must fix a setting; not counted
    │   ├── NewerRecordError      the same, until this program is upgraded
    │   └── ColdError             the same, at once: the stage has to load something first
    ├── RejectError   this input can never work: it goes to dead-letters, the rest continues
    │   └── ReceiverGoneError     the same, for all that its channel gets: the channel is stopped
    ├── StopError     continuing would do harm: settings, a store of another version
    └── UsageError    the request cannot be fulfilled; shown as is, exit 2

Ids are attributes, so that logs and dead letters can name the affected records. Drivers' own errors
are converted at their adapter and never seen outside it.
"""

from pantau.messages.languages import DEFAULT, Lang
from pantau.problems import Problem


class PantauError(Exception):
    """An error whose outcome Pantau knows.

    It is made of a `Problem`, which can be shown in every language, or of a sentence in English.
    `str` is always the English text.
    """

    def __init__(self, what: str | Problem, **ids: str) -> None:
        super().__init__(str(what))
        self.problem = what if isinstance(what, Problem) else None
        self.ids = ids

    def text(self, lang: Lang = DEFAULT) -> str:
        """Return the text in a language; a sentence is translated as far as it is known."""
        if self.problem is not None:
            return self.problem.text(lang)
        if lang == DEFAULT:
            return str(self)
        from pantau.messages.finished.recognition import indonesian  # noqa: PLC0415 (English needs none)

        return indonesian(str(self))


class RetryError(PantauError):
    """A dependency did not answer; the same work can succeed later.

    `after_seconds` is the delay that the other side requested, if it did.
    """

    def __init__(
        self, what: str | Problem, *, after_seconds: float | None = None, **ids: str
    ) -> None:
        super().__init__(what, **ids)
        self.after_seconds = after_seconds


class NewerRecordError(RetryError):
    """A record of a newer Pantau: it waits for the upgrade of this one, and is never rejected.

    `done` is the number of records before it, of those given, whose output is durable.
    """

    def __init__(self, what: str | Problem, **ids: str) -> None:
        super().__init__(what, after_seconds=None, **ids)
        self.done = 0


class ColdError(RetryError):
    """A stage has to load something before this work; it does so when it is made ready again."""


class SettingsFaultError(RetryError):
    """The operator's own settings, files or accounts are faulty; the text names what to fix.

    The work itself is sound, so it waits as long as needed and is never given up.
    """


class RejectError(PantauError):
    """This input cannot be processed, now or later."""


class ReceiverGoneError(RejectError):
    """The receiver of a channel is gone for good and asked not to be called again."""


class StopError(PantauError):
    """The program must not continue; an operator has to act."""


class UsageError(PantauError):
    """The request cannot be fulfilled; the text says why and what would work."""
