"""Countries in English text: between small words or at a beginning, in no longer name."""

import pytest

from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.known_names import KnownNames
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.marks import KNOWN_NAME
from pantau.enricher.ner.trained.tokens import tokenize

KNOWN = KnownNames(load_gazetteer())


def found(text: str, *mentions: Mention, lang: str = "en") -> dict[str, str]:
    tokens, starts, _ = tokenize(text)
    marked = [(at, KNOWN_NAME) for at, token in enumerate(tokens) if KNOWN.may_begin(token)]
    added = KNOWN.add(Passage(text, lang), tokens, starts, marked, list(mentions))
    return {text[one.start : one.end]: one.type for one in added}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said that Israel agreed.", {"Israel": "place"}),
        ("A quarter of all US operations ended.", {"US": "place"}),
        ("The US lost a helicopter.", {"US": "place"}),
        ("Israel wants more.", {"Israel": "place"}),
        ("It was late. Norway won.", {"Norway": "place"}),
        ("But the Ivory Coast side won.", {"Ivory Coast": "place"}),
        ("As he left, us two stayed.", {}),
        ("It costs only US$ 3.", {}),
        ("When Jordan Doe left, all wept.", {}),
        ("Jordan scored twice.", {}),
        ("They read the Norway Times daily.", {}),
        ("A pan-European-Israel forum met.", {}),
    ],
)
def test_a_country_is_seen(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


def test_a_country_is_no_organisation() -> None:
    text = "They attacked the US from there."
    assert found(text, Mention(18, 20, "organization")) == {"US": "place"}
    assert found(text, Mention(18, 20, "person")) == {"US": "person"}


def test_other_languages_are_left_as_they_are() -> None:
    assert found("Hij zei dat Israel niet kwam.", lang="nl") == {}
