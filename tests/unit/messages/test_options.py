"""An option of the command line is called in the words of whoever reads the sentence."""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from pantau.common.time.zones import zoned_text
from pantau.messages.catalogue import codes, render
from pantau.messages.languages import LANGS, Lang
from pantau.messages.options import (
    LABELS,
    MEMBERS,
    OPERATIONS,
    PLACES,
    Face,
    option_word,
    speaking_to,
)
from pantau.messages.times import as_people_write
from pantau.problems import problem

OPTION: Final = re.compile(r"\{--([a-z-]+)\}")
REFUSED: Final = problem("channels.refused", text="sms:1", reason=problem("channels.spaces"))


@pytest.mark.parametrize(
    ("face", "lang", "begins"),
    [
        ("commands", "en", "--to 'sms:1'"),
        ("commands", "id", "--to 'sms:1'"),
        ("programs", "en", "channels 'sms:1'"),
        ("pages", "en", "Channels 'sms:1'"),
        ("pages", "id", "Saluran 'sms:1'"),
    ],
)
def test_each_face_has_its_words(face: Face, lang: Lang, begins: str) -> None:
    with speaking_to(face):
        assert REFUSED.text(lang).startswith(begins)
    assert REFUSED.text(lang).startswith("--to")


def test_a_parameter_may_hold_an_option() -> None:
    contradiction = problem("timing.too-many", first="--at-once", second="--digest")
    assert contradiction.text().startswith("--at-once and --digest")
    with speaking_to("programs"):
        assert contradiction.text().startswith("rules.at_once and rules.digest")


def test_what_a_value_holds_is_no_option() -> None:
    with speaking_to("programs"):
        text = problem("channels.refused", text="{--to} --to", reason="--since").text()
    assert text == "channels '{--to} --to': --since"


def test_every_named_option_has_a_word_in_every_face() -> None:
    named = {one for text in codes().values() for one in OPTION.findall(text.en + text.id)}
    assert {"to", "query", "until-growth"} <= named
    for one in named:
        for lang in LANGS:
            assert option_word(one, lang) == f"--{one}"
            with speaking_to("programs"):
                assert re.fullmatch(r"[a-z_.]+", option_word(one, lang))
            with speaking_to("pages"):
                assert "-" not in option_word(one, lang)
    assert all(set(one) == set(LANGS) for one in LABELS.values())
    assert all("-" not in one for one in MEMBERS.values())


@pytest.mark.parametrize(
    ("face", "lang", "shown"),
    [
        ("pages", "en", "29 Nov 2026 03:39 WIB"),
        ("pages", "id", "29 Nov 2026 03.39 WIB"),
        ("commands", "en", "2026-11-29 03:39 WIB"),
        ("programs", "id", "2026-11-29 03:39 WIB"),
    ],
)
def test_times_read_as_the_reader_of_a_page_writes_them(face: Face, lang: Lang, shown: str) -> None:
    since = zoned_text(datetime(2026, 11, 28, 20, 39, tzinfo=UTC), ZoneInfo("Asia/Jakarta"))
    inner = problem("channels.is-working", when=since)
    with speaking_to(face):
        assert inner.text(lang).endswith(shown)


@pytest.mark.parametrize(
    "text",
    ["2026-11-29", "2026-13-29 03:39 WIB", "x 2026-11-29 03:39 WIB", "2026-11-29 03:39 W I B", "",
     "2026-11-29 03:39 ", "\u0662026-11-29 03:39 WIB", "2026-11-29T03:39 WIB"],
)  # fmt: skip
def test_other_values_stay_as_they_are_at_pages(text: str) -> None:
    assert as_people_write(text, "id") == text


def test_every_time_that_sentences_have_is_recognised() -> None:
    for zone in ("UTC", "Asia/Jayapura", "America/Sao_Paulo", "Asia/Kathmandu"):
        for month in range(1, 13):
            text = zoned_text(datetime(2026, month, 5, 20, 39, tzinfo=UTC), ZoneInfo(zone))
            assert as_people_write(text, "en") != text


def test_a_page_calls_the_bounds_of_time_as_its_form_does() -> None:
    for name, code in (("since", "pages.from"), ("until", "pages.to")):
        assert LABELS[name] == {lang: render(code, {}, lang) for lang in LANGS}


def test_every_command_that_a_text_names_is_an_operation_for_programs() -> None:
    from pantau.operations import catalogue  # noqa: PLC0415 (many models)

    assert set(OPERATIONS) == set(PLACES)
    assert set(OPERATIONS.values()) <= set(catalogue.OPERATIONS)
