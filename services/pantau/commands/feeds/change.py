"""`pantau feeds edit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.opened import opened_feeds
from pantau.commands.cli.options.full_text import full_text_option
from pantau.commands.cli.options.pages import page_options, selectors_from
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text
from pantau.commands.feeds.named import named_feeds_argument
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau_schemas.events.feed import FullText

EXAMPLES: Final = """\b
Examples:
  pantau feeds edit k3q5 --tag ekonomi --untag umum
  pantau feeds edit k3q5 --time-zone Asia/Jakarta
  pantau feeds edit k3q5 --full-text always
  pantau feeds edit k3q5 --login desk --password-file password.txt
  pantau feeds edit k3q5 --header "Accept-Language: id" --user-agent "Mozilla/5.0"
  pantau feeds edit k3q5 --reset proxy --reset headers
"""


@click.command("edit", epilog=EXAMPLES)
@named_feeds_argument
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
    help="Time zone of dates that name none, such as Asia/Jakarta or WIB.",
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
def edit_feed(
    named: tuple[str, ...],
    data: Path,
    *,
    title: str | None,
    source: str | None,
    interval_seconds: int | None,
    folder: str | None,
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    time_zone: str | None,
    user_agent: str | None,
    headers: tuple[str, ...],
    login: str | None,
    password_file: Path | None,
    proxy: str | None,
    ca_bundle: str | None,
    verify: bool | None,
    encoding: str | None,
    max_bytes: int | None,
    full_text: "FullText | None",
    resets: tuple[str, ...],
    **page: Any,
) -> None:
    """Change the settings of feeds. What is not named stays as it is."""
    from pantau.common.text.safe_text import one_line
    from pantau.usecases.feeds.editing import (
        AskedAccess,
        AskedFields,
        asked_changes,
        change_feeds,
    )

    fields = AskedFields(
        title=title,
        source=source,
        interval_seconds=interval_seconds,
        folder=folder,
        time_zone=time_zone,
        full_text=full_text,
        page=selectors_from(page),
    )
    access = AskedAccess(
        user_agent=user_agent,
        username=login,
        password=None if password_file is None else read_password(password_file),
        proxy=proxy,
        ca_bundle=ca_bundle,
        verify_tls=verify,
        encoding=encoding,
        max_bytes=max_bytes,
        headers=headers,
    )
    changes = asked_changes(fields, access, tags=tags, untags=untags, resets=resets)
    with opened_feeds(data, changes=True) as feed_list:
        changed = change_feeds(feed_list, named, changes)
    for one in changed:
        shown = f"{one_line(one.title, 200)} ({one.feed.feed_id[:8]})"
        print_text("feeds.changed", feed=shown)


def read_password(file: Path) -> str:
    """Return the first line of a file or of standard input. Raises UsageError."""
    from pantau.errors import UsageError

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
