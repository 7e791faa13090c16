import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pantau.notifier.marks import harmless, marked_parts, one_line, starred
from pantau_schemas.alert import Snippet

ANY_TEXT = st.text(st.characters(), max_size=60)


def snippet(text: str, *marks: tuple[int, int]) -> Snippet:
    return Snippet(field="text", text=text, marks=marks)


def test_marked_words() -> None:
    found = list(marked_parts(snippet("banjir di Demak", (0, 6), (10, 15))))
    assert found == [("banjir", True), (" di ", False), ("Demak", True)]
    assert starred(snippet("banjir\ndi  Demak", (0, 6), (11, 16))) == "*banjir* di *Demak*"


def test_marks_that_overlap_or_lie_outside_are_clipped() -> None:
    found = list(marked_parts(snippet("abcdef", (2, 4), (0, 3), (5, 99), (50, 60))))
    assert found == [("abc", True), ("d", True), ("e", False), ("f", True)]


@given(ANY_TEXT, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8))
def test_no_character_is_lost_by_marking(text: str, marks: list[tuple[int, int]]) -> None:
    assert "".join(part for part, _ in marked_parts(snippet(text, *marks))) == harmless(text)


@given(ANY_TEXT)
def test_nothing_that_steers_survives(text: str) -> None:
    clean = harmless(text)
    assert not any(unicodedata.category(one) in {"Cc", "Cs"} or unicodedata.bidirectional(one) in
                   {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"} for one in clean)  # fmt: skip
    assert harmless(clean) == clean
    assert "\n" not in one_line(text)
    assert len(one_line(text, 10)) <= 10


def test_letters_stay() -> None:
    assert harmless("Sejarah – “Bhinneka” ꦗꦮ é 日本 👩‍👩‍👧") == "Sejarah – “Bhinneka” ꦗꦮ é 日本 👩‍👩‍👧"
    assert harmless("a\x1b]0;x\x07b\x9bc\u202ed") == "a ]0;x b cd"
