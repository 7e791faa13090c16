"""One fetch: follows redirects one by one, each checked, with the options of the feed's access.

The login and the user's headers are sent to the feed's own origin only, wherever redirects lead;
certificates of other origins are always verified.
"""

import contextlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

from pantau.adapters.http.body import read_body
from pantau.adapters.http.coding import ACCEPT_ENCODING
from pantau.adapters.http.connection import Route
from pantau.adapters.http.cookies import Cookies
from pantau.adapters.http.credentials import Login, Logins, basic
from pantau.adapters.http.framing import Headers, ResponseHead
from pantau.net.address import WebAddress, parse
from pantau.net.guard import check_target
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.problems import problem
from pantau.settings import FetchSettings
from pantau_schemas.events.feed_access import FeedAccess

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
UNCONDITIONAL: Final = frozenset({400, 412})
"""Status codes after which a conditional request is repeated without validators."""
LONGEST_ADDRESS: Final = 8_191
"""Maximum length of a redirect target in characters.

It is stored, shown, and is the base of relative links.
"""

_SAID_OF_BODIES: Final = frozenset({"content-encoding", "content-length"})
"""Headers that can be wrong even of a response without a body."""
_ADDRESSES_KEPT: Final = 16_384
_LONGEST_KEPT: Final = 300  # characters of an address

_NO_OPTIONS: Final = FeedAccess()

Answer = tuple[ResponseHead, AsyncIterator[bytes]]


