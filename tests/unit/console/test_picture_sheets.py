"""Every page of the console is shown in the documents, on a sheet of its pictures."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from scripts.pictures.__main__ import LONGEST, PAGE, SIZES
from scripts.pictures.pages import PAGES
from scripts.pictures.sections import SECTIONS, page_text
from scripts.pictures.sheets import GAP, GROUND, SCALE, VARIANTS, sheet

ROOT = Path(__file__).parents[3]
SHEETS = ROOT / "docs" / "pictures" / "pages"
MOST_BYTES = 10_000_000
"""Of all sheets together: everybody who clones the project gets them."""


def test_every_page_has_a_sheet_and_a_line_and_none_is_left_over() -> None:
    names = [one.name for one in PAGES]
    lines = [name for _, entries in SECTIONS for name, _ in entries]
    assert sorted(lines) == sorted(names)
    assert sorted(one.stem for one in SHEETS.iterdir()) == sorted(names)
    assert sum(one.stat().st_size for one in SHEETS.iterdir()) < MOST_BYTES


def test_the_page_of_the_documents_is_current() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page_text(LONGEST)


def test_a_sheet_has_the_light_pictures_above_and_the_dark_ones_below() -> None:
    colours = {name: (10 + 30 * place, 80, 120) for place, name in enumerate(VARIANTS)}
    pictures = {}
    for name, colour in colours.items():
        size = name.rpartition("-")[2]
        made = BytesIO()
        Image.new("RGB", (SIZES[size][0], 400), colour).save(made, "PNG")
        pictures[name] = made.getvalue()
    with Image.open(BytesIO(sheet(pictures))) as shown:
        assert shown.format == "WEBP"
        whole = shown.convert("RGB")
    desk, phone = (round(SIZES[one][0] * SCALE) for one in ("desk", "phone"))
    assert whole.size == (2 * (desk + phone) + 5 * GAP, 2 * round(400 * SCALE) + 3 * GAP)
    lefts = [GAP, GAP * 2 + desk, GAP * 3 + desk + phone, GAP * 4 + 2 * desk + phone]
    for row, shade in enumerate(("light", "dark")):
        top = GAP + row * (round(400 * SCALE) + GAP) + 100
        for left, (lang, size) in zip(
            lefts,
            (("id", "desk"), ("id", "phone"), ("en", "desk"), ("en", "phone")),
            strict=True,
        ):
            found = whole.getpixel((left + 50, top))
            assert isinstance(found, tuple)
            wanted = colours[f"{lang}-{shade}-{size}"]
            assert all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))
    ground = whole.getpixel((3, 3))
    assert isinstance(ground, tuple)
    assert all(abs(a - b) < 12 for a, b in zip(ground, GROUND, strict=True))
