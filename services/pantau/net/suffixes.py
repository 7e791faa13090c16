"""Public suffixes, by the Public Suffix List that the package `tldextract` brings.

The list is read here and the package is not imported: with it come `requests` and what that needs,
for downloads that Pantau never makes. With its list that takes 0.14 s of processor time at the
start of each process, in place of 0.02. Tests hold both equal over the whole list.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_RULE: Final = re.compile(r"^[.*!]*\w\S*", re.MULTILINE)
_PRIVATE: Final = "// ===BEGIN PRIVATE DOMAINS==="
"""Begins the suffixes of companies, such as `github.io`, after those of registries."""
_PUNYCODE: Final = "xn--"


def under_suffix(host: str, *, private: bool = False) -> str:
    """Return the part of a host one label longer than its public suffix.

    Empty for a host that has no suffix, or is one. With `private`, suffixes of companies count.
    """
    labels = host.split(".")
    place = _suffix_place(labels, _rules(private))
    return ".".join(labels[place - 1 :]) if 0 < place < len(labels) else ""


def _suffix_place(labels: list[str], rules: Mapping[str, bool]) -> int:
    """Return the place of the suffix's first label; that after the last label for no suffix."""
    place, name = len(labels), ""
    for left in range(len(labels) - 1, -1, -1):
        label = _decoded(labels[left])
        longer = f"{label}.{name}" if name else label
        is_rule = rules.get(longer)
        if is_rule is None:
            if f"*.{name}" in rules:
                return left + 1 if f"!{longer}" in rules else left
            break
        name = longer
        if is_rule:
            place = left
    return place


def _decoded(label: str) -> str:
    """Return a label as the list has it: international ones in Unicode."""
    lower = label.lower()
    if not lower.startswith(_PUNYCODE):
        return lower
    import idna  # noqa: PLC0415 (its tables are needed for few hosts)

    try:
        return idna.decode(lower)
    except (UnicodeError, IndexError):
        return lower


@functools.cache
def _rules(private: bool) -> dict[str, bool]:  # noqa: FBT001 (a key of the cache)
    """Return the names of all rules and what they end with; True for a rule itself."""
    public, _, others = _text().partition(_PRIVATE)
    found = _known(_RULE.findall(public), {})
    return _known(_RULE.findall(others), found) if private else found


def _known(rules: Iterable[str], found: dict[str, bool]) -> dict[str, bool]:
    for rule in rules:
        found[rule] = True
        _, dot, end = rule.partition(".")
        while dot:
            found.setdefault(end, False)
            _, dot, end = end.partition(".")
    return found


def _text() -> str:
    package = find_spec("tldextract")  # found, not imported
    folder = Path(package.origin).parent if package is not None and package.origin else Path()
    return (folder / ".tld_set_snapshot").read_text(encoding="utf-8")
