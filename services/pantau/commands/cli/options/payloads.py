"""The options `--payload`, `--tag` and `--secret-file`: what receivers of alerts get."""

from collections.abc import Callable
from pathlib import Path
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


def format_option(command: F) -> F:
    """Add `--webhook-format NAME` to a command, a WebhookFormat or None, passed as `body_format`."""
    return click.option(
        "--webhook-format",
        "body_format",
        type=click.Choice(["pantau", "cloudevents", "slack", "teams"]),
        help="Shape of the body that the webhooks get: Pantau's own, a CloudEvent, or a message "
        "of Slack or Teams.",
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


def tagged_option(*names: str, help_text: str) -> Callable[[F], F]:
    """Return an option, repeatable, that chooses subscriptions by their tags, as `chosen_tags`."""
    return click.option(*names, "chosen_tags", multiple=True, metavar="WORD", help=help_text)


def secret_file_option(command: F) -> F:
    """Add `--secret-file FILE` to a command, a Path or None."""
    return click.option(
        "--secret-file",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
        help="File with the secret of the webhooks, whsec_..., - for standard input; "
        "or set PANTAU_WEBHOOK_SECRET.  [default: a new secret, shown once]",
    )(command)
