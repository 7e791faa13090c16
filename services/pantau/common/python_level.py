"""A check of the Python patch level: `python -m pantau.common.python_level`. Always exits with 0.

Pure but for `main`. It runs before anything is installed, so it uses the standard library alone.
"""

import sys
from dataclasses import dataclass
from typing import Final

LEAST: Final[dict[tuple[int, int], tuple[int, str]]] = {
    (3, 11): (10, "CVE-2024-6923: the module email writes line breaks into headers"),
    (3, 12): (5, "CVE-2024-6923: the module email writes line breaks into headers"),
}
"""By version: the first patch level without a known fault that external text can exploit.

None is known of 3.13 and later.
"""


@dataclass(frozen=True, slots=True)
class PatchGap:
    """A Python without known security patches, the version to update to, and why."""

    version: str
    least: str
    reason: str

    def __str__(self) -> str:
        """Return one line in English; `pantau.messages` has it in every language."""
        return (
            f"Python {self.version} lacks security patches; update to {self.least} or newer "
            f"({self.reason})"
        )


def patch_gap(version: tuple[int, int, int]) -> PatchGap | None:
    """Return what a Python lacks; None if it is up to date."""
    major, minor, patch = version
    least, reason = LEAST.get((major, minor), (0, ""))
    if patch >= least:
        return None
    return PatchGap(f"{major}.{minor}.{patch}", f"{major}.{minor}.{least}", reason)


def current_gap() -> PatchGap | None:
    """Return what the running Python lacks."""
    return patch_gap(sys.version_info[:3])


def main() -> None:
    """Write the warning to standard error, if there is one."""
    gap = current_gap()
    if gap is not None:
        sys.stderr.write(f"warning: {gap}\n")


if __name__ == "__main__":
    main()
