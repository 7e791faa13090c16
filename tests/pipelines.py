"""A small spaCy pipeline that recognises a few fixed names."""

from collections.abc import Sequence
from pathlib import Path

PEOPLE = ("Budi Santoso", "Siti Rahma", "Joko Widodo", "John Smith")
ORGANIZATIONS = ("Badan Siber Nusantara", "United Nations")
PLACES = ("Jakarta", "Surabaya", "Bandung", "Medan", "London", "Washington")


def save_pipeline(
    folder: Path,
    *,
    lang: str = "xx",
    people: Sequence[str] = PEOPLE,
    extra: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write a pipeline whose component labels these names PER, ORG, GPE and as in `extra`."""
    import spacy  # noqa: PLC0415 (heavy: only where it is used)

    pipeline = spacy.blank(lang)
    patterns = [
        *({"label": "PER", "pattern": name} for name in people),
        *({"label": "ORG", "pattern": name} for name in ORGANIZATIONS),
        *({"label": "GPE", "pattern": name} for name in PLACES),
        *({"label": label, "pattern": name} for label, name in extra),
    ]
    pipeline.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    pipeline.meta["name"], pipeline.meta["version"] = folder.name, "1.0.0"
    pipeline.to_disk(folder)
    return folder
