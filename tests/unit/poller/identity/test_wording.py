"""The wording of an item: its parts read together are those that are read one by one."""

import base64
import sys

from hypothesis import given
from hypothesis import strategies as st

from pantau.poller.identity import wording

WORDS = st.sampled_from(
    [
        "banjir", "Banjir", "di", "Demak", "naik", "ISTANBUL", "\u0130stanbul", "stra\u00dfe",
        "\ufb01lm", "\u01f0", "\ud800", "dibaca 1.234 kali", "5 menit yang lalu",
        "Baca juga: Lain.", "https://kabar.example/a", "a\u00a0b", "a\u2003b", "\x1c", "\u0345",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=30).map(" ".join) | st.text(max_size=80)


@given(TEXTS, TEXTS)
def test_a_wording_has_what_its_parts_are(title: str, text: str) -> None:
    assert wording.read_wording(title, text) == wording.ReadWording(
        wording.fingerprint(title, text),
        wording.core_fingerprint(title, text),
        wording.count_words(text),
        wording.sample(text),
    )


def test_a_long_text_counts_up_to_the_bound() -> None:
    text = " ".join(f"Kata{number}" for number in range(2_500))
    said = wording.read_wording("", text)
    assert said.words == 2_000
    assert said.sample == wording.sample(text)


@given(TEXTS)
def test_a_sample_is_the_smallest_hashes_in_base_64(text: str) -> None:
    smallest = sorted(wording.pairs(text))[: wording.SAMPLE]
    packed = b"".join(one.to_bytes(3, "big") for one in smallest)
    assert wording.sample(text) == base64.b64encode(packed).decode()
    assert wording.contained(wording.sample(text), wording.pairs(text)) == 1.0


def test_the_case_of_a_letter_never_makes_white_space_of_it() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        assert char.isspace() == char.casefold().isspace()
        assert len(char.casefold().split()) == (not char.isspace())
