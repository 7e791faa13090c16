"""Doubts about a form: asked about beside a box, and confirmed by ticking it."""

from collections.abc import Sequence

from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.problems import Problem, answered_by
from pantau.usecases.subscriptions.subscribing import Confirm


def confirming(doubts: list[Problem], *, is_sure: bool) -> Confirm:
    """Return what confirms a doubt if the box is ticked, and else keeps it, to be asked about."""

    def confirm(doubt: Problem) -> bool:
        if not is_sure:
            doubts.append(doubt)
        return is_sure

    return confirm


def fault_text(doubts: Sequence[Problem], error: UsageError, lang: Lang) -> str:
    """Return what keeps a form from being saved: the first doubt with what to tick, or an error."""
    return answered_by(doubts[0], "desk.tick").text(lang) if doubts else error.text(lang)
