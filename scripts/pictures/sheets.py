"""Contact sheets: the pictures of one page side by side, small enough to be kept.

Above are the light ones and below the dark ones; from the left desk and phone in Indonesian, desk
and phone in English. Pillow composes them.
"""

from collections.abc import Mapping
from io import BytesIO
from itertools import product
from typing import Final

from PIL import Image

SCALE: Final = 0.5625
"""Of the pictures on a sheet: a desk of 1,280 pixels takes 720, a phone of 390 takes 219."""
COLUMNS: Final = (("id", "desk"), ("id", "phone"), ("en", "desk"), ("en", "phone"))
"""Language and size of the pictures of a row, from the left."""
ROWS: Final = ("light", "dark")
VARIANTS: Final = tuple(f"{lang}-{shade}-{size}" for shade, (lang, size) in product(ROWS, COLUMNS))
"""Names of the pictures of a page, in their order on its sheet."""
GAP: Final = 12
"""Pixels between pictures, and around them."""
GROUND: Final = (128, 134, 141)
"""Colour between pictures; it differs from both shades of the pages."""
QUALITY: Final = 28
"""Of WebP: letters stay sharp enough to be read."""


def sheet(pictures: Mapping[str, bytes]) -> bytes:
    """Return the sheet of a page as WebP; `pictures` are PNG by the names of `VARIANTS`."""
    shown = {name: _scaled(pictures[name]) for name in VARIANTS}
    rows = [[shown[f"{lang}-{shade}-{size}"] for lang, size in COLUMNS] for shade in ROWS]
    heights = [max(one.height for one in row) for row in rows]
    width = max(sum(one.width + GAP for one in row) for row in rows) + GAP
    whole = Image.new("RGB", (width, sum(heights) + GAP * (len(rows) + 1)), GROUND)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        left = GAP
        for one in row:
            whole.paste(one, (left, top))
            left += one.width + GAP
        top += height + GAP
    made = BytesIO()
    whole.save(made, "WEBP", quality=QUALITY, method=6)
    return made.getvalue()


def _scaled(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as opened:
        size = (round(opened.width * SCALE), round(opened.height * SCALE))
        return opened.convert("RGB").resize(size, Image.Resampling.LANCZOS)
