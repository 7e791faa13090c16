"""Small labelled files of our own, laid out as the real ones are."""

from pathlib import Path

from training.corpora import CORPORA

PEOPLE = ("Budi Santoso", "Siti Aminah", "Joko Prabowo", "Rina Wati", "Agus Salim")
PLACES = ("Semarang", "Medan", "Bogor", "Kendal", "Garut", "Malang", "Jambi", "Sabang")
FLOODS = ("banjir", "hujan-hujan")


def sentence(person: str, place: str) -> list[tuple[str, str]]:
    first, last = person.split()
    words = [
        ("Menurut", "O"),
        (first, "B-PER"),
        (last, "I-PER"),
        (",", "O"),
        (FLOODS[len(place) % 2], "O"),
        ("di", "O"),
    ]
    return [*words, (place, "B-LOC"), ("surut", "O"), (".", "O")]


def write_corpora(root: Path) -> None:
    """Write every corpus, each with its own order of names, so that they can be distinguished."""
    for number, corpus in enumerate(CORPORA.values()):
        path = root / corpus.pattern.replace("*", "a")
        path.parent.mkdir(parents=True, exist_ok=True)
        separator = "\t" if corpus.word else " "
        lines: list[str] = []
        for at, person in enumerate(PEOPLE):
            for word, tag in sentence(person, PLACES[(at + number) % len(PLACES)]):
                columns = [word, tag] if not corpus.word else ["1", word, tag, "-", "-"]
                lines.append(separator.join(columns))
            lines.append("")
        path.write_text("\n".join(lines), encoding="utf-8")
