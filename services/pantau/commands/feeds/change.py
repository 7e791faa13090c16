"""`pantau feeds edit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.opened import opened_feeds
from pantau.commands.cli.options.full_text import full_text_option
from pantau.commands.cli.options.pages import page_options, selectors_from
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.usecases.feeds.editing import FeedChanges

EXAMPLES: Final = """\b
Examples:
  pantau feeds edit k3q5 --tag ekonomi --untag umum
  pantau feeds edit k3q5 --time-zone Asia/Jakarta
  pantau feeds edit k3q5 --full-text always
  pantau feeds edit k3q5 --login desk --password-file password.txt
  pantau feeds edit k3q5 --header "Accept-Language: id" --user-agent "Mozilla/5.0"
  pantau feeds edit k3q5 --reset proxy --reset headers
"""
_ACCESS: Final = {
    "user_agent": "user_agent",
    "login": "username",
    "proxy": "proxy",
    "ca_bundle": "ca_bundle",
    "verify": "verify_tls",
    "encoding": "encoding",
    "max_bytes": "max_bytes",
}
_FIELDS: Final = ("title", "source", "interval_seconds", "folder", "time_zone", "full_text")


@click.command("edit", epilog=EXAMPLES)
@click.argument("named", metavar="FEED...", nargs=-1, required=True)
@click.option("--title", help="Name for people.")
@click.option("--source", help="Source of its articles, for queries.")
@click.option(
    "--interval",
    "interval_seconds",
    type=click.IntRange(min=10),
    metavar="SECONDS",
    help="Poll exactly so often.",
)
@click.option("--folder", help="Folder, as in OPML files.")
@click.option("--tag", "tags", multiple=True, help="Add a tag for its articles; repeatable.")
@click.option("--untag", "untags", multiple=True, help="Remove a tag; repeatable.")
@click.option(
    "--time-zone",
    metavar="ZONE",
    help="Time zone of dates that name none, such as Asia/Jakarta.",
)
@click.option("--user-agent", help="User-Agent of its requests.")
@click.option(
    "--header",
    "headers",
    multiple=True,
    metavar="NAME:VALUE",
    help="Send a header with its requests; repeatable.",
)
@click.option("--login", metavar="USER", help="User name for HTTP authentication.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File with the password for --login; - is standard input.",
)
@click.option("--proxy", metavar="URL", help="HTTP proxy, as http://host:port.")
@click.option(
    "--ca-bundle",
    type=click.Path(dir_okay=False),
    help="PEM file with further certificate authorities to trust.",
)
@click.option(
    "--verify/--no-verify",
    default=None,
    help="Verify the certificate of its server, or accept any.",
)
@click.option("--encoding", help="Character encoding of the document, whatever it declares.")
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    metavar="BYTES",
    help="Maximum size of the document, after decompression.",
)
@full_text_option
@page_options
@click.option(
    "--reset",
    "resets",
    multiple=True,
    metavar="SETTING",
    help="Return a setting to its default: title, source, interval, folder, time-zone, tags, page, "
    "full-text, access (all of its requests), user-agent, headers, login, proxy, ca-bundle, verify-tls, "
    "encoding, max-bytes; repeatable.",
)
@data_option
def edit_feed(named: tuple[str, ...], data: Path, **given: Any) -> None:
    """Change the settings of feeds. What is not named stays as it is."""
    from pantau.common.text.safe_text import one_line  # noqa: PLC0415 (not needed for --help)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.usecases.feeds.editing import edited  # noqa: PLC0415 (as above)

    changes = _changes(given)
    if not changes:
        raise UsageError(problem("feeds.nothing-to-change"))
    with opened_feeds(data, changes=True) as book:
        found = [book.find(one) for one in named]
        book.save([edited(one.feed, changes) for one in found])
    for one in found:
        shown = f"{one_line(one.title, 200)} ({one.feed.feed_id[:8]})"
        print_text("feeds.changed", feed=shown)


def _changes(given: dict[str, Any]) -> "FeedChanges":
    """Return the changes that the options ask for. Raises UsageError."""
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)
    from pantau.usecases.feeds.editing import ACCESS_RESETS, RESETS, FeedChanges  # noqa: PLC0415 (as above)

    page = selectors_from(given)
    fields = {name: given[name] for name in _FIELDS if given[name] is not None}
    access = {name: given[one] for one, name in _ACCESS.items() if given[one] is not None}
    if given["password_file"] is not None:
        access["password"] = read_password(given["password_file"])
    known = {*RESETS, *ACCESS_RESETS}
    for one in given["resets"]:
        if one not in known:
            choices = str(sorted(known))
            raise UsageError(problem("feeds.no-reset", name=str(one), choices=choices))
    return FeedChanges(
        fields=fields | ({"page": page} if page is not None else {}),
        access=access,
        headers=dict(_header(one) for one in given["headers"]),
        tags=given["tags"],
        untags=given["untags"],
        resets=given["resets"],
    )


def _header(text: str) -> tuple[str, str]:
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)

    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise UsageError(problem("feeds.header-form"))
    return name.strip(), value.strip()


def read_password(file: Path) -> str:
    """Return the first line of a file or of standard input. Raises UsageError."""
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)

    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            password: str = stream.readline(1_000).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "not UTF-8"
        unread = problem("feeds.password-unread", file=str(file), reason=reason)
        raise UsageError(unread) from None
    if not password:
        raise UsageError(problem("feeds.password-empty", file=str(file)))
    return password
