"""The size of texts in JSON is exact, whichever way it was found."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from pantau.query.text.sizes import fits

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text('ab "\\/\x00\x1f\x7f\té…\u2028😀', max_size=60),
    st.text('"\\ a', max_size=60),
)


@given(TEXTS, st.integers(0, 130))
def test_a_text_fits_exactly_when_its_bytes_do(text: str, limit: int) -> None:
    size = len(to_json(text)) - len('""')
    assert fits(text, limit) == (size <= limit)
    assert fits(text, size)
    assert not text or not fits(text, size - 1)
