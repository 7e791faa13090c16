"""A check of the Python patch level: `python -m pantau.common.python_level`. Always exits with 0.

Pure but for `main`. It runs before anything is installed, so it uses the standard library alone.
"""

import sys
from typing import Final

LEAST: Final[dict[tuple[int, int], tuple[int, str]]] = {
    (3, 11): (10, "CVE-2024-6923: the module email writes line breaks into headers"),
    (3, 12): (5, "CVE-2024-6923: the module email writes line breaks into headers"),
}
"""By version: the first patch level without a known fault that external text can exploit.

None is known of 3.13 and later.
"""


def patch_warning(version: tuple[int, int, int]) -> str | None:
    """Return one line that names the patch level to update to, and why.

    None if this Python is up to date.
    """
    major, minor, patch = version
    least, reason = LEAST.get((major, minor), (0, ""))
    if patch >= least:
        return None
    return (
        f"Python {major}.{minor}.{patch} lacks security patches; update to "
        f"{major}.{minor}.{least} or newer "
        f"({reason})"
    )


def current_warning() -> str | None:
    """Return the warning for the running Python."""
    return patch_warning(sys.version_info[:3])


def main() -> None:
    """Write the warning to standard error, if there is one."""
    warning = current_warning()
    if warning is not None:
        sys.stderr.write(f"warning: {warning}\n")


if __name__ == "__main__":
    main()
