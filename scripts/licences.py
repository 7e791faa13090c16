"""Check the licences of everything that Pantau runs with: `python -m scripts.licences`.

Exit 1 names what is new. A licence comes from the package's metadata: its SPDX expression, else its
classifiers, else its own words. Each of the licences allowed here may be used by and shipped beside
a program under Apache-2.0. What the metadata leaves open is in `REVIEWED`, by name, with who says
so.
"""

import sys
from collections.abc import Iterable
from email.message import Message
from functools import cache
from typing import Final, cast

from license_expression import ExpressionError, Licensing, get_spdx_licensing

from scripts.locked import RUNTIME, Package, installed, read_lock

ALLOWED: Final = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",  # that of early Pythons; permissive
        "ISC",
        "LGPL-2.1-or-later",  # used as a library of its own, unchanged, that anybody can replace
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",  # likewise; its terms are of its own files alone
        "PSF-2.0",
        "Zlib",
    }
)
CLASSIFIERS: Final = {
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Classifiers that name one licence; `BSD License` does not say which."""
WORDINGS: Final = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "mit license": "MIT",
}
REVIEWED: Final = {
    "colorama": ("BSD-3-Clause", "its LICENSE.txt; installed on Windows alone"),
    "faust-streaming": ("BSD-3-Clause", "its LICENSE"),
    "httpx2-jsfetch": ("BSD-3-Clause", "its LICENSE.md; installed in browsers alone"),
    "jinja2": ("BSD-3-Clause", "its LICENSE.txt"),
    "justext": ("BSD-2-Clause", "LICENSE.rst of its repository"),
    "lz4": ("BSD-3-Clause", "its LICENSE"),
    "mode-streaming": ("BSD-3-Clause", "its LICENSE"),
    "python-snappy": ("BSD-3-Clause", "its LICENSE"),
    "pywin32": (
        "PSF-2.0 AND BSD-3-Clause AND MIT AND LGPL-2.1-or-later",
        "its metadata, and the licences of its parts, all permissive; installed on Windows alone",
    ),
    "venusian": (
        "BSD-3-Clause",
        "its LICENSE.txt, the Repoze licence: BSD without the name of the university",
    ),
}
"""Licences of packages whose metadata leaves them open, and where they were read."""


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()


def main() -> int:
    """Check all locked packages; return the exit code."""
    packages = {package for path in RUNTIME for package in read_lock(path)}
    found = {f"{package.name} {package.version}": licence_of(package) for package in packages}
    wrong = complaints(found)
    for line in wrong:
        sys.stderr.write(f"licences: {line}\n")
    if not wrong:
        sys.stdout.write(
            f"{len(found)} packages under {len(set(found.values()))} licences, all allowed\n"
        )
    return 1 if wrong else 0


def complaints(found: dict[str, str | None]) -> list[str]:
    """Return a line for each package whose licence is unknown or not allowed."""
    wrong = [
        f"{name}: no licence is known; read its own and enter it in REVIEWED (scripts/licences.py)"
        if expression is None
        else f"{name}: {expression} is not among ALLOWED (scripts/licences.py)"
        for name, expression in sorted(found.items())
        if expression is None or not is_allowed(expression)
    ]
    locked = {name.partition(" ")[0] for name in found}
    return wrong + [
        f"{name}: in REVIEWED, but no longer locked" for name in sorted(REVIEWED.keys() - locked)
    ]


def licence_of(package: Package) -> str | None:
    """Return the SPDX expression of a package's licence, or None where nobody says which it is."""
    if package.name in REVIEWED:
        return REVIEWED[package.name][0]
    distribution = installed(package)
    return None if distribution is None else from_metadata(cast("Message", distribution.metadata))


def from_metadata(fields: Message) -> str | None:
    """Return the SPDX expression that the metadata of a package come to."""
    written = (
        fields.get("License-Expression"),
        _wording(fields.get("License")),
        _classified(fields),
    )
    return next((found for found in written if found), None)


def _wording(text: str | None) -> str | None:
    if not text or "\n" in text:
        return None
    known = WORDINGS.get(text.strip().lower(), text.strip())
    try:
        return str(_spdx().parse(known, validate=True))
    except ExpressionError:
        return None


def _classified(fields: Message) -> str | None:
    names = {
        _last(classifier)
        for classifier in _classifiers(fields)
        if classifier.startswith("License ::")
    }
    if not names or not names <= CLASSIFIERS.keys():
        return None
    return " AND ".join(sorted(CLASSIFIERS[name] for name in names))


def _classifiers(fields: Message) -> Iterable[str]:
    return fields.get_all("Classifier") or ()


def _last(classifier: str) -> str:
    return classifier.rpartition(" :: ")[2]


def is_allowed(expression: str) -> bool:
    """Return whether allowed licences satisfy an SPDX expression: all of AND, one of OR."""
    try:
        parsed = _spdx().parse(expression, validate=True)
    except ExpressionError:
        return False
    return _allows(parsed)


def _allows(parsed: object) -> bool:
    operator, parts = getattr(parsed, "operator", ""), getattr(parsed, "args", ())
    if operator.strip() == "AND":
        return all(map(_allows, parts))
    if operator.strip() == "OR":
        return any(map(_allows, parts))
    return str(parsed) in ALLOWED


if __name__ == "__main__":
    sys.exit(main())
