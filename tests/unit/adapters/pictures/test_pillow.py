"""Pictures by the real Pillow: what is shown, and what of hostile documents is refused."""

import asyncio
import io
import subprocess
import sys
import zlib
from collections.abc import Iterator
from struct import pack
from typing import Any

import pytest
from PIL import Image, ImageCms

from pantau.adapters.pictures.maker import LIMITS, ProcessPictureMaker
from pantau.adapters.pictures.pillow import LARGE, PICTURE, SMALL
from pantau.errors import RejectError
from pantau.ports import PictureSet

RED, BLUE = (200, 20, 20), (20, 20, 200)
SECRET = b"GPS of a source"


def encoded(image: Image.Image, form: str = "PNG", **given: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **given)
    return out.getvalue()


def halves(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Return a picture that is red at the left and blue at the right."""
    made = Image.new("RGB", size, RED)
    made.paste(BLUE, (size[0] // 2, 0, *size))
    return made


def made_of(document: bytes) -> PictureSet:
    """Return a picture as it comes out of the child process, without one."""
    found = PICTURE.unpack(PICTURE.pack(PICTURE.read(document, {})))
    assert isinstance(found, PictureSet), found
    return found


def shown(document: bytes) -> Image.Image:
    large = made_of(document).large
    found = Image.open(io.BytesIO(large.content))
    assert (found.format, found.size) == ("WEBP", (large.width, large.height))
    return found.convert("RGB")


def near(found: Any, expected: tuple[int, int, int], most: int = 30) -> bool:
    return all(abs(one - other) <= most for one, other in zip(found, expected, strict=True))


def refused(document: bytes) -> str:
    found = PICTURE.unpack(PICTURE.pack(PICTURE.read(document, {})))
    assert not isinstance(found, PictureSet)
    return found.reason


def png_of(width: int, height: int, rows: int, bits: int = 1) -> bytes:
    """Return a PNG that is black, of which `rows` are there, with so many bits for a pixel."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return pack("!I", len(held)) + kind + held + pack("!I", zlib.crc32(kind + held))

    head = pack("!IIBBBBB", width, height, bits, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * ((width * bits + 7) // 8 + 1) * rows, 1) if rows else b""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*one) for one in ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_of_each_format_is_shown(form: str) -> None:
    found = shown(encoded(halves(), form))
    assert found.size == (400, 300)
    assert near(found.getpixel((50, 150)), RED)
    assert near(found.getpixel((350, 150)), BLUE)


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((4_000, 3_000), (1_280, 960), SMALL),
        ((3_000, 4_000), (960, 1_280), SMALL),
        ((100, 100), (100, 100), (100, 75)),
        ((5_000, 30), (1_280, 8), (11, 8)),
        ((24, 24), (24, 24), (24, 18)),
    ],
)
def test_pictures_are_scaled_down_and_never_up(
    size: tuple[int, int], large: tuple[int, int], small: tuple[int, int]
) -> None:
    made = made_of(encoded(Image.new("RGB", size, RED), "JPEG"))
    assert (made.large.width, made.large.height) == large
    assert (made.small.width, made.small.height) == small
    assert max(large) <= max(LARGE)
    for one in (made.large, made.small):
        assert Image.open(io.BytesIO(one.content)).size == (one.width, one.height)


def test_metadata_is_stripped_and_orientation_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left side of the file is the top
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    document = encoded(halves(), "JPEG", exif=exif, comment=SECRET)
    assert document.count(SECRET) == 2
    made = made_of(document)
    for one in (made.large, made.small):
        found = Image.open(io.BytesIO(one.content))
        assert not found.getexif()
        assert {"exif", "icc_profile", "xmp", "comment"}.isdisjoint(found.info)
        assert SECRET not in one.content
    upright = shown(document)
    assert upright.size == (300, 400)
    assert near(upright.getpixel((150, 50)), RED)
    assert near(upright.getpixel((150, 350)), BLUE)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_as_viewers_show_it(orientation: int) -> None:
    from PIL import ImageOps  # noqa: PLC0415 (of one test)

    exif = Image.Exif()
    exif[0x0112] = orientation
    corner = halves()
    corner.paste((20, 200, 20), (0, 0, 60, 60))
    document = encoded(corner, "JPEG", quality=95, exif=exif)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(document)))
    found = shown(document)
    assert found.size == expected.size
    for place in ((20, 20), (20, found.height - 20), (found.width - 20, 20)):
        pixel = expected.getpixel(place)
        assert isinstance(pixel, tuple)
        assert near(found.getpixel(place), (pixel[0], pixel[1], pixel[2]))


def test_broken_exif_is_none() -> None:
    exif = b"Exif\0\0MM\0*\xff\xff\xff\xff"
    assert shown(encoded(halves(), "JPEG", exif=exif)).size == (400, 300)


def test_only_the_first_frame_of_an_animation_is_shown() -> None:
    red, blue = Image.new("RGB", (100, 100), RED), Image.new("RGB", (100, 100), BLUE)
    for form in ("GIF", "WEBP", "PNG"):
        document = encoded(red, form, save_all=True, append_images=[blue] * 20, duration=50)
        found = Image.open(io.BytesIO(made_of(document).large.content))
        assert getattr(found, "n_frames", 1) == 1
        assert near(found.convert("RGB").getpixel((50, 50)), RED)


