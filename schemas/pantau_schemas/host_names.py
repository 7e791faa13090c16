"""International host names in ASCII, by IDNA 2003, as Python's codec `idna` writes them.

The codec looks every character up in some fifteen tables (`stringprep`), 0.3 ms for a long label. A
feed may name 10,000 hosts, so characters that those tables leave alone are remembered: a label of
such characters goes to punycode at once. Every other label takes the codec's own way.
"""

import re
import stringprep
import unicodedata
from functools import lru_cache
from typing import Final

_DOTS: Final = re.compile("[.\u3002\uff0e\uff61]")
"""What parts labels (RFC 3490, 3.1)."""
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
"""Characters that no label may have (RFC 3491, 5)."""
_LONGEST_LABEL: Final = 63
_PREFIX: Final = "xn--"


def to_ascii(host: str) -> str:
    """Return the host in lower-case ASCII. Raises UnicodeError for what is no host name."""
    if not all(map(_is_settled, _DOTS.split(host))):
        return host.encode("idna").decode("ascii").lower()
    return ".".join(map(_label, _DOTS.split(host)))


def _label(label: str) -> str:
    if label.isascii():
        return label
    encoded = _PREFIX + label.encode("punycode").decode("ascii")
    if len(encoded) > _LONGEST_LABEL:
        message = "label too long"
        raise UnicodeError(message)
    return encoded.lower()


def _is_settled(label: str) -> bool:
    """Return whether nameprep (RFC 3491) leaves a label as it is, as far as can be told quickly."""
    return (
        0 < len(label) <= _LONGEST_LABEL
        and not label.startswith(_PREFIX)
        and all(map(_is_plain, label))
        and unicodedata.ucd_3_2_0.is_normalized("NFKC", label)
    )


@lru_cache(maxsize=4_096)  # more than any script but Chinese has
def _is_plain(character: str) -> bool:
    """Return whether nameprep keeps a character wherever it stands; those from right to left have rules."""
    return not (
        stringprep.in_table_b1(character)
        or stringprep.map_table_b2(character) != character
        or stringprep.in_table_d1(character)
        or any(test(character) for test in _PROHIBITED)
    )
