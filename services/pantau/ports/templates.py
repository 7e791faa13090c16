"""Templates of messages, as they are checked and tried before they are saved."""

from collections.abc import Mapping
from typing import Any, Protocol

from pantau_schemas.events.subscription import MessageTemplate


class TemplateRenderer(Protocol):
    """Renders templates, within limits of time and size."""

    def __call__(self, template: MessageTemplate, fields: Mapping[str, Any]) -> Mapping[str, str]:
        """Return the text of each part that the template has: `subject`, `text`, `html`.

        Raises UsageError naming the part, the line and the fault.
        """