def test_transparency_is_on_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    palette = Image.new("P", (100, 100), 0)
    grey = Image.new("LA", (100, 100), (0, 0))
    for document in (encoded(clear), encoded(palette, transparency=0), encoded(grey)):
        assert near(shown(document).getpixel((50, 50)), (255, 255, 255), 3)


def test_colours_of_print_and_of_16_bits_are_shown() -> None:
    cyan = shown(encoded(Image.new("CMYK", (100, 100), (255, 0, 0, 0)), "JPEG"))
    assert near(cyan.getpixel((50, 50)), (0, 255, 255), 40)
    deep = Image.new("I;16", (100, 100), 0x8000)
    assert near(shown(encoded(deep)).getpixel((50, 50)), (128, 128, 128), 3)
    assert near(shown(encoded(Image.new("1", (100, 100), 1))).getpixel((50, 50)), (255,) * 3, 3)


def test_profiles_of_colours_are_applied_and_broken_ones_ignored() -> None:
    lab = Image.new("RGB", (100, 100), RED)
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert near(shown(encoded(lab, icc_profile=swapped)).getpixel((50, 50)), RED)
    assert near(shown(encoded(lab, icc_profile=b"no profile")).getpixel((50, 50)), RED)


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"\x00",
        b"<html><body>not found</body></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        encoded(halves(), "BMP"),
        encoded(halves(), "TIFF"),
        encoded(halves(), "ICO"),
        encoded(halves(), "JPEG")[:2_000],
        encoded(halves((900, 900)))[:300],
        encoded(halves(), "WEBP")[:200],
        encoded(halves(), "GIF")[:60],
        b"\xff\xd8\xff\xe0" + b"A" * 5_000,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 5_000,
    ],
)  # fmt: skip
def test_what_is_no_whole_picture_of_a_known_format_is_refused(document: bytes) -> None:
    assert refused(document).startswith("it cannot be read as a picture")


def test_a_polyglot_becomes_a_picture_and_nothing_else() -> None:
    page = b"<script>alert(document.domain)</script><?php system('id'); ?>PK\x03\x04"
    gif = encoded(halves(), "GIF", comment=page) + page
    jpeg = encoded(halves(), "JPEG", comment=page) + page
    for document in (gif, jpeg):
        made = made_of(document)
        for one in (made.large, made.small):
            assert one.content[:4] == b"RIFF"
            assert b"script" not in one.content
            assert b"PK\x03\x04" not in one.content


def test_pixels_are_counted_before_they_are_decoded() -> None:
    bomb = png_of(20_000, 20_000, rows=20_000)
    assert len(bomb) < 2_000_000
    assert "400,000,000 pixels" in refused(bomb)
    assert "pixels" in refused(png_of(2**31 - 1, 2**31 - 1, rows=0))
    assert "too few to show" in refused(encoded(Image.new("RGB", (1, 1)), "GIF"))


def test_the_answer_of_a_child_is_checked() -> None:
    good = PICTURE.pack(made_of(encoded(halves())))
    for wrong in (
        [],
        [1],
        [good[0]],
        [[good[0][0], 5_000, 10], good[1]],
        [[good[0][0], True, 10], good[1]],
        [[None, 10, 10], good[1]],
        [["PHNjcmlwdD4=", 10, 10], good[1]],  # <script>
        [["A" * 3_000_000, 10, 10], good[1]],
        [["%%%", 10, 10], good[1]],
    ):
        with pytest.raises((ValueError, TypeError)):
            PICTURE.unpack(wrong)


@pytest.fixture
def maker() -> Iterator[ProcessPictureMaker]:
    made = ProcessPictureMaker()
    yield made
    made.close()


class TestInAChild:
    def test_every_picture_is_read_there(self, maker: ProcessPictureMaker) -> None:
        assert LIMITS.small < 0
        made = asyncio.run(maker.make(encoded(halves(), "JPEG")))
        assert made == made_of(encoded(halves(), "JPEG"))
        assert len(maker.pids()) == 1

    def test_what_is_refused_costs_no_child(self, maker: ProcessPictureMaker) -> None:
        asyncio.run(maker.make(encoded(halves())))
        before = maker.pids()
        for document in (b"<svg/>", png_of(20_000, 20_000, rows=20_000)):
            with pytest.raises(RejectError):
                asyncio.run(maker.make(document))
        assert maker.pids() == before

    def test_a_picture_that_takes_too_much_ends_its_child_alone(self) -> None:
        limits = LIMITS.__class__(small=-1, memory=20_000_000, memory_each_byte=0)
        small = ProcessPictureMaker(limits)
        try:
            with pytest.raises(RejectError, match="memory"):
                asyncio.run(small.make(png_of(6_000, 6_000, rows=6_000, bits=16)))
            assert asyncio.run(small.make(encoded(halves()))).large.width == 400
        finally:
            small.close()


def test_pillow_is_not_loaded_by_whoever_asks_for_pictures() -> None:
    program = (
        "import sys, pantau.adapters.pictures.maker, pantau.console.pictures; "
        "sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
