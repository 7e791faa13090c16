"""The targets of `make fuzz` hold for their own seeds; what fuzzing found becomes a seed."""

import pytest

from fuzz.promises import BrokenError, answer, require_clean, require_spans, text_of
from fuzz.targets import load, names
from tests.growth.given.pieces import PIECES


@pytest.mark.parametrize("name", names())
def test_every_seed_keeps_the_promises(name: str) -> None:
    target = load(name)

    assert target.KIND in PIECES
    assert target.SEEDS
    for seed in target.SEEDS:
        assert len(seed) <= target.MAX_LEN
        target.check(seed)


@pytest.mark.parametrize("name", names())
def test_any_bytes_are_an_input(name: str) -> None:
    for data in (b"", b"\x00", b"\xff\xfe\xed\xa0\x80", bytes(range(256))):
        load(name).check(data)


def test_broken_promises_are_told() -> None:
    with pytest.raises(BrokenError):
        require_clean("a\x1bb", "a text")
    with pytest.raises(BrokenError):
        require_spans([(0, 3), (2, 4)], "abcd", "spans")
    with pytest.raises(BrokenError):
        require_spans([(2, 9)], "abcd", "spans")
    with pytest.raises(KeyError):
        answer(lambda: dict[str, int]()["a"], ValueError)
    assert answer(lambda: int("a"), ValueError) is None
    assert text_of(b"\xed\xa0\x80") == "\ud800"
