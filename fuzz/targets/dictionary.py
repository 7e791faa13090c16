"""Files of names: the first byte chooses the format."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from fuzz.promises import answer, require_clean, require_spans, text_of
from pantau.adapters.files.dictionaries import read_file
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.errors import PantauError

KIND = "prose"
MAX_LEN = 2_000
ENDINGS = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".txt")
SEEDS = (
    b"0type,name,aliases,id\nperson,Aminah Sari,Mina|Bu Mina,x:1\nplace,Demak,,\n",
    b"1type\tname\nperson\tAminah\n",
    b'2[{"type":"person","name":"Aminah Sari","aliases":["Mina"],"latitude":-6.9}]',
    b'3{"type":"organization","name":"BPB","case":"exact"}\n',
    b"4- type: person\n  name: Aminah\n  aliases: [a, b]\n  <<: &a {x: *a}\n",
)
_TEXT = "Aminah Sari dan Bu Mina dari BPB di Demak."


@cache
def _folder() -> Path:
    made = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def check(data: bytes) -> None:
    """Read a file; its names are found in texts within the text."""
    ending = ENDINGS[data[0] % 10 % len(ENDINGS) if data else 0]
    path = _folder() / f"names{ending}"
    path.write_bytes(data[1:])
    found = answer(lambda: read_file(path), PantauError)
    if found is None:
        return
    entries, complaints = found
    for complaint in complaints:
        require_clean(str(complaint), "a complaint")
    for text in (_TEXT, text_of(data[1:])):
        hits = answer(lambda text=text: Dictionary(entries).find(text, "id"))  # type: ignore[misc]
        require_spans(((hit.mention.start, hit.mention.end) for hit in hits), text, "names")
