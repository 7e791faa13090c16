"""Pages that show the beginning of an article and ask for a subscription. Pure."""

import re
from typing import Final

STUB_WORDS: Final = 250
"""A text with at least this many words is worth having, whatever its page asks for."""
_ASKS: Final = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|keep|read|unlock)|to continue reading"
    r"|(?:reached|used|hit) (?:all )?your (?:\w+ )?(?:limit of |\w+ )?(?:free|monthly|article)"
    r"|subscribers? only|for subscribers|become a (?:member|subscriber) to"
    r"|already a (?:subscriber|member)\?|sign in to (?:continue|read)|this article is reserved"
    r"|(?:untuk|guna) (?:melanjutkan|lanjut) (?:mem)?baca"
    r"|berlangganan (?:untuk|sekarang|dan)"
    r"|(?:untuk|guna) membaca [^\n.]{0,40}(?:silakan )?(?:berlangganan|masuk|login)\b"
    r"|artikel gratis (?:yang )?tersisa|free articles? (?:left|remaining)"
    r"|khusus pelanggan|artikel (?:ini )?(?:premium|berbayar)|sudah berlangganan\?"
    r"|masuk (?:atau daftar )?untuk (?:mem)?baca"
    r"|baca artikel (?:lengkap|penuh) dengan berlangganan)",
    re.IGNORECASE,
)
_SCROLLING: Final = re.compile(
    r"(?:scroll|gulir|geser|swipe)\b[^\n.]{0,40}?(?:baca|read|lanjut|content)", re.IGNORECASE
)
"""A word beside an advertisement: the article goes on below it."""
_LONGEST_LINE: Final = 300
"""A longer line is a paragraph, which may speak of subscriptions."""
_MOST_CHARACTERS: Final = 400_000


def asks_for_subscription(text: str) -> bool:
    """Return whether the text of a page asks its reader to subscribe or to log in."""
    return _ASKS.search(_SCROLLING.sub(" ", text[:_MOST_CHARACTERS])) is not None


def without_wall(text: str) -> str:
    """Return a text without the lines that ask for a subscription."""
    lines = text.split("\n")
    return "\n".join(one for one in lines if len(one) > _LONGEST_LINE or not _ASKS.search(one))


def is_stub(text: str, *, declared: bool, asks: bool) -> bool:
    """Return whether a page gives the beginning of its article only.

    `declared`: its data say that it is not free (`isAccessibleForFree`); `asks`: it asks for a
    subscription. Many pages ask beside a text that is whole, so a long one counts as whole.
    """
    return (declared or asks) and len(text.split()) < STUB_WORDS
