"""Text for narrow terminals: wrapped at spaces, and in ASCII where that is all there is."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from pantau.common.text.narrow_text import LEAST, columns, plain_ascii, wrapped

TEXTS = st.text(st.sampled_from("ab  \n地é…–"), max_size=120)


@given(TEXTS, st.integers(0, 60))
@example("  " * 40 + "a b", 30)
def test_no_word_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert " ".join(lines).split() == text.split()
    if width < LEAST:
        assert lines == text.split("\n")
        return
    for line in lines:
        alone = len(line.split()) <= 1  # a word that is longer stays whole
        assert columns(line) <= width or alone or line in text.split("\n")


def test_further_lines_are_indented_as_the_first() -> None:
    text = "  one two three four five six seven"
    assert wrapped(text, 20) == "  one two three four\n  five six seven"


def test_spaces_within_a_line_stay() -> None:
    assert wrapped("id        state   x", 40) == "id        state   x"


def test_wide_characters_take_two_columns() -> None:
    assert wrapped("地震 地震 地震 地震 地震", 20) == "地震 地震 地震 地震\n地震"


@given(st.text(max_size=50))
def test_plain_text_is_ascii_and_ascii_stays(text: str) -> None:
    plain = plain_ascii(text)
    assert plain.isascii()
    assert plain_ascii(plain) == plain
    assert plain_ascii("".join(one for one in text if one.isascii())) == "".join(
        one for one in text if one.isascii()
    )


def test_what_has_a_simple_form_keeps_it() -> None:
    assert plain_ascii("Déjà “vu” – naïve… 3 × 4 ▶ Jum’at · ŁÓDŹ ﬁ ½") == (
        'Deja "vu" - naive... 3 x 4 > Jum\'at - LODZ fi 1/2'
    )
    assert plain_ascii("地\ud800") == "??"
    assert unicodedata.normalize("NFD", "é") != "é"
    assert plain_ascii(unicodedata.normalize("NFD", "é")) == "e"
