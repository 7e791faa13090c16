"""Legal forms of companies, and the ways in which the name of one is written with them."""

from collections.abc import Iterator, Sequence
from typing import Final

_AFTER: Final = """
inc corp corporation ltd limited plc co cos llc llp company gmbh ag nv bv pte pty sdn bhd berhad
tbk persero perseroda
"""
_FORMS: Final = frozenset(_AFTER.split())
_HEADS: Final = frozenset(("pt", "cv", "pd", "ud", "perum", "perumda"))
_MARKS: Final = "().,"
_MOST_FORMS: Final = 3
"""Legal forms of one name that are left out one by one; a name has at most two."""


def without_legal_form(name: str) -> str:
    """Remove the legal form of a company: Acme Corp and PT Acme Tbk are Acme."""
    words = name.split()
    first, last = _bare(words)
    return " ".join(words[first:last]).rstrip(",")


def legal_variants(name: str) -> tuple[str, ...]:
    """Return the name of a company with fewer of its legal forms, as people write it.

    `PT Acme (Persero) Tbk.` is also `PT Acme Tbk`, `PT Acme` and `Acme`. The name itself is not
    returned; a name without a legal form has no variants.
    """
    words = name.split()
    first, last = _bare(words)
    if first == 0 and last == len(words):
        return ()
    middle = " ".join(words[first:last]).rstrip(",")
    heads = dict.fromkeys((" ".join(word.rstrip(".") for word in words[:first]), ""))
    tails = dict.fromkeys(_tails(words[last:]))
    made = (" ".join(filter(None, (head, middle, tail))) for tail in tails for head in heads)
    return tuple(one for one in dict.fromkeys(made) if one != name)


def _bare(words: Sequence[str]) -> tuple[int, int]:
    """Return the range of the words that are no legal form; at least one word is left."""
    first, last = 0, len(words)
    while last > 1 and words[last - 1].lower().strip(_MARKS) in _FORMS:
        last -= 1
    while last - first > 1 and words[first].lower().rstrip(".") in _HEADS:
        first += 1
    return first, last


def _tails(forms: Sequence[str]) -> Iterator[str]:
    """Yield the legal forms after a name: all of them, each alone, none."""
    plain = [form.rstrip(".,") for form in forms[:_MOST_FORMS]]
    yield " ".join(plain)
    yield from plain
    yield ""
