"""Codes to sentences: `feeds.added` and its parameters to a line of English or Indonesian."""

import importlib
from collections.abc import Mapping
from typing import Any, Final, cast

from pantau.messages.languages import DEFAULT, Lang
from pantau.messages.options import is_at_pages
from pantau.messages.text import Text, fill

AREAS: Final = {
    "accounts": "console.accounts",
    "alerts": "news.alerts",
    "api": "console.api",
    "backtest": "receivers.backtest",
    "channels": "receivers.channels",
    "cli": "program.cli",
    "completion": "program.completion",
    "console": "console.frame",
    "dead-letters": "program.dead_letters",
    "delivery": "receivers.delivery",
    "demo": "program.demo",
    "desk": "console.desk",
    "documents": "sources.documents",
    "edit": "console.editing",
    "entities": "news.entities",
    "feeds": "sources.feeds",
    "fetch": "sources.fetch",
    "lists": "news.lists",
    "messages": "receivers.messages",
    "names": "console.names",
    "pages": "console.reading",
    "people": "console.people",
    "audit": "console.audit",
    "oidc": "console.oidc",
    "query": "news.query",
    "receivers": "console.receivers",
    "reports": "news.reports",
    "rules": "receivers.rules",
    "search": "news.search",
    "servers": "program.servers",
    "settings": "program.settings",
    "spikes": "news.spikes",
    "start": "console.start",
    "status": "program.status",
    "stories": "news.stories",
    "brought": "receivers.brought",
    "subscriptions": "receivers.subscriptions",
    "takedown": "program.takedown",
    "time": "program.time",
    "template": "receivers.templates",
    "timing": "receivers.timing",
    "upkeep": "program.upkeep",
}
"""Prefixes of codes, and the module of `texts` for each, imported when a code is rendered."""
AT_PAGES: Final = "-at-pages"
"""End of the code of a text that people at pages get in place of the one for commands."""

NEAR: Final = "-near"
"""End of the code of a text that stands in where the parameter `near` is given: what is missing
has another name, and the nearest is this."""


def texts(area: str) -> Mapping[str, Text]:
    """Return the texts of an area by their codes; empty for an area that does not exist."""
    name = AREAS.get(area)
    if name is None:
        return {}
    module = importlib.import_module(f"pantau.messages.texts.{name}")
    return cast("Mapping[str, Text]", module.TEXTS)


def codes() -> Mapping[str, Text]:
    """Return the whole catalogue."""
    return {code: text for area in AREAS for code, text in texts(area).items()}


def is_known(code: str) -> bool:
    """Return whether the catalogue of this version has a code."""
    return code in texts(code.partition(".")[0])


def render(code: str, params: Mapping[str, Any], lang: Lang = DEFAULT) -> str:
    """Return the sentence of a code in a language.

    An unknown code, written by another version of the program, is shown as it is with its
    parameters: nothing that was stored becomes unreadable. People at pages get the text that is
    meant for them where there is one: they have no command line.
    """
    area = texts(code.partition(".")[0])
    if "near" in params and code + NEAR in area:
        code += NEAR
    text = (area.get(code + AT_PAGES) if is_at_pages() else None) or area.get(code)
    if text is None:
        shown = ", ".join(f"{name}={value}" for name, value in params.items())
        return f"{code} ({shown})" if shown else code
    return fill(text.of(lang), params, lang)
