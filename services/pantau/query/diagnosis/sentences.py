"""From the code of a diagnosis and its parameters to a sentence."""

from collections.abc import Mapping
from typing import Final

from pantau.query.diagnosis.catalogue import TEXTS

_MORE: Final = (" (and in {more} more places)", " (dan di {more} tempat lain)")
_ONE_MORE: Final = (" (and in 1 more place)", " (dan di 1 tempat lain)")
_TYPED: Final = frozenset({"written", "meant"})
"""Parameters that hold what was typed, however long that is."""
_SHOWN: Final = 120
"""How many characters of such a parameter are shown."""


def render(code: str, params: Mapping[str, str | int], count: int, lang: str) -> str:
    """Return the sentence of a code in the language `en` or `id`."""
    number = 1 if lang == "id" else 0
    shown = {name: _short(value) if name in _TYPED else value for name, value in params.items()}
    sentence = TEXTS[code][number].format(**shown)
    if count > 1:
        more = _ONE_MORE if count == 2 else _MORE
        sentence += more[number].format(more=count - 1)
    return sentence


def _short(value: str | int) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
