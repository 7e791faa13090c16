"""Pieces of text with the matched words marked."""

from hypothesis import given
from hypothesis import strategies as st

from pantau.query.explain.highlight import Highlighter
from pantau_schemas.events.alert import Snippet


def _shown(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_the_title_is_whole_and_pieces_are_cut_between_words() -> None:
    text = (
        "Awal yang panjang sekali. " * 10
        + "Boy Rafli Amar bertemu UNOCT di New York. "
        + "Lalu ada akhir. " * 20
    )
    start = text.index("Boy")
    marks = {"title": [(0, 4)], "text": [(start, start + 3)]}
    title, piece = Highlighter({"title": "BNPT ke New York", "text": text}).snippets(
        marks, width=60
    )
    assert (title.text, title.marks) == ("BNPT ke New York", ((0, 4),))
    assert _shown(piece) == ["Boy"]
    assert len(piece.text) <= 62
    assert piece.text.startswith("…")
    assert piece.text.endswith("…")
    assert set(piece.text.strip("…").split()) <= set(text.split())


def test_the_fullest_pieces_are_kept_in_the_order_of_the_text() -> None:
    text = "satu " + "x " * 200 + "dua dua dua " + "y " * 200 + "tiga tiga"
    marks = [
        (place, place + len(word))
        for word in ("satu", "dua", "tiga")
        for place in range(len(text))
        if text.startswith(word, place)
    ]
    assert [
        _shown(one)
        for one in Highlighter({"text": text}).snippets({"text": marks}, width=40, most=2)
    ] == [
        ["dua"] * 3,
        ["tiga"] * 2,
    ]


def test_nothing_matched_in_a_field_shows_nothing() -> None:
    assert Highlighter({"title": "a", "text": "b"}).snippets({}) == ()


@given(
    st.text(max_size=300),
    st.sets(st.integers(0, 290), max_size=12),
    st.integers(5, 80),
    st.integers(1, 4),
)
def test_marks_show_the_matched_words(text: str, places: set[int], width: int, most: int) -> None:
    marks = [(place, place + 1) for place in sorted(places) if place < len(text)]
    found = Highlighter({"text": text}).snippets(
        {"text": marks} if marks else {}, width=width, most=most
    )
    assert len(found) <= most
    assert bool(found) == bool(marks)
    marked = sorted(shown for snippet in found for shown in _shown(snippet))
    originals = sorted(text[start] if not text[start].isspace() else " " for start, _ in marks)
    assert all(shown in originals for shown in marked)
