"""Functions that grow too fast and are being repaired, each with its reason; empty when none is."""

from typing import Final

REPAIRED_SOON: Final[dict[str, str]] = {}