class Exchange(Protocol):
    """Sends one request and provides the response for the length of a block."""

    def __call__(
        self, method: str, route: Route, target: str, headers: Headers
    ) -> AbstractAsyncContextManager[Answer]:
        """Open the exchange. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """The target of a redirect."""

    status: int
    location: str


@dataclass
class Conversation:
    """A GET of one address and of its redirect targets."""

    request: FetchRequest
    settings: FetchSettings
    exchange: Exchange
    logins: Logins
    cookies: Cookies = field(default_factory=Cookies)

    def __post_init__(self) -> None:
        """Read the request. Raises FetchError."""
        self._first = checked(self.request.url)
        self._access = self.request.access or _NO_OPTIONS
        self._login = self._find_login()
        self._conditional = True

    async def follow(self) -> FetchResponse:
        """Fetch, following redirects. Any other status is a response."""
        address = self._first
        permanent = not address.user  # an address with a password is kept as entered
        visited: set[tuple[str, str]] = set()
        while True:
            answer = await self._answer(address)
            if isinstance(answer, FetchResponse):
                moved = str(address) if permanent and address is not self._first else None
                return FetchResponse(answer.url, answer.status, answer.headers, answer.body, moved)
            visited = visited or {(str(address), "")}
            following = joined(address, answer.location)
            if not self.request.redirects:
                raise FetchError("refused", problem("fetch.no-redirect", host=following.host))
            safe = (address.scheme, following.scheme) != ("https", "http")
            permanent = permanent and answer.status in PERMANENT and safe
            step = str(following), self.cookies.header(following)
            if step in visited:
                raise FetchError("protocol", f"it redirects in a circle, back to {following}")
            if len(visited) > self.settings.max_redirects:
                limit = self.settings.max_redirects
                raise FetchError(
                    "protocol", f"it redirects more than {limit} times; see fetch.max_redirects"
                )
            address = following
            visited.add(step)

    async def _answer(self, address: WebAddress) -> FetchResponse | Redirect:
        """Fetch one address; an error names the target of a redirect."""
        try:
            answer = await self._get(address)
            again = isinstance(answer, FetchResponse) and answer.status in UNCONDITIONAL
            if again and self._conditional and self._has_validators():
                self._conditional = False
                answer = await self._get(address)
        except FetchError as error:
            if address is self._first:
                raise
            raise FetchError(error.outcome, f"redirects to {address}: {error.reason}") from error
        return answer

    async def _get(self, address: WebAddress) -> FetchResponse | Redirect:
        """Fetch one address, and once more to answer an authentication challenge."""
        own = address.origin == self._first.origin
        login = self._login if own else None
        answer = await self._one(address, login)
        if login is None or not isinstance(answer, FetchResponse) or answer.status != 401:
            return answer
        challenge = answer.headers.get("www-authenticate", "")
        sent_basic = bool(self._first.user) and "digest" not in challenge.lower()
        if sent_basic or not self.logins.challenged(address.origin, login, challenge):
            return answer
        return await self._one(address, login)

    async def _one(self, address: WebAddress, login: Login | None) -> FetchResponse | Redirect:
        route = self._route(address)
        headers = self._headers(address, login)
        async with self.exchange("GET", route, address.target, headers) as (head, chunks):
            given = headers_of(head)
            cookies = [value for name, value in head.headers if name == b"set-cookie"]
            self.cookies.take(address, (one.decode("latin-1") for one in cookies))
            if head.status_code in REDIRECTS and "location" in given:
                return Redirect(head.status_code, given["location"])
            body = b""
            if not head.bodiless or not _SAID_OF_BODIES.isdisjoint(given):
                body = await read_body(
                    chunks,
                    encoding=given.get("content-encoding", ""),
                    length=given.get("content-length"),
                    limit=self._access.max_bytes or self.settings.max_bytes,
                )
        return FetchResponse(str(address), head.status_code, given, body)

    def _route(self, address: WebAddress) -> Route:
        access = self._access
        own = address.origin == self._first.origin
        return Route(
            address.origin,
            access.proxy.get_secret_value() if access.proxy is not None else None,
            access.ca_bundle,
            access.verify_tls or not own,
        )

    def _headers(self, address: WebAddress, login: Login | None) -> Headers:
        """Return the headers of one request; the user's replace the defaults."""
        request, own = self.request, address.origin == self._first.origin
        ours: dict[str, str] = {
            "Host": address.authority,
            "User-Agent": self._access.user_agent or self.settings.user_agent,
            "Accept": request.accept,
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        if self._conditional and request.etag is not None:
            ours["If-None-Match"] = request.etag
        if self._conditional and request.last_modified is not None:
            ours["If-Modified-Since"] = request.last_modified
        authorization = self._authorization(address, login) if login is not None else None
        if authorization is not None:
            ours["Authorization"] = authorization
        if cookie := self.cookies.header(address):
            ours["Cookie"] = cookie
        # Only to the origin of the feed: a redirect must not obtain its tokens.
        for name, value in self._access.headers.items() if own else ():
            known = next((one for one in ours if one.lower() == name.lower()), name)
            text = value.get_secret_value()
            ours[known] = f"{text}; {ours[known]}" if known == "Cookie" and cookie else text
        return [
            (name.encode("latin-1"), value.encode("latin-1", "replace"))
            for name, value in ours.items()
        ]

    def _authorization(self, address: WebAddress, login: Login) -> str | None:
        """Return the answer to a known challenge; a login in the URL is sent without one."""
        known = self.logins.header(address.origin, login, "GET", address.target)
        return basic(login) if known is None and self._first.user else known

    def _find_login(self) -> Login | None:
        access, first = self._access, self._first
        if access.username is not None:
            password = access.password.get_secret_value() if access.password is not None else ""
            return Login(access.username, password)
        return Login(first.user, first.password) if first.user else None

    def _has_validators(self) -> bool:
        return self.request.etag is not None or self.request.last_modified is not None


def checked(url: str) -> WebAddress:
    """Read an address and check it. Raises FetchError."""
    return _kept_address(url) if len(url) <= _LONGEST_KEPT else _checked(url)


def _checked(url: str) -> WebAddress:
    try:
        address = parse(url)
    except ValueError as error:
        raise FetchError("refused", f"it is no web address: {error}") from error
    refused = check_target(address.scheme, address.host, address.port)
    if refused is not None:
        raise FetchError("refused", f"{address}: {refused}")
    return address


_kept_address: Final = lru_cache(maxsize=_ADDRESSES_KEPT)(_checked)
"""The addresses of feeds, which every poll asks for; what is refused is not kept."""


def joined(address: WebAddress, location: str) -> WebAddress:
    """Resolve the target of a redirect and check it. Raises FetchError."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode()  # raw UTF-8 in a header is common enough
    try:
        target = address.join(location)
    except ValueError as error:
        raise FetchError(
            "protocol", f"it redirects to {location!r}, which is no web address"
        ) from error
    refused = check_target(target.scheme, target.host, target.port)
    if refused is not None:
        raise FetchError("refused", f"it redirects to {target}: {refused}")
    if len(str(target)) > LONGEST_ADDRESS:
        raise FetchError(
            "protocol", f"it redirects to an address of {len(str(target)):,} characters"
        )
    return target


def headers_of(head: ResponseHead) -> dict[str, str]:
    """Return the headers by lower-case name, repeated ones joined by commas (RFC 9110, 5.3).

    Of the addresses of a redirect the first counts, as in browsers: they may hold commas.
    """
    headers: dict[str, str] = {}
    for raw_name, raw_value in head.headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name == "location" and name in headers:
            continue
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
