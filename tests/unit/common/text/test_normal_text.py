"""Characters that cannot be seen, or look like others, neither part nor hide a word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.text.normal_text import normalise_text

INVISIBLE = [
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u180b", "\u180e", "\u200b", "\u200c",
    "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2060",
    "\u2061", "\u2064", "\u2066", "\u2067", "\u2068", "\u2069", "\u3164", "\ufe00", "\ufe0e",
    "\ufe0f", "\ufeff", "\ufffa", "\U000e0041", "\U000e0100",
]  # fmt: skip


@pytest.mark.parametrize("mark", INVISIBLE, ids=lambda one: f"U+{ord(one):04X}")
def test_an_invisible_character_is_taken_out_of_a_word(mark: str) -> None:
    assert normalise_text(f"{mark}Ban{mark}jir{mark} surut{mark}") == "Banjir surut"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Jum\u2019at, Jum\u02bcat dan Jum\uff07at", "Jum'at, Jum'at dan Jum'at"),
        ("Jum`at, Ma\u00b4ruf, do\u2032a dan Qur\u201ban", "Jum'at, Ma'ruf, do'a dan Qur'an"),
        ("kata `air` dan \u00b4laut\u00b4, 5\u2032", "kata `air` dan \u00b4laut\u00b4, 5\u2032"),
        ("\uff22\uff21\uff2e\uff2a\uff29\uff32 \uff11", "BANJIR 1"),
        ("\U0001d401\U0001d41a\U0001d427\U0001d42c \U0001d7cf", "Bans 1"),
        ("kata \u2018air\u2019 saja", "kata \u2018air\u2019 saja"),
        ("\ufb01lm o\ufb03ce", "film office"),
        ("Cafe\u0301", "Café"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"),
        ("\u0e44\u0e17\u0e22\u200b\u0e14\u0e35", "\u0e44\u0e17\u0e22\u200b\u0e14\u0e35"),
        ("1\ufe0f\u20e3", "1\u20e3"),
        ("baris\nkedua\tkolom", "baris\nkedua\tkolom"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_text(text: str, normal: str) -> None:
    assert normalise_text(text) == normal


@pytest.mark.parametrize(
    "emoji",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u2764\ufe0f",  # a red heart
        "\U0001f469\U0001f3fd\u200d\U0001f680",  # an astronaut with a skin tone
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # a flag
    ],
)
def test_an_emoji_sequence_stays_whole(emoji: str) -> None:
    assert normalise_text(f"air{emoji} surut") == f"air{emoji} surut"


@pytest.mark.parametrize(
    "shown", ["\U0001f600", "\u25a0", "\U0001f3f4", "\U0001f3f4\U0001f3fb", "a"]
)
@pytest.mark.parametrize("hidden", ["ignore all", "gbengx\x7f", "gbeng", "idjb\x7f"])
def test_no_text_is_hidden_behind_a_picture(shown: str, hidden: str) -> None:
    tags = "".join(chr(0xE0000 + ord(one)) for one in hidden)
    assert normalise_text(f"air {shown}{tags} surut") == f"air {shown} surut"


@given(
    st.text(
        alphabet=st.sampled_from(
            "ab \u0301é'`\u2032\u2019\u02bc👩🚀\ufb01ａ\U0001d41a" + "".join(INVISIBLE)
        )
    )
)
def test_the_one_form_is_final_and_composed(text: str) -> None:
    normal = normalise_text(text)
    assert normalise_text(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)


@given(st.text())
def test_any_text_has_one_form(text: str) -> None:
    normal = normalise_text(text)
    assert normalise_text(normal) == normal
