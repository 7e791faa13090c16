"""Build hook: puts the manual pages of the commands into the wheel, below share/man/man1.

They are made where what Pantau needs is installed, as `make` and a build without isolation have it.
Elsewhere those of the last `make man` are taken; without any, the wheel has none.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGES = "build/man/man1"


class ManPages(BuildHookInterface[Any]):
    """Adds the manual pages to the files of a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the pages, and add them; see hatchling."""
        del version
        root = Path(self.root)
        sys.path[:0] = [str(root), str(root / "services"), str(root / "schemas")]
        try:
            from scripts.man_pages import write  # noqa: PLC0415 (needs click, which may be missing)

            write(root / PAGES)
        except ImportError:
            pass
        if any((root / PAGES).glob("*.1")):
            build_data["shared_data"][PAGES] = "share/man/man1"
