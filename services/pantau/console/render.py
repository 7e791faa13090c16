"""Templates: HTML with everything escaped, in the language of the request."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pantau.common.stored_problems import stored_text
from pantau.common.text.safe_text import harmless, one_line
from pantau.common.time.written import date_text, day_text, hour_text, time_text
from pantau.common.time.zones import known_zone
from pantau.console.asked import TABLE_MOST, Asked
from pantau.console.show.clauses import EVERYTHING, FacetClause, written
from pantau.console.show.links import changed, outside_link, own_item, own_path
from pantau.console.show.times import age_of, published_or_seen, with_local_times
from pantau.messages.languages import Lang
from pantau.messages.text import fill
from pantau.problems import Param, Problem
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.search.overview import Bar
from pantau_schemas.base import format_time
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import describe_channel

ASSETS: Final[Mapping[str, str]] = {
    "console.css": "text/css; charset=utf-8",
    "pictures.css": "text/css; charset=utf-8",
    "console.js": "text/javascript; charset=utf-8",
    "brush.js": "text/javascript; charset=utf-8",
    "inbox.js": "text/javascript; charset=utf-8",
    "start.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""Files that pages refer to, and their types."""
MENU: Final = (
    ("/", "console.menu-now"),
    ("/search", "console.menu-search"),
    ("/stories", "console.menu-stories"),
    ("/entities", "console.menu-entities"),
    ("/alerts", "console.menu-inbox"),
    ("/subscriptions", "console.menu-subscriptions"),
    ("/feeds", "console.menu-feeds"),
    ("/reports", "console.menu-reports"),
    ("/pipeline", "console.menu-pipeline"),
)
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "ok": ("●", "desk.is-ok"),
    "new": ("○", "desk.is-new"),
    "paused": ("❚❚", "desk.is-paused"),
    "warning": ("▲", "desk.is-warning"),
    "limited": ("▲", "desk.is-limited"),
    "error": ("✕", "desk.is-error"),
    "live": ("●", "desk.is-live"),
    "suspended": ("✕", "desk.is-suspended"),
    "pending": ("○", "desk.is-pending"),
    "retrying": ("▲", "desk.is-retrying"),
    "delivered": ("✓", "desk.is-delivered"),
    "summarized": ("✓", "desk.is-summarized"),
    "failed": ("✕", "desk.is-failed"),
    "cancelled": ("–", "desk.is-cancelled"),
    "seen": ("○", "alerts.is-seen"),
    "starred": ("★", "alerts.is-starred"),
    "done": ("✓", "alerts.is-done"),
    "muted": ("–", "alerts.is-muted"),
}
"""States of feeds, subscriptions, deliveries and stories: an icon and a word, so that colour is
not all."""
FIELDS: Final[Mapping[str, str]] = {
    "source": "pages.field-source",
    "lang": "pages.field-lang",
    "people": "pages.field-people",
    "organizations": "pages.field-organizations",
    "places": "pages.field-places",
    "title": "pages.field-title",
    "text": "pages.field-text",
}
"""Fields of facets and names, and what people call them."""
LANGUAGE_NAMES: Final[Mapping[str, str]] = {"id": "pages.lang-id", "en": "pages.lang-en"}
"""Languages of articles whose names people read in place of the code."""
_TITLE_LIMIT: Final = 300


