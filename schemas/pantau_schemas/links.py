"""Links in canonical form, so that an article has one id however it is linked.

The rules, in the order of application (`LINK_RULES_VERSION` names this list; ids depend on every
rule, so none may change without a new version and a migration of ids):
1. whitespace around the link is removed, as are tabs and line breaks inside it (WHATWG URL);
2. only http and https with a host are links; both are written `https`;
3. scheme and host are lower case, the host in ASCII (IDNA) without a trailing dot;
4. default ports (80, 443) are removed, other ports stay; user names and passwords are removed;
5. the fragment is removed;
6. percent-encoding: unreserved characters are decoded, all others that need it are encoded as UTF-8
   with upper-case digits; a `%` that starts no code is written `%25`;
7. `.` and `..` segments are resolved, trailing slashes are removed;
8. parameters named in `TRACKING_PARAMETERS` or with a prefix in `TRACKING_PREFIXES` are removed, as
   are empty ones between two `&`; the rest is sorted by name, then value.

What is *not* done, since it can merge different articles: `www.` stays, as do `index.html`, the
case of the path, double slashes and `;` in queries.
"""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pantau_schemas.host_names import to_ascii

LINK_RULES_VERSION: Final = 1
"""Version of the rules above."""

TRACKING_PREFIXES: Final = ("utm_", "mtm_", "piwik_", "matomo_", "hsa_", "at_custom", "wt_mc")
"""Prefixes of parameter names that only describe where a reader came from."""

TRACKING_PARAMETERS: Final = frozenset(
    {
        "__s", "__twitter_impression", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "at_campaign",
        "at_medium", "cmpid", "dclid", "dicbo", "ef_id", "epik", "fb_action_ids", "fb_action_types",
        "fb_ref", "fb_source", "fbclid", "ga_campaign", "ga_content", "ga_medium", "ga_source",
        "ga_term", "gaa_at", "gaa_n", "gaa_sig", "gaa_ts", "gad_source", "gbraid", "gclid",
        "gclsrc", "guccounter", "guce_referrer", "guce_referrer_sig", "hsctatracking", "igsh",
        "igshid", "int_cid", "li_fat_id", "mc_cid", "mc_eid", "mibextid", "mkt_tok",
        "ml_subscriber", "ml_subscriber_hash", "msclkid", "ns_campaign", "ns_fee", "ns_mchannel",
        "ns_source", "oly_anon_id", "oly_enc_id", "pk_campaign", "pk_cid", "pk_content",
        "pk_keyword", "pk_kwd", "pk_medium", "pk_source", "rb_clickid", "s_cid", "s_kwcid", "smid",
        "spjobid", "spmailingid", "spreportid", "spuserid", "sr_share", "tblci", "trk_contact",
        "trk_module", "trk_msg", "trk_sid", "ttclid", "twclid", "vero_conv", "vero_id", "wbraid",
        "xtor", "yclid", "ysclid",
    }
)  # fmt: skip
"""Names, in lower case, of parameters that only describe where a reader came from."""

_DEFAULT_PORTS: Final = frozenset({80, 443})
_MAX_LENGTH: Final = 8_191  # the limit of a searchable keyword; longer ones are data, not addresses
_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_PATH_SAFE: Final = frozenset(b"/!$&'()*+,;=:@") | _UNRESERVED
_QUERY_SAFE: Final = _PATH_SAFE | frozenset(b"?[]|")
_HOST: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_IPV6: Final = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_HEX: Final = frozenset("0123456789abcdefABCDEF")
_INSIDE: Final = str.maketrans("", "", "\t\r\n")


def normalise_link(url: str) -> str | None:
    """Return the canonical form of a link by the rules above, or None if it is not http(s).

    Idempotent.
    """
    parts = _split(url)
    if parts is None:
        return None
    host = _authority(parts)
    if host is None:
        return None
    query = _query(parts.query, drop=True)
    link = f"https://{host}{_path(parts.path)}{query}"
    return link if len(link) <= _MAX_LENGTH else None


def normalise_feed_url(url: str) -> str:
    """Return the canonical form of a feed's address: as a link, but with all parameters in order.

    An address that is not http(s) is returned stripped of surrounding whitespace.
    """
    parts = _split(url)
    host = _authority(parts) if parts else None
    if parts is None or host is None:
        return url.strip()
    return f"https://{host}{_path(parts.path)}{_query(parts.query, drop=False)}"


def site_of(url: str) -> str | None:
    """Return the host of a link without `www.`, such as `antaranews.com`.

    None if it is not an http(s) link.
    """
    parts = _split(url)
    host = _host(parts) if parts else None
    if host is None:
        return None
    return host.removeprefix("www.") if "." in host.removeprefix("www.") else host


def _split(url: str) -> SplitResult | None:
    """Split a link; None if it has another scheme or cannot be parsed."""
    cleaned = url.translate(_INSIDE).strip().strip("\x00 ")
    try:
        parts = urlsplit(cleaned)
    except ValueError:  # for example brackets that hold no IPv6 address
        return None
    return parts if parts.scheme in {"http", "https"} and parts.netloc else None


def _host(parts: SplitResult) -> str | None:
    try:
        host = parts.hostname
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
    """Encode an international name in ASCII, by IDNA 2003 as Python implements it.

    The table is frozen, so that ids never change.
    """
    if host.isascii():
        return host.lower()
    try:
        return to_ascii(host)
    except UnicodeError:
        return None


def _authority(parts: SplitResult) -> str | None:
    host = _host(parts)
    if host is None:
        return None
    try:
        port = parts.port
    except ValueError:
        return None
    return host if port is None or port in _DEFAULT_PORTS else f"{host}:{port}"


def _recode(text: str, safe: frozenset[int]) -> str:
    """Normalise percent-encoding: see rule 6. Characters not in `safe` are encoded."""
    if "%" not in text and all(ord(one) in safe for one in text):
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


def _query(query: str, *, drop: bool) -> str:
    """Return the query with its `?`, or the empty string."""
    pairs = [_recode(one, _QUERY_SAFE) for one in query.split("&") if one]
    if drop:
        pairs = sorted(
            (one for one in pairs if not _is_tracking(one)), key=lambda one: one.partition("=")
        )
    return f"?{'&'.join(pairs)}" if pairs else ""


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)
