"""Subjects of a take-down: an article, an address, a source, or the owner of a channel. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pantau.errors import UsageError
from pantau.problems import problem
from pantau_schemas.ids import article_id
from pantau_schemas.links.canonical import normalise_link

Kind = Literal["article", "source", "owner"]

_CHANNELS: Final = ("email:", "webhook:", "file:", "terminal")
_BELOW: Final = "*."


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a take-down, as named by a person.

    `text` is an article's id, the value of the field `source` (`*.example.org`: that and all hosts
    below), or a channel such as `email:desk@example.org`. `url` is set if an address was named.
    """

    kind: Kind
    text: str
    url: str | None = None

    def is_article(self, key: str, fields: Mapping[str, Any]) -> bool:
        """Return whether an article is meant, by its id and the fields of any of its events."""
        if self.kind == "source":
            return self._is_source(fields.get("source"))
        if self.kind == "owner":
            return False
        return key == self.text or (self.url is not None and self._has_url(fields))

    def _is_source(self, source: object) -> bool:
        if not isinstance(source, str):
            return False
        if not self.text.startswith(_BELOW):
            return source == self.text
        return source == self.text[2:] or source.endswith(self.text[1:])

    def _has_url(self, fields: Mapping[str, Any]) -> bool:
        urls = [fields.get("url"), *(fields.get("same_as") or ())]
        links = {normalise_link(one) for one in urls if isinstance(one, str)}
        return normalise_link(self.url or "") in links - {None}

    @property
    def shown(self) -> str:
        """The subject in the person's words."""
        return self.url or self.text

    @property
    def sign(self) -> bytes:
        """Bytes that an event of such an article contains: a quick test before it is decoded."""
        if self.url is not None:
            return b'"url"'
        return self.text.removeprefix(_BELOW).encode("utf-8", "replace")


def subject_of(text: str) -> Subject:
    """Return what a person named.

    An address is an article; `email:`, `webhook:` and `file:` name a channel, whose owner is meant;
    what looks like a host or has a space is a source; anything else the id of an article. Raises
    UsageError for an address that cannot be an article's.
    """
    text = text.strip()
    if text.startswith(_CHANNELS):
        return Subject("owner", text)
    if "://" in text:
        link = normalise_link(text)
        if link is None:
            raise UsageError(problem("takedown.no-address", text=text))
        return Subject("article", article_id(link=link), url=text)
    if not text:
        raise UsageError(problem("takedown.nothing-named"))
    if "." in text or " " in text:
        return Subject("source", text)
    return Subject("article", text)
