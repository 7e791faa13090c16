"""Feeds, lists of feeds and pages as readings.

What a `DocumentReader` runs for the poller, and the JSON of the results. A reading may run in a
process that a hostile document has taken over. So the result is validated piece by piece: a
document can at most misrepresent itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pantau.common.reading import Reading
from pantau.feeds.discovery.discover import FoundFeed, discover_feeds
from pantau.feeds.discovery.hubs import HubLinks
from pantau.feeds.document import ParsedFeed, ParsedItem, UnreadableFeedError
from pantau.feeds.formats.address_list import read_addresses
from pantau.feeds.formats.mail import read_mails
from pantau.feeds.formats.news_sitemap import MOST_ROBOTS, sitemaps_of_robots
from pantau.feeds.formats.opml import OpmlFeed, OpmlList, read_opml
from pantau.feeds.parse import parse_feed
from pantau.net.guard import without_password
from pantau.net.mailbox_address import is_mailbox
from pantau.problems import Problem, pack_problem, unpack_problem
from pantau_schemas.events.feed_page import PageSelectors

About = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class NoFeed:
    """A document of another kind than expected.

    `candidates` are the feeds that it names, if it is a page.
    """

    reason: str
    candidates: tuple[FoundFeed, ...] = ()
    problem: Problem | None = field(default=None, compare=False)  # the reason as data


def about_feed(
    url: str | None,
    content_type: str | None = None,
    *,
    discover: bool = False,
    page: PageSelectors | None = None,
    time_zone: str | None = None,
) -> About:
    """Return the context that `FEED` needs.

    With `discover`, the feeds that a page names are looked for; with `page`, the document is a web
    page that lists articles. `time_zone` is the IANA name of the zone of dates that name none.
    """
    return {
        "url": url,
        "content_type": content_type,
        "discover": "yes" if discover else None,
        "page": page.model_dump_json() if page is not None else None,
        "time_zone": time_zone,
    }


def _read_feed(document: bytes, about: About) -> ParsedFeed | NoFeed:
    url, content_type = about.get("url"), about.get("content_type")
    if url and is_mailbox(url):
        return read_mails(document, without_password(url))
    try:
        selectors = about.get("page")
        page = PageSelectors.model_validate_json(selectors) if selectors else None
        zone = _zone(about.get("time_zone"))
        return parse_feed(document, url=url, content_type=content_type, page=page, zone=zone)
    except UnreadableFeedError as error:
        found = _discovered(document, url, content_type) if url and about.get("discover") else ()
        return NoFeed(str(error), found, error.problem)


def _discovered(document: bytes, url: str, content_type: str | None) -> tuple[FoundFeed, ...]:
    """Return the feeds that a page names, or the sitemaps that a robots.txt names."""
    if urlsplit(url).path == "/robots.txt":
        named = sitemaps_of_robots(document[:MOST_ROBOTS].decode("utf-8", "replace"), url)
        return tuple(FoundFeed(one, None, "sitemap") for one in named)
    return tuple(discover_feeds(document, url, content_type))


def _zone(name: str | None) -> tzinfo:
    """Return a zone by its name; UTC for a name that this machine's tables do not have."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ValueError, OSError, KeyError):
        return UTC


def _read_opml(document: bytes, about: About) -> OpmlList | NoFeed:
    content_type = about.get("content_type")
    listed = read_addresses(document, content_type=content_type)
    if listed is not None:
        return listed
    try:
        return read_opml(document, content_type=content_type)
    except UnreadableFeedError as error:
        return NoFeed(str(error), (), error.problem)


def _pack_refusal(result: NoFeed) -> list[Any]:
    found = [[one.url, one.title, one.type] for one in result.candidates]
    return ["no", result.reason, found, pack_problem(result.problem)]


