"""The subject of an article."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.stories.features import (
    KEPT,
    SCALE,
    features,
    read_event_words,
    read_features,
    similarity,
)
from pantau.stories.words import hash_words, read_words
from tests.events import coverage


def of(title: str, text: str = "") -> dict[int, int]:
    return read_features(features(read_words(title, text)))


def test_the_length_is_one() -> None:
    for one in coverage(3, 2):
        found = of(one.title, one.text)
        assert len(found) <= KEPT
        assert similarity(found, found) == pytest.approx(1, abs=0.02)


def test_articles_of_one_event_are_more_alike() -> None:
    first, second, other = (of(one.title, one.text) for one in (*coverage(1, 2), coverage(2, 1)[1]))
    assert similarity(first, second) > 0.5
    assert similarity(first, other) < 0.1


def test_what_is_common_does_not_count() -> None:
    assert of("dan di yang the") == {}


def test_names_and_the_title_weigh_more() -> None:
    found = of("", "kemarin Randupati banjir, kata Randupati bendungan bendungan")
    name, thing = (int(hash_words(word)[0]) for word in ("randupati", "bendungan"))
    assert found[name] > found[thing]
    titled = of("bendungan", "kemarin Randupati banjir, kata Randupati bendungan bendungan")
    assert titled[thing] > found[thing]


@pytest.mark.parametrize(
    "text", ["", "t1:a", "t2:????", "t3:AAAA", "t1:AAAA", "t2:AA", "t2:AAAA", "é"]
)
def test_what_are_no_features(text: str) -> None:
    assert read_features(text) == {}


def test_dates_and_single_digits_do_not_count() -> None:
    assert of("di 5", "dan (05/11/2026), 7 dari 9 di 1998") == {}
    assert int(hash_words("340")[0]) in of("", "340 rumah")


def test_what_shows_the_event_is_marked() -> None:
    made = features(read_words("Bendungan", "kemarin Kapolres Randupati melihat 340 bendungan"))
    evidence = read_event_words(made)
    name, number, thing, office = (
        int(hash_words(word)[0]) for word in ("randupati", "340", "bendungan", "kapolres")
    )
    assert evidence.names == {name, number}
    assert {name, number, thing} <= set(evidence.telling)
    assert office in read_features(made).keys() - set(evidence.telling)


def test_articles_of_the_version_before_are_compared() -> None:
    made = features(read_words("Bendungan", "kemarin Randupati melihat 340 bendungan"))
    words = read_features(made)
    packed = struct.pack(f">{len(words)}I{len(words)}B", *words, *words.values())
    before = f"t1:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    assert read_features(before) == words
    assert read_event_words(before).names == set(read_event_words(before).telling) == words.keys()


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text(title: str, text: str) -> None:
    written = features(read_words(title, text))
    assert len(written) <= 220
    assert all(0 < weight <= SCALE for weight in read_features(written).values())


def test_a_language_that_is_not_known_counts_by_its_names() -> None:
    """Its common words are in no table: by these all its articles would be alike."""
    common = "les eaux ont dans nous avec pour que sont cette mais leur plus tout"
    one, other = (
        f"{common}, dit {name} {common}, selon {name} {common}" for name in ("Arvex", "Bolti")
    )
    alike = [
        similarity(*(read_features(features(read_words("", text), lang)) for text in (one, other)))
        for lang in ("und", "fr")
    ]
    assert alike[0] > 0.5
    assert alike[1] == 0
    named = read_features(features(read_words("", one), "fr"))
    assert named.keys() == {int(hash_words("arvex")[0])}
