"""Links brought to one form, so that an article has one id however it is linked.

The rules, in the order they are applied (`LINK_RULES_VERSION` names this list and the tables in
`tables`; an id depends on every one of them, so none may change without a new version):

1. white space around the link goes, tabs and line breaks inside it too (WHATWG URL);
2. a link that only leads on is replaced by the one that it spells out (`unwrapping`);
3. only http and https with a host are links; both are written `https`;
4. scheme and host in lower case, the host in ASCII (IDNA), no dot at its end; `HOST_PREFIXES`
   such as `www.`, `m.` and `amp.` go, as long as two labels stay;
5. default ports (80, 443) go, other ports stay; user names and passwords go;
6. the fragment goes, unless it is a route (`#/berita/1`, `#!/berita/1`);
7. percent-encoding: unreserved characters are written plainly, all others that need it encoded as
   UTF-8 with upper-case digits; a `%` that starts no code is written `%25`;
8. `.` and `..` segments are resolved, trailing slashes go; so do a session in the path
   (`;jsessionid=`), a first or last segment `amp`, the ending `.amp`, and `INDEX_PAGES`;
9. parameters of `TRACKING_PARAMETERS`, `TRACKING_PREFIXES` and `TWIN_PARAMETERS` go, those with one
   of `FEED_VALUES`, and empty ones between two `&`; the rest is sorted by name, then value. Where
   nothing but the home page would stay, names that version 1 did not know stay. A name that was
   escaped twice, as `amp;utm_source`, counts as what it stands for.

What is *not* done, since it can make two articles one: the case of the path, double slashes and
`;` in queries stay.

**Versions.** Version 1 knew neither redirects nor twins (rules 2, 4's prefixes, 6's routes, 8's
last part) and fewer parameters. `former_link` gives its form, by which older articles are known.
Version 2 knew fewer parameters (rule 9); `second_link` gives its form.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pantau_schemas.links.host_names import to_ascii
from pantau_schemas.links.tables import (
    FEED_VALUES,
    HOST_PREFIXES,
    INDEX_PAGES,
    TRACKING_PARAMETERS,
    TRACKING_PARAMETERS_1,
    TRACKING_PARAMETERS_2,
    TRACKING_PREFIXES,
    TRACKING_PREFIXES_1,
    TRACKING_PREFIXES_2,
    TWIN_PARAMETERS,
    TWIN_PARAMETERS_2,
)
from pantau_schemas.links.unwrapping import unwrap

LINK_RULES_VERSION: Final = 3
"""Version of the rules above."""

_KEPT: Final = 32
"""Links whose parts are kept: of one link its id, its former id and its site are asked for."""
_DEFAULT_PORTS: Final = frozenset({80, 443})
_MAX_LENGTH: Final = (
    8_191  # what a searchable keyword may hold; longer ones are data, not addresses
)
_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_PATH_SAFE: Final = frozenset(b"/!$&'()*+,;=:@") | _UNRESERVED
_QUERY_SAFE: Final = _PATH_SAFE | frozenset(b"?[]|")
_PLAIN: Final = {
    safe: re.compile(f"[{re.escape(bytes(sorted(safe)).decode('ascii'))}]*")
    for safe in (_PATH_SAFE, _QUERY_SAFE)
}
"""Characters that percent-encoding leaves as they are, by the set that is safe."""
_HOST: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_IPV6: Final = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_HEX: Final = frozenset("0123456789abcdefABCDEF")
_AMP_FIRST: Final = re.compile("/amp/+[^/]", re.IGNORECASE)
_AMP_ENDING: Final = re.compile(r"(?<=[^/])\.amp(\.html?)?$", re.IGNORECASE)
_SESSION: Final = re.compile(";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_INSIDE: Final = str.maketrans("", "", "\t\r\n")
_PLAIN_LINK: Final = re.compile(
    r"(https?)://([A-Za-z0-9.-]+)((?:/[!-\"$->@-~]*)?)(?:\?([!-\"$-~]*))?(?:#([!-~]*))?"
)
"""A link of visible ASCII characters with a plain host, as nearly all are: `urlsplit` finds the
same five parts in four times as long."""
_TO_CLEAN: Final = re.compile(r"\s|\x00")
"""Signs that every link has that is not clean; looking for them takes a fifth of cleaning."""


def normalise_link(url: str) -> str | None:
    """Return the one form of a link by the rules above; None for what is no http(s) link.

    Idempotent.
    """
    return _normal(url, _says_nothing)


def second_link(url: str) -> str | None:
    """Return the form of a link by version 2 of the rules, where it is another one."""
    if "?" not in url or all(_said_nothing(one) == _says_nothing(one) for one in _pairs_of(url)):
        return None
    return _normal(url, _said_nothing)


def _normal(url: str, says_nothing: Callable[[str], bool]) -> str | None:
    parts = _split(unwrap_link(url))
    host = _authority(parts.netloc) if parts else None
    if parts is None or host is None:
        return None
    path = _path(parts.path)
    path = _without_twins(path) if len(path) <= _MAX_LENGTH else path
    pairs = _pairs(parts.query)
    kept = [one for one in pairs if not says_nothing(one)]
    if not kept and not path:
        kept = [one for one in pairs if not _was_tracking(one)]
    link = f"https://{_without_prefix(host)}{path}{_joined(_sorted(kept))}{_route(parts)}"
    return link if len(link) <= _MAX_LENGTH else None


@lru_cache(maxsize=_KEPT)
def unwrap_link(url: str) -> str:
    """Return the address that a link redirects to, if the link contains it; else the link."""
    cleaned = _cleaned(url)
    return unwrap(cleaned) if len(cleaned) <= 2 * _MAX_LENGTH else cleaned


def former_link(url: str) -> str | None:
    """Return the form of a link by version 1 of the rules; None for what is no http(s) link."""
    parts = _split(url)
    host = _authority(parts.netloc) if parts else None
    if parts is None or host is None:
        return None
    kept = [one for one in _pairs(parts.query) if not _was_tracking(one)]
    link = f"https://{host}{_path(parts.path)}{_joined(_sorted(kept))}"
    return link if len(link) <= _MAX_LENGTH else None


def dropped_parameters(url: str) -> str:
    """Return the parameters that `normalise_link` drops from a link, in one order; else nothing.

    They say where a reader came from, or in a few programs which article is meant.
    """
    return "&".join(_sorted([one for one in _pairs_of(url) if _says_nothing(one)]))


def normalise_feed_url(url: str) -> str:
    """Return the one form of a feed's address: as a link, but all parameters stay, in their order.

    What is no http(s) link comes back without the white space around it.
    """
    parts = _split(url)
    host = _authority(parts.netloc) if parts else None
    if parts is None or host is None:
        return url.strip()
    return f"https://{host}{_path(parts.path)}{_joined(_pairs(parts.query))}"


def site_of(url: str) -> str | None:
    """Return the host of a link without `www.`, such as `antaranews.com`.

    None for what is no http(s) link.
    """
    parts = _split(url)
    host = _host(parts.netloc) if parts else None
    if host is None:
        return None
    return host.removeprefix("www.") if "." in host.removeprefix("www.") else host


def _cleaned(url: str) -> str:
    if _TO_CLEAN.search(url) is None:
        return url
    return url.translate(_INSIDE).strip().strip("\x00 ")


@lru_cache(maxsize=_KEPT)
def _split(url: str) -> SplitResult | None:
    """Split a link; None where it has another scheme or cannot be read."""
    plain = _PLAIN_LINK.fullmatch(url)
    if plain is not None:
        return SplitResult(*plain.groups(""))
    try:
        parts = urlsplit(_cleaned(url))
    except ValueError:  # such as brackets that hold no IPv6 address
        return None
    return parts if parts.scheme in {"http", "https"} and parts.netloc else None


@lru_cache(maxsize=_KEPT)  # the links of a feed mostly name one host
def _host(netloc: str) -> str | None:
    try:
        host = SplitResult("https", netloc, "", "", "").hostname
    except ValueError:
        return None
    if not host:
        return None
    if host.startswith("[") or ":" in host:
        bracketed = f"[{host.strip('[]')}]"
        return bracketed if _IPV6.fullmatch(bracketed) else None
    host = _ascii_host(host.rstrip("."))
    return host if host and len(host) <= 253 and _HOST.fullmatch(host) else None


def _ascii_host(host: str) -> str | None:
    """Write an international name in ASCII, by IDNA 2003 as Python has it.

    One table, the same for ever.
    """
    if host.isascii():
        return host.lower()
    try:
        return to_ascii(host)
    except UnicodeError:
        return None


@lru_cache(maxsize=_KEPT)
def _authority(netloc: str) -> str | None:
    host = _host(netloc)
    if host is None:
        return None
    try:
        port = SplitResult("https", netloc, "", "", "").port
    except ValueError:
        return None
    return host if port is None or port in _DEFAULT_PORTS else f"{host}:{port}"


def _recode(text: str, safe: frozenset[int]) -> str:
    """Normalise percent-encoding: see rule 6. What `safe` does not hold is written encoded."""
    if _PLAIN[safe].fullmatch(text):
        return text
    out: list[str] = []
    position = 0
    while position < len(text):
        char = text[position]
        if (
            char == "%"
            and len(text) > position + 2
            and text[position + 1] in _HEX
            and text[position + 2] in _HEX
        ):
            # Encoded unreserved characters equal plain ones (RFC 3986, 6.2.2.2).
            byte = int(text[position + 1 : position + 3], 16)
            out.append(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}")
            position += 3
            continue
        code = ord(char)
        if code in safe:
            out.append(char)
        else:
            out.extend(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        position += 1
    return "".join(out)


@lru_cache(maxsize=_KEPT)  # both forms of a link have it
def _path(path: str) -> str:
    return _resolve_dots(_recode(path, _PATH_SAFE)).rstrip("/")


def _resolve_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _pairs_of(url: str) -> list[str]:
    """Return the parameters of a link, of the one that it redirects to if it contains that."""
    parts = _split(unwrap_link(url))
    return _pairs(parts.query) if parts is not None else []


def _pairs(query: str) -> list[str]:
    return [_recode(one, _QUERY_SAFE) for one in query.split("&") if one]


def _sorted(pairs: list[str]) -> list[str]:
    """Return parameters in the order of their names, then of their values."""
    return sorted(pairs, key=lambda one: one.partition("="))


def _joined(pairs: list[str]) -> str:
    """Return a query with its `?`, or nothing."""
    return f"?{'&'.join(pairs)}" if pairs else ""


def _was_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS_1 or name.startswith(TRACKING_PREFIXES_1)


def _said_nothing(pair: str) -> bool:
    """Return what `_says_nothing` returned by version 2."""
    name, _, value = pair.lower().partition("=")
    if name in TRACKING_PARAMETERS_2 or name.startswith(TRACKING_PREFIXES_2):
        return True
    values = TWIN_PARAMETERS_2.get(name, frozenset())
    return values is None or value in values


def _says_nothing(pair: str) -> bool:
    name, _, value = pair.lower().removeprefix("amp;").partition("=")
    if name in TRACKING_PARAMETERS or value in FEED_VALUES or name.startswith(TRACKING_PREFIXES):
        return True
    values = TWIN_PARAMETERS.get(name, frozenset())
    return values is None or value in values


def _without_prefix(host: str) -> str:
    """Strip prefixes that show the same pages in another form, if two labels remain."""
    while host.startswith(HOST_PREFIXES):
        rest = host.partition(".")[2]
        if "." not in rest or rest.replace(".", "").replace(":", "").isdigit():
            break
        host = rest
    return host


def _without_twins(path: str) -> str:
    """Strip from a path what shows the same page in another form."""
    while True:
        shorter = _SESSION.sub("", path)
        first, last = _AMP_FIRST.match(shorter), shorter.rpartition("/")
        if first:
            shorter = shorter[4:]
        elif (last[2].lower() == "amp" and last[0]) or last[2].lower() in INDEX_PAGES:
            shorter = last[0]
        else:
            shorter = _AMP_ENDING.sub(r"\1", shorter)
        shorter = shorter.rstrip("/")
        if shorter == path:
            return path
        path = shorter


def _route(parts: SplitResult) -> str:
    """Return the fragment with its `#` where a page's program takes it for the address."""
    if not parts.fragment.startswith(("/", "!")) or len(parts.fragment) < 3:
        return ""
    return "#" + _recode(parts.fragment, _QUERY_SAFE)
