"""The fast tokenizers equal the rules over all of Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.query.text import tokenizer, word_break
from pantau.query.text.token_rules import ranges_of

_TABLES = [value for name, value in vars(word_break).items() if name.isupper()]
_special = st.sampled_from(_TABLES).flatmap(
    lambda table: st.sampled_from(ranges_of(table)).flatmap(
        lambda pair: st.integers(*pair).map(chr)
    )
)
_ascii = st.characters(max_codepoint=0x7F)
_latin = st.one_of(_ascii, st.characters(max_codepoint=0x24F), st.sampled_from("‘’“”–—…•€"))


def _by_rules(text: str) -> list[str]:
    lowered = tokenizer.lower(text)
    return [lowered[start:end] for start, end in tokenizer._careful_spans(text)]


@given(
    st.one_of(
        st.text(_ascii), st.text(_latin), st.text(st.one_of(_ascii, _special)), st.text(_special)
    )
)
def test_every_way_gives_the_same(text: str) -> None:
    assert tokenizer.words(text) == tokenizer.scan(text)[0] == _by_rules(text)
    assert tokenizer.spans(text, tokenizer.words(text)) == tokenizer.spans(text)


@pytest.mark.parametrize("around", ["a{}b", "1{}2", "a{} b", "'{}'", "a_{}"])
def test_characters_that_are_taken_for_latin_are_cut_as_such(around: str) -> None:
    texts = [around.format(chr(point)) for point in range(0x3000)]
    assert [text for text in texts if tokenizer.words(text) != _by_rules(text)] == []


@given(st.sampled_from("a_1éд日👍\u0301\u200d"), st.integers(100, 700), st.text(max_size=3))
def test_long_tokens_are_cut_at_the_same_places(char: str, times: int, after: str) -> None:
    text = char * times + after
    assert tokenizer.spans(text, tokenizer.words(text)) == tokenizer.spans(text)
    assert tokenizer.words(text) == tokenizer.scan(text)[0] == _by_rules(text)
