"""A picture as a reading: decoded, turned upright, scaled down and encoded again by Pillow.

Pillow is imported where a picture is read, which is a child process (`adapters.processes`): the
process of the console imports this module alone. Pixels are counted before they are decoded, and
the child limits memory and time of what lies about its size. As the child may be taken over by a
document, its answer is checked: a WebP of few bytes, with sides that pages show.
"""

import io
import warnings
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pantau.common.reading import Reading
from pantau.ports import Picture, PictureSet

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""Formats that are read, by Pillow's names; no other decoder is tried."""
MOST_PIXELS: Final = 40_000_000
"""Pixels of an original; cameras of the press have up to 50 million, sites show a tenth of it."""
LEAST_SIDE: Final = 24
"""Pixels of a side below which a picture counts visits, or is an icon."""
LARGE: Final = (1_280, 1_280)
"""The largest sides of a large picture, on pages of 640 with two pixels for one."""
SMALL: Final = (192, 144)
"""The sides of a small picture, which is cut to this shape."""
QUALITY: Final = 78
MOST_BYTES: Final = 1_500_000
"""Largest answer: a large picture of noise at this quality has a third of it."""

_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Orientations of EXIF whose width is the height."""
_WHITE: Final = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Why a document is no picture that can be shown."""

    reason: str


def _read(document: bytes, about: Mapping[str, str | None]) -> PictureSet | NoPicture:
    del about
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a document must not write into the log
            return _made(document)
    except MemoryError:
        raise  # the child says so, and ends
    except _NotShownError as error:
        return NoPicture(str(error))
    except Exception as error:  # noqa: BLE001 (decoders fail in many ways at malformed documents)
        return NoPicture(f"it cannot be read as a picture ({type(error).__name__})")


class _NotShownError(Exception):
    """A picture that is not shown; the text says why."""


def _made(document: bytes) -> PictureSet:
    from PIL import Image  # noqa: PLC0415 (the extra, where pictures are read)

    # The bound is our own, below.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(document), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            message = f"it has {width * height:,} pixels, more than {MOST_PIXELS:,}"
            raise _NotShownError(message)
        if min(width, height) < LEAST_SIDE:
            message = f"it has {width} by {height} pixels, too few to show"
            raise _NotShownError(message)
        orientation = _orientation(opened)
        most = LARGE[::-1] if orientation in _SIDEWAYS else LARGE
        large = _upright(_in_srgb(_reduced(opened, most)), orientation)
    return PictureSet(_encoded(large), _encoded(_cut(large)))


def _orientation(opened: Any) -> int:
    """Return how a picture has to be turned, by its EXIF; 1 where that says nothing."""
    with suppress(Exception):  # whatever broken EXIF leads to: the picture is shown as it is
        found = opened.getexif().get(_ORIENTATION, 1)
        return found if isinstance(found, int) and 1 <= found <= 8 else 1
    return 1


def _reduced(opened: Any, most: tuple[int, int]) -> Any:
    """Return the first frame at its size on pages, in one of the modes RGB, RGBA, L and CMYK."""
    from PIL import Image  # noqa: PLC0415 (as above)

    size = _within(opened.size, most)
    opened.draft(None, size)  # a JPEG is decoded at an eighth, a quarter or half of its size
    frame = _usual_mode(opened)
    if frame.size == size:
        frame.load()
        return frame
    return frame.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _within(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Return a size scaled down to fit, never up."""
    scale = min(1.0, most[0] / size[0], most[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _usual_mode(image: Any) -> Any:
    """Return a picture in a mode that can be scaled: with 8 bits a channel and no palette."""
    if image.mode in {"RGB", "RGBA", "L", "CMYK"}:
        return image
    if image.mode.startswith("I"):  # grey of 16 bits: conversion would cut off, not scale
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    clear = image.mode in {"LA", "La", "RGBa", "PA"} or "transparency" in image.info
    return image.convert("RGBA" if clear else "RGB")


def _in_srgb(image: Any) -> Any:
    """Return a picture without its profile of colours, in those of sRGB, on white."""
    from PIL import Image  # noqa: PLC0415 (as above)

    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        with suppress(Exception):  # a profile that cannot be read is none
            image = _converted(image, profile)
    plain = Image.new("RGB", image.size, _WHITE)
    if image.mode == "RGBA":
        plain.paste(image, mask=image.getchannel("A"))
    else:
        plain.paste(image.convert("RGB"))
    return plain  # a new one: nothing that the original said of itself is in it


def _converted(image: Any, profile: bytes) -> Any:
    from PIL import ImageCms  # noqa: PLC0415 (as above)

    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    target = ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, source, target, outputMode="RGB")


def _upright(image: Any, orientation: int) -> Any:
    from PIL import Image  # noqa: PLC0415 (as above)

    turn = Image.Transpose
    turns = {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_270,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _cut(image: Any) -> Any:
    """Return a picture cut to the shape of small ones, around a place above its middle: faces."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (as above)

    scale = min(1.0, image.width / SMALL[0], image.height / SMALL[1])
    size = max(1, round(SMALL[0] * scale)), max(1, round(SMALL[1] * scale))
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=(0.5, 0.35))


def _encoded(image: Any) -> Picture:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return Picture(out.getvalue(), image.width, image.height)


def _pack(result: PictureSet | NoPicture) -> list[Any]:
    if isinstance(result, NoPicture):
        return [result.reason]
    return [
        [b64encode(one.content).decode("ascii"), one.width, one.height]
        for one in (result.large, result.small)
    ]


def _unpack(said: Any) -> PictureSet | NoPicture:
    """Return what `_pack` packed. Raises ValueError and TypeError for anything else."""
    if isinstance(said, list) and len(said) == 1 and isinstance(said[0], str):
        return NoPicture(said[0][:300])
    large, small = said
    return PictureSet(_unpack_one(large, LARGE), _unpack_one(small, SMALL))


def _unpack_one(said: Any, most: tuple[int, int]) -> Picture:
    text, width, height = said
    for side, limit in ((width, most[0]), (height, most[1])):
        if type(side) is not int or not 1 <= side <= limit:
            message = f"no side of a picture: {str(side)[:100]}"
            raise ValueError(message)
    if not isinstance(text, str) or len(text) > MOST_BYTES * 4 // 3:
        message = "no picture, or too large"
        raise ValueError(message)
    content = b64decode(text, validate=True)
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        message = "no WebP"
        raise ValueError(message)
    return Picture(content, width, height)


PICTURE: Final[Reading[PictureSet | NoPicture]] = Reading(
    f"{__name__}:PICTURE", _read, _pack, _unpack
)
"""A picture in all sizes, or why it is none."""