@cache
def asset(name: str) -> bytes:
    """Return a file that pages refer to; `name` is one of `ASSETS`."""
    return files("pantau.console").joinpath("static", name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Return the address of such a file, which changes with what it holds."""
    return f"/static/{name}?v={sha256(asset(name)).hexdigest()[:12]}"


def _safe(value: Any) -> Any:
    """Remove characters that reorder or hide text from a value; template code is left alone."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return harmless(value)
    return value


def _own(text: str) -> Markup:
    """Return what a person edits, escaped and otherwise as it is; lone surrogates become U+FFFD."""
    return escape(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _lines(text: str) -> Markup:
    """Return a text of several lines, with each of them as harmless as a single one."""
    return Markup("\n").join(escape(harmless(line)) for line in text.splitlines())


def _sentence(text: str) -> str:
    """Return what is wrong as a sentence: problems are parts of one, for a line of a terminal.

    What begins with a host, a file or an option keeps its letters.
    """
    is_word = text.partition(" ")[0].isalpha()
    end = "" if text.endswith((".", "!", "?", ":", "…")) else "."
    return (text[:1].upper() if is_word else text[:1]) + text[1:] + end if text else ""


@cache
def environment() -> Environment:
    """Return the templates. Every value is escaped; an unknown one is an error."""
    made = Environment(
        loader=PackageLoader("pantau.console"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["line"] = lambda text, most=_TITLE_LIMIT: one_line(text or "", most)
    made.filters["lines"] = _lines
    made.filters["own"] = _own
    made.filters["sentence"] = _sentence
    made.filters["outside"] = outside_link
    made.globals.update(
        own_path=own_path,
        own_item=own_item,
        entity_path=lambda one: own_item(f"/entities/{one.type}", one.id or one.name),
        asset_path=asset_path,
        states=STATES,
        fields=FIELDS,
        table_most=TABLE_MOST,
        language_names=LANGUAGE_NAMES,
        channel=lambda one: shown_channel(describe_channel(one)),
        named_channel=shown_channel,
        channel_id=id_of,
        term=lambda name, value: written(FacetClause(name, value), "lucene"),
    )
    return made


def page(template: str, asked: Asked, values: Mapping[str, Any]) -> str:
    """Return a page of a template and values, in the language of the request."""
    lang = asked.lang

    def text(code: str, /, **params: Param) -> str:
        return Problem(code, params).text(lang)

    def when(moment: datetime) -> Markup:
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            moment.isoformat(), time_text(moment, lang), age_of(moment, asked.now).text(lang)
        )

    def dated(article: EnrichedArticle) -> Markup:
        return published_or_seen(article, asked.now, lang)

    def moment(given: datetime, zone: str | None = None) -> Markup:
        shown = time_text(given, lang, None if zone is None else known_zone(zone))
        return Markup('<time datetime="{}">{}</time>').format(given.isoformat(), shown)

    return (
        environment()
        .get_template(template)
        .render(
            {
                "t": text,
                "problem_text": lambda problem: problem.text(lang),
                "lang": lang,
                "asked": asked,
                "may": asked.may,
                "has_picture": lambda article: _has_picture(asked, article),
                "menu": MENU,
                "when": when,
                "moment": moment,
                "dated": dated,
                "stored": lambda text: with_local_times(stored_text(text, None, lang), lang),
                "time": lambda given: time_text(given, lang),
                "day": lambda given: day_text(given, lang),
                "date": lambda text: _date(text, lang),
                "number": lambda count: fill("{count:n}", {"count": count}, lang),
                "here": lambda **other: changed(asked.path, asked.values, **other),
                "data_path": lambda path, **more: changed(path, asked.values, **more),
                "link": lambda q, l: own_path(_query_page(asked.path), q=q, l=l),  # noqa: E741 (its name in addresses)
                "zoom": lambda bar: _zoomed(asked, bar),
                "span": lambda bar: (_edge(bar.start), _edge(bar.end)),
                "tick": lambda bar: _tick(bar, lang),
                "day_tick": lambda bar: day_text(bar.start, lang),  # today's bar is still short
                **values,
            }
        )
    )


def _has_picture(asked: Asked, article: EnrichedArticle) -> bool:
    """Return whether a page shows the picture of an article, as far as is known."""
    pictures = asked.parts.pictures
    return pictures is not None and pictures.may_be_shown(article.image)


def _query_page(path: str) -> str:
    """Return where the repair of a query leads: to the same form."""
    if path.startswith("/subscriptions/") and path.endswith("/edit"):
        return path
    return "/subscriptions/new" if path.startswith("/subscriptions/new") else "/search"


def _zoomed(asked: Asked, bar: Bar) -> str:
    """Return the search for what a bar counts; on other pages than the search, for everything."""
    values = asked.values if asked.path == "/search" else {"q": EVERYTHING}
    return changed("/search", values, **{"from": _edge(bar.start), "to": _edge(bar.end)})


def _edge(moment: datetime) -> str:
    """Return an end of a bar as short as it can be: a page has hundreds of them."""
    written = format_time(moment)
    whole = written.removesuffix(":00.000Z")
    return written if whole == written else f"{whole}Z"


def _tick(bar: Bar, lang: Lang) -> str:
    """Return the time of a bar: an hour, or a day."""
    is_day = bar.end - bar.start > timedelta(hours=12)
    return day_text(bar.start, lang) if is_day else hour_text(bar.start, lang)


def _date(text: str, lang: Lang) -> str:
    """Return a day such as `2026-11-28` as people write it; as it is if no calendar has it."""
    try:
        return date_text(datetime.fromisoformat(text), lang)
    except ValueError:
        return text


def as_json(value: Any) -> str:
    """Return JSON for programs."""
    return json.dumps(value, ensure_ascii=False, default=str, indent=1)
