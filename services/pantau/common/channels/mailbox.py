"""A mailbox as people write it (RFC 5322, 3.4): `desk@example.org`, `Pantau <desk@example.org>`.

A display name may be quoted and of any script; a domain of any script is converted to ASCII (IDNA
2008). One mailbox only: lists and groups are rejected, as are invisible characters. Linear in the
length of the text.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final

NAME_LIMIT: Final = 200
"""Maximum length of a display name in characters."""
_TEXT_LIMIT: Final = 1_000
_LOCAL_LIMIT: Final = 64  # RFC 5321, 4.5.3.1.1
_DOMAIN_LIMIT: Final = 253  # RFC 1035, without the root's dot
_JOINERS: Final = (
    "\u200c\u200d"  # used in Persian words and in emoji; Python counts them as not printable
)

_WORD: Final = re.compile(
    r'[ ]*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"'
    r'|(?P<atom>[^\s"(),:;<>@\[\]\\]+)'
    r"|\((?P<comment>[^()\\]*)\))[ ]*"
)
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL: Final = re.compile(rf'{_ATOM}(?:\.{_ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])+"')
_LABEL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address, ASCII throughout, and its display name, which may be empty."""

    local: str
    domain: str
    name: str = ""

    @property
    def address(self) -> str:
        """The address alone, as SMTP requires it."""
        return f"{self.local}@{self.domain}"


def read_mailbox(text: str) -> Mailbox:
    """Parse one mailbox. Raises ValueError naming the problem, without quoting the input."""
    text = text.strip(" ")
    if len(text) > _TEXT_LIMIT or not all(one.isprintable() or one in _JOINERS for one in text):
        raise ValueError("it is too long, or holds characters that cannot be seen")
    if text.endswith(">"):
        name, bracket, address = text[:-1].rpartition("<")
        if not bracket:
            raise ValueError("it ends with > and lacks the < before the address")
    elif text.endswith(")"):  # the obsolete form: desk@example.org (News desk)
        address, bracket, comment = text.partition("(")
        name = bracket + comment
    else:
        name, address = "", text
    local, at, domain = address.strip(" ").rpartition("@")
    if not at or len(local) > _LOCAL_LIMIT or not _LOCAL.fullmatch(local):
        raise ValueError(_wrong_local(local if at else None))
    return Mailbox(local, _ascii_domain(domain), _read_name(name))


def _wrong_local(local: str | None) -> str:
    """Return the problem of the part before the last @; None if there is no @."""
    if local is None:
        return "it has no @"
    if not local:
        return "nothing stands before the @"
    if len(local) > _LOCAL_LIMIT:
        return f"the part before the @ is longer than {_LOCAL_LIMIT} characters"
    if "<" in local:
        return "it lacks the > after the address"
    if "@" in local:
        return "it has more than one @; give a single address"
    if " " in local:
        return "with a name before it, the address belongs between < and >"
    return "the part before the @ holds a character that an address cannot have"


def _read_name(text: str) -> str:
    """Join the words of a display name; a comment counts if there is no other name."""
    words: list[str] = []
    comments: list[str] = []
    position = 0
    while position < len(text):
        found = _WORD.match(text, position)
        if found is None:
            raise ValueError(
                'a name with characters such as , ; : @ ( has to be in double quotes: "..." <...>'
            )
        position = found.end()
        quoted, atom, comment = found.group("quoted", "atom", "comment")
        if quoted is not None:
            words.append(re.sub(r"\\(.)", r"\1", quoted))
        elif atom is not None:
            words.append(atom)
        else:
            comments.append(comment)
    # The obsolete form has the name in a comment: desk@example.org (News desk).
    name = " ".join(" ".join(words or comments).split())
    if len(name) > NAME_LIMIT:
        raise ValueError(f"its name is longer than {NAME_LIMIT} characters")
    return name


def _ascii_domain(domain: str) -> str:
    if domain.startswith("[") and domain.endswith("]"):
        return _literal(domain[1:-1])
    if len(domain) > _DOMAIN_LIMIT:
        raise ValueError("the part after the @ is too long")
    if not domain.isascii():
        import idna  # noqa: PLC0415 (few domains need it, and every command reads the settings)

        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise ValueError("the part after the @ is not a domain name") from error
    if len(domain) > _DOMAIN_LIMIT or not all(_LABEL.fullmatch(one) for one in domain.split(".")):
        raise ValueError("the part after the @ is not a domain name")
    return domain


def _literal(text: str) -> str:
    """Check an address in place of a domain (RFC 5321, 4.1.3)."""
    tagged = text[:5].lower() == "ipv6:"
    try:
        return f"[IPv6:{IPv6Address(text[5:])}]" if tagged else f"[{IPv4Address(text)}]"
    except ValueError as error:
        raise ValueError("the part after the @ is not a domain name") from error
