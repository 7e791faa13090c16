"""Changes of the settings of a feed: what is set, what is added, what returns to its default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from typing import Any, Final

from pydantic import ValidationError

from pantau.common.time.zones import zone_name
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.feeds.feed_list import FeedList, Watched
from pantau_schemas.base import given_of
from pantau_schemas.codec import explain
from pantau_schemas.events.feed import Feed, FullText
from pantau_schemas.events.feed_access import FeedAccess
from pantau_schemas.events.feed_page import PageSelectors

RESETS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "source": ("source",),
    "interval": ("interval_seconds",),
    "folder": ("folder",),
    "time-zone": ("time_zone",),
    "tags": ("tags",),
    "page": ("page",),
    "full-text": ("full_text",),
    "access": ("access",),
}
"""Names of settings of a feed that can be reset, and the fields of `Feed` that each stands for."""
ACCESS_RESETS: Final[Mapping[str, tuple[str, ...]]] = {
    "user-agent": ("user_agent",),
    "headers": ("headers",),
    "login": ("username", "password"),
    "proxy": ("proxy",),
    "ca-bundle": ("ca_bundle",),
    "verify-tls": ("verify_tls",),
    "encoding": ("encoding",),
    "max-bytes": ("max_bytes",),
}
"""Names of settings of its requests that can be reset, and the fields of `FeedAccess`."""


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """Changes to apply to a feed. Resets come first, so that one call can replace a value."""

    fields: Mapping[str, Any] = field(default_factory=dict)  # of `Feed`
    access: Mapping[str, Any] = field(default_factory=dict)  # of `FeedAccess`, without headers
    headers: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    resets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any change."""
        parts = (self.fields, self.access, self.headers, self.tags, self.untags, self.resets)
        return any(parts)


@dataclass(frozen=True, slots=True)
class AskedFields:
    """Settings of a feed as they are asked for; None leaves one as it is."""

    title: str | None = None
    source: str | None = None
    interval_seconds: int | None = None
    folder: str | None = None
    time_zone: str | None = None
    full_text: FullText | None = None
    page: PageSelectors | None = None


@dataclass(frozen=True, slots=True)
class AskedAccess:
    """Settings of a feed's requests as they are asked for; headers are `NAME:VALUE`."""

    user_agent: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    proxy: str | None = None
    ca_bundle: str | None = None
    verify_tls: bool | None = None
    encoding: str | None = None
    max_bytes: int | None = None
    headers: tuple[str, ...] = ()


def asked_changes(
    fields: AskedFields,
    access: AskedAccess,
    *,
    tags: tuple[str, ...] = (),
    untags: tuple[str, ...] = (),
    resets: tuple[str, ...] = (),
) -> FeedChanges:
    """Return the changes that are asked for.

    Raises UsageError for none at all, for a setting that cannot be reset, and for a header that is
    not `NAME:VALUE`.
    """
    known = {*RESETS, *ACCESS_RESETS}
    for one in resets:
        if one not in known:
            raise UsageError(problem("feeds.no-reset", name=one, choices=str(sorted(known))))
    changes = FeedChanges(
        fields=_given(fields),
        access={name: one for name, one in _given(access).items() if name != "headers"},
        headers=dict(_header(one) for one in access.headers),
        tags=tags,
        untags=untags,
        resets=resets,
    )
    if not changes:
        raise UsageError(problem("feeds.nothing-to-change"))
    return changes


def change_feeds(
    feed_list: FeedList, named: Sequence[str], changes: FeedChanges
) -> Sequence[Watched]:
    """Change all of the named feeds, or none; return them as they were.

    Raises UsageError as `edited` does, and for a name that no feed has.
    """
    found = [feed_list.find(one) for one in named]
    feed_list.save([edited(one.feed, changes) for one in found])
    return found


def _given(asked: AskedFields | AskedAccess) -> dict[str, Any]:
    values = {one.name: getattr(asked, one.name) for one in dataclass_fields(asked)}
    return {name: value for name, value in values.items() if value is not None}


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise UsageError(problem("feeds.header-form"))
    return name.strip(), value.strip()


def edited(feed: Feed, changes: FeedChanges) -> Feed:
    """Return the feed with the changes applied.

    Raises UsageError, naming the setting, for a value that is not valid. Secrets never appear in
    the message.
    """
    fields = _zoned(changes.fields)
    resets = [name for one in changes.resets for name in RESETS.get(one, ())]
    kept = {name: value for name, value in given_of(feed).items() if name not in {*resets, "tags"}}
    tags = () if "tags" in resets else feed.tags
    tags = tuple(dict.fromkeys((*tags, *changes.tags)))
    try:
        return Feed(
            **{
                **kept,
                **fields,
                "tags": tuple(one for one in tags if one not in changes.untags),
                "access": _access(None if "access" in resets else feed.access, changes),
            }
        )
    except ValidationError as error:
        # The cause would hold the values, secrets among them.
        raise UsageError(explain(error)) from None


def _access(access: FeedAccess | None, changes: FeedChanges) -> FeedAccess | None:
    """Return the settings of the requests; None if all of them are the defaults."""
    resets = {name for one in changes.resets for name in ACCESS_RESETS.get(one, ())}
    given = {} if access is None else given_of(access)
    kept = {name: value for name, value in given.items() if name not in resets}
    headers = {**kept.get("headers", {}), **changes.headers}
    given = {**kept, **changes.access, **({"headers": headers} if headers else {})}
    found = FeedAccess(**given)
    return found if found != FeedAccess() else None


def _zoned(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields with the IANA name of the zone. Raises UsageError for what is no zone."""
    name = fields.get("time_zone")
    if name is None:
        return fields
    try:
        return {**fields, "time_zone": zone_name(name)}
    except ValueError:
        raise UsageError(problem("feeds.no-time-zone", name=name)) from None
