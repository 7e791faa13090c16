"""Options of commands for pages that are read as feeds."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pantau.problems import problem

if TYPE_CHECKING:
    from pantau_schemas.events.feed_page import PageSelectors

F = TypeVar("F", bound=Callable[..., Any])


def page_options(command: F) -> F:
    """Add `--page` and its selectors: `item`, `link`, `heading`, `date` and `text`."""
    for name, what in (
        ("text", "its text"),
        ("date", "its date"),
        ("heading", "its title"),
        ("link", "its link"),
        ("item", "one article"),
    ):
        command = click.option(
            f"--{name}",
            metavar="CSS",
            help=f"With --page: selector of {what}, such as `div.{name}`.",
        )(command)
    return click.option(
        "--page",
        is_flag=True,
        help="The address is a page that lists articles. Without selectors, links that look like "
        "headlines are its articles.",
    )(command)


def selectors_from(fields: dict[str, Any]) -> "PageSelectors | None":
    """Remove the page options from `fields`; return the selectors, None without `--page`.

    Raises UsageError for selectors without `--page`, and for one that cannot be parsed.
    """
    from pantau.errors import UsageError
    from pantau.feeds.html.selectors import SelectorError, parse_selector
    from pantau_schemas.events.feed_page import PageSelectors

    names = {"item": "item", "link": "link", "heading": "title", "date": "date", "text": "text"}
    given = {names[name]: fields.pop(name) for name in names}
    chosen = {name: value for name, value in given.items() if value is not None}
    if not fields.pop("page"):
        if chosen:
            raise UsageError(problem("feeds.selectors-without-page"))
        return None
    for selector in chosen.values():
        try:
            parse_selector(selector)
        except SelectorError as error:
            raise UsageError(problem("feeds.other", text=str(error))) from None
    return PageSelectors(**chosen)
