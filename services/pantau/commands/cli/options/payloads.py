"""The options `--payload` and `--tag`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from pantau_schemas.events.subscription import PayloadVersion

F = TypeVar("F", bound=Callable[..., Any])


def _version(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> "PayloadVersion | None":
    del ctx, param
    return None if value is None else cast("PayloadVersion", int(value))


def payload_option(command: F) -> F:
    """Add `--payload VERSION` to a command, a PayloadVersion or None."""
    return click.option(
        "--payload",
        type=click.Choice(["1", "2"]),
        callback=_version,
        help="Version of the body that the webhooks get.  "
        "[default: that of the address, 2 for a new one]",
    )(command)


def tag_option(command: F) -> F:
    """Add `--tag WORD` to a command, repeatable, passed as `tags`."""
    return click.option(
        "--tag",
        "tags",
        multiple=True,
        metavar="WORD",
        help="A word to group subscriptions by; receivers get it with each alert; repeatable.",
    )(command)
