"""Host names in ASCII are what Python's codec writes, in less time."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pantau_schemas.links.host_names import to_ascii

LABELS = st.one_of(
    st.text(max_size=70),
    st.text("abcäöüßéñ日本語中文ไทยبيرעברAÄ-ß\u0130\u200d\u00ad", max_size=70),
    st.text("äöüéñ", min_size=30, max_size=70),
)
HOSTS = st.lists(LABELS, min_size=1, max_size=4).flatmap(
    lambda labels: st.sampled_from([".", "\u3002", "\uff0e"]).map(lambda dot: dot.join(labels))
)


def answer(host: str) -> str | None:
    try:
        return to_ascii(host)
    except UnicodeError:
        return None


def by_codec(host: str) -> str | None:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


@given(HOSTS.filter(lambda host: not host.isascii()))
@example("bücher.example")
@example("xn--bücher.example")
@example("bücher..example")
@example("bücher.example.")
@example("\u0627\u0628a.example")
@example("é" * 57)
@example("e\u0301.example")
@example("\u0627\u0628.example.")
@example("1\u0627.example")
@example("\u00ad\u00fc.example")
@example("ÄÖÜ" * 30)
def test_same_as_the_codec(host: str) -> None:
    assert answer(host) == by_codec(host)


@pytest.mark.parametrize("host", ["bücher.example", "ΠΑΡΆΔΕΙΓΜΑ.example", "مثال.example"])
def test_the_codec_looks_nothing_up(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = by_codec(host)

    def slow(_: str) -> str:
        pytest.fail("the codec looked its characters up")

    monkeypatch.setattr("encodings.idna.nameprep", slow)
    assert answer(host) == wanted
