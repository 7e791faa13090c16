"""The texts of a message in its owner's form, rendered by Jinja."""

from collections.abc import Mapping
from typing import Any

from pantau.notifier.composing import own_form
from pantau.notifier.composing.own_form import OwnTexts
from pantau.ports import AnyMessage
from pantau_schemas.events.subscription import MessageTemplate


def own_texts(message: AnyMessage) -> OwnTexts | None:
    """Return the texts of a message in its owner's form; None if it has none. Never raises."""
    return own_form.own_texts(message, _render)


def _render(template: MessageTemplate, fields: Mapping[str, Any]) -> Mapping[str, str]:
    from pantau.adapters.templates.rendering import render  # noqa: PLC0415 (Jinja is loaded with the first template)

    return render(template, fields)
