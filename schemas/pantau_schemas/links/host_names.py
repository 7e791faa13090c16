"""International host names in ASCII, by IDNA 2003, as Python's codec `idna` encodes them.

The codec looks every character up in about fifteen tables (`stringprep`), 5 µs each, and a feed may
name 10,000 hosts. This module caches the properties of each character, and rejects a label that
exceeds the maximum length before encoding it. The results equal those of the codec.
"""

import re
import stringprep
import unicodedata
from functools import lru_cache
from typing import Final

_DOTS: Final = re.compile("[.\u3002\uff0e\uff61]")
"""Label separators (RFC 3490, 3.1)."""
_PROHIBITED: Final = (
    stringprep.in_table_c12,
    stringprep.in_table_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)
"""Characters that are prohibited in labels (RFC 3491, 5)."""
_LONGEST_LABEL: Final = 63
_PREFIX: Final = "xn--"
_REMEMBERED: Final = 8_192
"""Number of cached characters: more than most scripts have."""


def to_ascii(host: str) -> str:
    """Encode a host as lower-case ASCII. Raises UnicodeError if it is not a valid host name."""
    labels = _DOTS.split(host)
    end = "." if len(labels) > 1 and not labels[-1] else ""
    return ".".join(map(_label, labels[:-1] if end else labels)) + end


def _label(label: str) -> str:
    if not label.isascii():
        label = _prepared(label)
    if label.isascii():
        return _checked(label)
    # Every character needs at least one byte of the encoded name, so a label that is too long need
    # not be encoded.
    if label.startswith(_PREFIX) or len(label) + len(_PREFIX) > _LONGEST_LABEL:
        raise UnicodeError(label[:_LONGEST_LABEL])
    return _checked(_PREFIX + label.encode("punycode").decode("ascii"))


def _checked(label: str) -> str:
    if not 0 < len(label) <= _LONGEST_LABEL:
        raise UnicodeError(label[:_LONGEST_LABEL])
    return label.lower()


def _prepared(label: str) -> str:
    """Return a label after nameprep (RFC 3491). Raises UnicodeError."""
    label = unicodedata.ucd_3_2_0.normalize("NFKC", "".join(map(_mapped, label)))
    if any(map(_is_prohibited, label)):
        raise UnicodeError(label[:_LONGEST_LABEL])
    # RFC 3454, 6: a label that runs to the left does so from end to end.
    if any(map(_runs_left, label)) and not (
        _runs_left(label[0]) and _runs_left(label[-1]) and not any(map(_runs_right, label))
    ):
        raise UnicodeError(label[:_LONGEST_LABEL])
    return label


@lru_cache(maxsize=_REMEMBERED)
def _mapped(character: str) -> str:
    return "" if stringprep.in_table_b1(character) else stringprep.map_table_b2(character)


@lru_cache(maxsize=_REMEMBERED)
def _is_prohibited(character: str) -> bool:
    return any(test(character) for test in _PROHIBITED)


@lru_cache(maxsize=_REMEMBERED)
def _runs_left(character: str) -> bool:
    return stringprep.in_table_d1(character)


@lru_cache(maxsize=_REMEMBERED)
def _runs_right(character: str) -> bool:
    return stringprep.in_table_d2(character)
