"""The language of a page: the person's choice, else what the browser asks for. Pure."""

from collections.abc import Mapping
from typing import Final

from pantau.api.language import accepted_language
from pantau.messages.languages import LANGS, Lang

COOKIE: Final = "lang"
COOKIE_SECONDS: Final = 365 * 24 * 3600


def chosen_language(cookies: Mapping[str, str], accepted: str | None, usual: str | None) -> Lang:
    """Return the language of a page.

    The cookie that a link sets counts first, then `Accept-Language` in the order of its weights,
    then the `usual` one of the settings.
    """
    picked = cookies.get(COOKIE)
    for lang in LANGS:
        if picked == lang:
            return lang
    return accepted_language(accepted, usual)
