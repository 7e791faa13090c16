"""Declarations of web sites about the use of their content, by the feeds of these sites."""

from collections.abc import Mapping
from urllib.parse import urljoin

from pantau.errors import RejectError, RetryError
from pantau.extractor.pages import fetch_robots
from pantau.extractor.robots import Robots
from pantau.net.domains import registrable_domain
from pantau.ports import Clock, Fetcher, Log
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.site import Site
from pantau_schemas.topics import SITES


def read_declarations(log: Log) -> Mapping[str, list[Site]]:
    """Return the declarations that were found so far, by registrable domain."""
    found: dict[str, list[Site]] = {}
    for value in log.table(SITES.name).snapshot().values.values():
        try:
            site = decode(Site, value) if value is not None else None
        except SchemaError:
            continue  # of another version of Pantau, which shows it
        if site is not None and (site.licenses or site.content_usage):
            found.setdefault(registrable_domain(f"https://{site.host}/"), []).append(site)
    return found


async def ask_declarations(fetcher: Fetcher, url: str, clock: Clock, agent: str) -> Robots | None:
    """Return the robots.txt of an address; None where the site does not tell."""
    try:
        return await fetch_robots(fetcher, urljoin(url, "/robots.txt"), clock, agent)
    except (RejectError, RetryError, ValueError):
        return None