def _pack_feed(result: ParsedFeed | NoFeed) -> list[Any]:
    if isinstance(result, NoFeed):
        return _pack_refusal(result)
    head = [
        result.format,
        result.title,
        result.link,
        result.language,
        result.warnings,
        result.ttl_seconds,
        result.skip_hours,
        result.skip_days,
        result.hubs.hubs,
        result.hubs.topic,
    ]
    return ["feed", head, [_pack_item(one) for one in result.items]]


def _pack_item(item: ParsedItem) -> list[Any]:
    published = item.published.isoformat() if item.published else None
    said = [item.guid, item.link, item.title, item.text, item.author, item.tags, published]
    return [*said, item.source, item.image]


def _pack_opml(result: OpmlList | NoFeed) -> list[Any]:
    if isinstance(result, NoFeed):
        return _pack_refusal(result)
    return [
        "opml",
        [[one.url, one.title, one.folder, one.site, one.tags] for one in result.feeds],
        result.warnings,
        result.left_out,
    ]


def _unpack_refusal(said: list[Any]) -> NoFeed:
    _, reason, candidates, code = said
    found = (FoundFeed(_text(url), _maybe(title), _text(kind)) for url, title, kind in candidates)
    return NoFeed(_text(reason), tuple(found), unpack_problem(code))


def _unpack_feed(said: Any) -> ParsedFeed | NoFeed:
    kind = _kind(said, "feed")
    if kind == "no":
        return _unpack_refusal(said)
    (version, title, link, language, warnings, ttl, hours, days, hubs, topic), items = said[1:]
    if not (ttl is None or type(ttl) is int):
        raise _unlike(ttl)
    # The child process read a hostile document, so its answer is checked like outside input.
    for number, bound in (*((one, 24) for one in hours), *((one, 7) for one in days)):
        if type(number) is not int or not 0 <= number < bound:
            raise _unlike(number)
    return ParsedFeed(
        format=_text(version),
        title=_maybe(title),
        link=_maybe(link),
        language=_maybe(language),
        items=tuple(_unpack_item(*one) for one in items),
        warnings=tuple(map(_text, warnings)),
        ttl_seconds=ttl,
        skip_hours=tuple(hours),
        skip_days=tuple(days),
        hubs=HubLinks(tuple(map(_text, hubs)), _maybe(topic)),
    )


def _unpack_item(
    guid: object,
    link: object,
    title: object,
    text: object,
    author: object,
    tags: Any,
    published: object,
    source: object,
    image: object,
) -> ParsedItem:
    moment = (
        datetime.fromisoformat(_text(published)).astimezone(UTC) if published is not None else None
    )
    return ParsedItem(
        _maybe(guid),
        _maybe(link),
        _text(title),
        _text(text),
        _maybe(author),
        tuple(map(_text, tags)),
        moment,
        _maybe(source),
        _maybe(image),
    )


def _unpack_opml(said: Any) -> OpmlList | NoFeed:
    if _kind(said, "opml") == "no":
        return _unpack_refusal(said)
    _, feeds, warnings, left_out = said
    if type(left_out) is not int:
        raise _unlike(left_out)
    found = (
        OpmlFeed(_text(url), _maybe(title), _maybe(folder), _maybe(site), tuple(map(_text, tags)))
        for url, title, folder, site, tags in feeds
    )
    return OpmlList(tuple(found), tuple(map(_text, warnings)), left_out)


def _kind(said: Any, expected: str) -> str:
    if not isinstance(said, list) or not said or said[0] not in {"no", expected}:
        raise _unlike(said)
    return str(said[0])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _unlike(value)
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _unlike(value: object) -> ValueError:
    return ValueError(f"not what a reading says: {str(value)[:100]}")


FEED: Final[Reading[ParsedFeed | NoFeed]] = Reading(
    f"{__name__}:FEED", _read_feed, _pack_feed, _unpack_feed
)
"""A feed, or what was found in its place. See `about_feed`."""
OPML: Final[Reading[OpmlList | NoFeed]] = Reading(
    f"{__name__}:OPML", _read_opml, _pack_opml, _unpack_opml
)
"""A list of feeds."""
