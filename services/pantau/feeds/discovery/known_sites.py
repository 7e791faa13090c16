"""Feed addresses of well-known sites, derived from the address of the page."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

_NAME: Final = r"[A-Za-z0-9_.-]{1,100}"
_YOUTUBE: Final = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"}
)
_VIDEOS: Final = "https://www.youtube.com/feeds/videos.xml"
_CHANNEL: Final = re.compile(
    r"\"(?:externalId|channelId|browseId)\":\"(UC[\w-]{22})\""
    r"|itemprop=\"(?:identifier|channelId)\" content=\"(UC[\w-]{22})\""
    r"|youtube\.com/channel/(UC[\w-]{22})"
)
_REDDIT: Final = re.compile(rf"/(?:r|u|user)/{_NAME}(?:/(?:new|top|hot|rising|m/{_NAME}))?")
_RULES: Final[tuple[tuple[str, str, str], ...]] = (
    (r"bsky\.app", r"/profile/([A-Za-z0-9_.:-]{1,253})", "https://bsky.app/profile/{0}/rss"),
    (r"(?:www\.)?t\.me|telegram\.me", rf"/(?:s/)?({_NAME})(?:/\d+)?", "https://t.me/s/{0}"),
    (r"(?:www\.)?medium\.com", rf"/(@?{_NAME})", "https://medium.com/feed/{0}"),
    (
        r"(?:www\.)?github\.com",
        rf"/({_NAME}/{_NAME})(?:/releases)?",
        "https://github.com/{0}/releases.atom",
    ),
    (r"(?:www\.)?vimeo\.com", rf"/({_NAME})", "https://vimeo.com/{0}/videos/rss"),
    (
        r"(?:www\.)?stackoverflow\.com",
        rf"/questions/tagged/({_NAME})",
        "https://stackoverflow.com/feeds/tag/{0}",
    ),
    (r"([a-z0-9-]+\.substack\.com)", r"/?(?:archive)?", "https://{0}/feed"),
    (r"([a-z0-9-]+\.wordpress\.com)", r"/?", "https://{0}/feed/"),
    (r"([a-z0-9-]+\.tumblr\.com)", r"/?", "https://{0}/rss"),
    (
        r"([a-z0-9-]+\.blogspot\.(?:com|co\.id))",
        r"/?",
        "https://{0}/feeds/posts/default",
    ),
)
"""Host and path of a page, and the address of its feed with what both matched."""
_USUAL: Final = (
    *("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed/", "rss/"),
    *("feeds", "index.rdf", "feed.json", "rss/index.xml", "feeds/posts/default", "?feed=rss2"),
)
_USUAL_BELOW: Final = 6
"""How many of them are tried below a path; at the root all are."""


def feeds_of_address(url: str) -> tuple[str, ...]:
    """Return the feeds that belong to the address of a page, best first; empty for most pages.

    Covers YouTube, Mastodon (`/@name` of any host), Bluesky, Reddit, Telegram, Medium, GitHub,
    Vimeo, Stack Overflow, Substack, WordPress, Tumblr and Blogger.
    """
    try:
        parts = urlsplit(url)
        host, path = (parts.hostname or "").lower(), parts.path.rstrip("/")
    except ValueError:
        return ()
    if parts.scheme not in {"http", "https"}:
        return ()
    if host in _YOUTUBE:
        return _of_youtube(path, parts.query)
    if host == "reddit.com" or host.endswith(".reddit.com"):
        whole = _REDDIT.fullmatch(path)
        return (f"https://www.reddit.com{path}/.rss",) if whole else ()
    for hosts, paths, feed in _RULES:
        at, below = re.fullmatch(hosts, host), re.fullmatch(paths, path)
        if at and below:
            return (feed.format(*at.groups(), *below.groups()),)
    if re.fullmatch(rf"/@{_NAME}", path):  # Mastodon and what speaks like it, at any host
        return (f"{parts.scheme}://{parts.netloc}{path}.rss",)
    return ()


def _of_youtube(path: str, query: str) -> tuple[str, ...]:
    listed = parse_qs(query).get("list", [""])[0]
    if path in {"/playlist", "/watch"} and re.fullmatch(r"[\w-]{2,100}", listed):
        return (f"{_VIDEOS}?playlist_id={listed}",)
    channel = re.match(r"/channel/(UC[\w-]{22})(?:/|$)", path)
    if channel:
        return (f"{_VIDEOS}?channel_id={channel[1]}",)
    user = re.match(rf"/user/({_NAME})(?:/|$)", path)
    return (f"{_VIDEOS}?user={user[1]}",) if user else ()


def feeds_named_in_page(url: str, html: str) -> tuple[str, ...]:
    """Return the feeds that follow from identifiers in a page.

    The page of a YouTube `@handle` holds the channel id, which the feed address is built from.
    """
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ()
    if host not in _YOUTUBE:
        return ()
    found = _CHANNEL.search(html)
    name = next((one for one in found.groups() if one), None) if found else None
    return (f"{_VIDEOS}?channel_id={name}",) if name else ()


def usual_addresses(url: str) -> tuple[str, ...]:
    """Return the usual feed addresses of a site: a few below the page, then at the root."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = parts.path if parts.path.endswith("/") else parts.path + "/"
    below = [root + folder.strip("/") + "/" + one for one in _USUAL[:_USUAL_BELOW]]
    at_root = [root + one for one in _USUAL]
    return tuple(dict.fromkeys([*(below if folder.strip("/") else ()), *at_root]))
