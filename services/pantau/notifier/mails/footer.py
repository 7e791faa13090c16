"""The end of every mail: which subscription sent it, and the commands that stop it. Pure."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pantau.common.text.safe_text import one_line


@dataclass(frozen=True, slots=True)
class FooterWords:
    """The phrases around names and commands."""

    of_one: str
    of_several: str
    mute: str
    pause: str
    remove: str


_WORDS: Final[Mapping[str, FooterWords]] = {
    "id": FooterWords(
        of_one="Dikirim otomatis oleh Pantau untuk langganan {name}.",
        of_several="Dikirim otomatis oleh Pantau untuk beberapa langganan.",
        mute="Bisukan",
        pause="Jeda",
        remove="Berhenti",
    ),
    "en": FooterWords(
        of_one="Sent automatically by Pantau for the subscription {name}.",
        of_several="Sent automatically by Pantau for several subscriptions.",
        mute="To mute",
        pause="To pause",
        remove="To stop",
    ),
}


def footer_lines(lang: str, name: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of the footer, clean of control characters.

    `lang` is that of the mail, `id` or `en`; `name` is that of the subscription if there is one
    alone; the commands name all `ids`.
    """
    words = _WORDS[lang]
    given = [one for one in map(one_line, ids) if one]
    lead = words.of_one.format(name=one_line(name, 80)) if len(given) == 1 else words.of_several
    if not given:
        return (lead,)
    named = shlex.join(given)
    return (
        lead,
        f"{words.mute}: pantau subscriptions mute {named}",
        f"{words.pause}: pantau subscriptions pause {named}",
        f"{words.remove}: pantau subscriptions remove {named}",
    )
