"""Authentication: Basic (RFC 7617) and Digest (RFC 7616), in answer to challenges."""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

_PIECE: Final = re.compile(
    r"([A-Za-z][\w-]{0,40})(?:\s*=\s*(?:\"((?:[^\"\\]|\\.){0,2000})\"|([^\s,\"]{1,2000}))|(?=\s|,|$))"
)
"""A parameter with its value, quoted or not, or the name of a scheme."""
_LONGEST: Final = 8_192
_KEPT: Final = 1_000
_HASHES: Final[Mapping[str, str]] = {
    "MD5": "md5",
    "MD5-SESS": "md5",
    "SHA-256": "sha256",
    "SHA-256-SESS": "sha256",
    "SHA-512-256": "sha512_256",
    "SHA-512-256-SESS": "sha512_256",
}
"""Algorithms of RFC 7616, 6.1, weakest first, and what hashlib calls them."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and its password, for one origin."""

    user: str
    password: str = field(repr=False)


@dataclass(slots=True)
class _Digest:
    """A Digest challenge and the use count of its nonce."""

    realm: str
    nonce: str
    algorithm: str
    opaque: str | None
    quality: bool
    count: int = 0

    def answer(self, login: Login, method: str, target: str) -> str:
        """Return the header's value for one request."""
        # `nc` must rise with each use of a nonce, or a server takes the request for a replay.
        self.count += 1
        made, count = secrets.token_hex(8), f"{self.count:08x}"
        hashed, session = _hasher(self.algorithm), self.algorithm.upper().endswith("-SESS")
        first = hashed(f"{login.user}:{self.realm}:{login.password}")
        if session:
            first = hashed(f"{first}:{self.nonce}:{made}")
        second = hashed(f"{method}:{target}")
        # A challenge without `qop` is of RFC 2069, whose digest has no count.
        middle = f"{self.nonce}:{count}:{made}:auth" if self.quality else self.nonce
        parts = {
            "username": login.user,
            "realm": self.realm,
            "nonce": self.nonce,
            "uri": target,
            "response": hashed(f"{first}:{middle}:{second}"),
            **({"opaque": self.opaque} if self.opaque is not None else {}),
        }
        quoted = ", ".join(f'{name}="{_escape(value)}"' for name, value in parts.items())
        # RFC 7616, 3.4, forbids quotation marks around `algorithm`, `qop` and `nc`.
        tail = f", qop=auth, nc={count}" if self.quality else ""
        if self.quality or session:
            tail += f', cnonce="{made}"'
        return f"Digest {quoted}, algorithm={self.algorithm}{tail}"


class Logins:
    """Remembers each origin's challenge, so that the next request answers it at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, str], _Digest | None] = {}

    def header(self, origin: object, login: Login, method: str, target: str) -> str | None:
        """Return the value of `Authorization`; None for an origin without a known challenge."""
        key = origin, login.user
        if key not in self._known:
            return None
        digest = self._known[key]
        return basic(login) if digest is None else digest.answer(login, method, target)

    def challenged(self, origin: object, login: Login, challenge: str) -> bool:
        """Remember an origin's challenge; return False if no scheme in it is supported."""
        found = parse_challenges(challenge)
        digest = _best_digest(found)
        if digest is None and not any(scheme == "basic" for scheme, _ in found):
            return False
        self._known.pop((origin, login.user), None)
        while len(self._known) >= _KEPT:
            del self._known[next(iter(self._known))]
        self._known[origin, login.user] = digest
        return True


def basic(login: Login) -> str:
    """Return the value of `Authorization` for Basic."""
    return f"Basic {base64.b64encode(f'{login.user}:{login.password}'.encode()).decode()}"


def parse_challenges(value: str) -> list[tuple[str, dict[str, str]]]:
    """Parse `WWW-Authenticate` as schemes, in lower case, with their parameters."""
    found: list[tuple[str, dict[str, str]]] = []
    for name, quoted, plain in _PIECE.findall(value[:_LONGEST]):
        if not quoted and not plain and not _has_value(name, value):
            found.append((name.lower(), {}))
        elif found:
            found[-1][1].setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or plain)
    return found


def _has_value(name: str, value: str) -> bool:
    """Return whether the empty value of a parameter was written, as in `realm=""`."""
    return f'{name}=""' in value


def _best_digest(challenges: list[tuple[str, dict[str, str]]]) -> _Digest | None:
    """Return the strongest supported Digest challenge, or None."""
    usable = []
    for scheme, given in challenges:
        algorithm = given.get("algorithm", "MD5")
        offered = [one.strip().lower() for one in given.get("qop", "").split(",") if one.strip()]
        if scheme != "digest" or algorithm.upper() not in _HASHES or "nonce" not in given:
            continue
        if offered and "auth" not in offered:
            continue
        strength = list(_HASHES).index(algorithm.upper())
        made = _Digest(
            given.get("realm", ""), given["nonce"], algorithm, given.get("opaque"), bool(offered)
        )
        usable.append((strength, made))
    return max(usable, key=lambda one: one[0])[1] if usable else None


def _hasher(algorithm: str) -> Callable[[str], str]:
    name = _HASHES[algorithm.upper()]
    return lambda text: hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
