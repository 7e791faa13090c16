"""The teacher's file: the most probable sub-words, unpacked arrays, and helpful errors."""

import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.e5 import BLANK, Cutter, WeightFile

PIECES = {
    BLANK: -3.0,
    BLANK + "ja": -2.0,
    "ja": -2.5,
    "kar": -2.2,
    "karta": -4.0,
    "ta": -1.7,
    "a": -3.5,
    "k": -4.0,
}
NUMBERS = {piece: (number, score) for number, (piece, score) in enumerate(PIECES.items(), 10)}
UNKNOWN = 3
WORST = -4.0


def cutter() -> Cutter:
    return Cutter(NUMBERS, UNKNOWN, WORST)


def all_cuts(text: str) -> list[list[str]]:
    places = range(1, len(text))
    cuts = itertools.chain.from_iterable(
        itertools.combinations(places, size) for size in range(len(text))
    )
    return [[text[a:b] for a, b in itertools.pairwise((0, *cut, len(text)))] for cut in cuts]


def worth(parts: list[str]) -> float:
    scores = [PIECES.get(part, WORST - 10 if len(part) == 1 else -np.inf) for part in parts]
    return float(sum(scores))


def test_a_word_is_cut_into_its_most_probable_pieces() -> None:
    assert cutter().cut("jakarta") == [
        NUMBERS[BLANK + "ja"][0],
        NUMBERS["kar"][0],
        NUMBERS["ta"][0],
    ]


@settings(max_examples=150, deadline=None)
@given(st.text("jakrt?", min_size=1, max_size=9))
def test_no_other_cut_is_better(word: str) -> None:
    texts = {number: piece for piece, (number, _) in NUMBERS.items()} | {UNKNOWN: "?"}
    found = [texts[number] for number in cutter().cut(word)]
    assert len("".join(found)) == len(word) + 1
    assert worth(found) == pytest.approx(max(map(worth, all_cuts(BLANK + word))))


def test_what_is_not_in_the_pieces_is_unknown() -> None:
    assert cutter().cut("\ud800") == [NUMBERS[BLANK][0], UNKNOWN]
    assert cutter().cut("") == [NUMBERS[BLANK][0]]
    assert len(cutter().cut("x" * 10_000)) == 61


def test_letters_are_read_as_nfkc_has_them() -> None:
    assert cutter().cut("ｊａ") == cutter().cut("ja")


def packed(weights: np.ndarray, scales: np.ndarray) -> bytes:
    blocks = weights.reshape(-1, 32) + 8
    rows = (
        scale.astype(np.float16).tobytes()
        + (block[:16] | block[16:] << 4).astype(np.uint8).tobytes()
        for block, scale in zip(blocks, scales, strict=True)
    )
    return b"".join(rows)


def write(path: Path, arrays: dict[str, tuple[int, bytes]]) -> None:
    names = ["<s>", BLANK, "ja", "<unk>"]
    texts = [name.encode() for name in names]
    ends = np.cumsum([0, *map(len, texts)]).astype(np.uint32)
    head = b"E5S1" + struct.pack("<i7ifi", 1, 64, 1, 2, 128, 4, 8, 2, 1e-5, 32)
    head += struct.pack("<5iQ", 4, 0, 2, 1, 3, ends[-1]) + ends.tobytes()
    head += np.array([0, -1, -2, 0], np.float32).tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, 5) + b"table" + struct.pack("<i", len(arrays))
    offset = len(head) + sum(2 + len(name) + 1 + 4 + 16 for name in arrays)
    for name, (count, content) in arrays.items():
        head += struct.pack("<H", len(name)) + name.encode() + b"\0"
        head += struct.pack("<IQQ", count, offset, len(content))
        offset += len(content)
    path.write_bytes(head + b"".join(content for _, content in arrays.values()))


def test_the_file_gives_back_what_is_packed_in_it(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    bits = chance.integers(-8, 8, (3, 64))
    scales = np.array([0.5, 1, 2, 0.25, 4, 8])
    bias = chance.normal(size=7).astype(np.float32)
    write(tmp_path / "toy", {"w": (192, packed(bits, scales)), "b": (7, bias.tobytes())})
    read = WeightFile(tmp_path / "toy")
    assert (read.sizes.width, read.sizes.inner, read.marks.end, read.marks.unknown) == (
        64,
        128,
        2,
        3,
    )
    assert np.array_equal(
        read.packed("w", 64), (bits.reshape(6, 32) * scales[:, None]).reshape(3, 64)
    )
    assert np.array_equal(read.floats("b"), bias)
    assert read.cutter.cut("ja") == [1, 2]
    assert read.cutter.cut("<unk>") == [1, 3, 3, 3, 3, 3]  # what stands for the unknown is no piece


def test_another_file_is_refused_with_the_name_of_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="e5-small-q4"):
        WeightFile(tmp_path / "other")
