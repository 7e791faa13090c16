"""English names that an engine cut short, or missed after a title."""

from typing import Any

import pytest

from pantau.enricher.ner.corrections.persons.english_names import with_english_forms
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType


def mention(text: str, name: str, kind: EntityType) -> Mention:
    return Mention(text.index(name), text.index(name) + len(name), kind)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("He joined al - Badr then.", {"Badr": "organization"}, {"al - Badr": "organization"}),
        (
            "Musa al - Tamimi spoke.",
            {"Musa": "person", "Tamimi": "person"},
            {"Musa al - Tamimi": "person"},
        ),
        (
            "Musa of al - Tamim.",
            {"Musa": "person", "Tamim": "place"},
            {"Musa": "person", "al - Tamim": "place"},
        ),
        ("Total - Tamimi spoke.", {"Tamimi": "person"}, {"Tamimi": "person"}),
        ("John Doe III spoke.", {"John Doe": "person"}, {"John Doe III": "person"}),
        ("When John Doe I saw.", {"John Doe": "person"}, {"John Doe": "person"}),
        ("in northern Elbonia", {"northern Elbonia": "place"}, {"Elbonia": "place"}),
        ("Demak-based Acme", {"Demak-based": "place"}, {"Demak": "place"}),
        ("Ferry sinks off Elbonia", {"Ferry": "person"}, {}),
        ("Fish said the pact failed", {"Fish": "person"}, {"Fish": "person"}),
        ("Maj. Gen. John Doe", {"Maj. Gen": "person"}, {}),
        ("in al Elbonia", {"al Elbonia": "place"}, {"al Elbonia": "place"}),
        ("as Ms Doe said", {}, {"Doe": "person"}),
        ("as Ms Doe said", {"Ms Doe": "place"}, {"Doe": "person"}),
        ("as Mr. Doe said", {"Doe": "organization"}, {"Doe": "person"}),
        ("as Mr Piet van Doe said", {}, {"Piet van Doe": "person"}),
        (
            "the Hall of Mr Doe",
            {"Hall of Mr Doe": "organization"},
            {"Hall of Mr Doe": "organization"},
        ),
        ("as Mr President said", {}, {}),
        ("HMr Doe said", {}, {}),
        ("the Regent Jane Doe said", {"Regent Jane Doe": "person"}, {"Jane Doe": "person"}),
        ("as Deputy Regent Doe said", {"Deputy Regent Doe": "person"}, {"Doe": "person"}),
        ("Lawmaker Doe III said", {"Lawmaker Doe": "person"}, {"Doe III": "person"}),
        ("as Regents Doe said", {"Regents Doe": "person"}, {"Regents Doe": "person"}),
        ("as the Regent said", {"Regent": "person"}, {"Regent": "person"}),
        ("as Regent Doe said", {"Regent": "person"}, {"Regent": "person"}),
        ("in Regent Park", {"Regent Park": "place"}, {"Regent Park": "place"}),
    ],
)
def test_names_are_whole(
    text: str, before: dict[str, EntityType], after: dict[str, EntityType]
) -> None:
    given = [mention(text, name, kind) for name, kind in before.items()]
    found = {text[one.start : one.end]: one.type for one in with_english_forms(text, given)}
    assert found == after


class Watched(Mention):
    """A mention that counts how often anybody asks where it ends."""

    asked = 0

    def __getattribute__(self, name: str) -> Any:
        Watched.asked += name == "end"
        return super().__getattribute__(name)


def test_titles_look_at_the_mentions_around_them_alone() -> None:
    """A text may be titles and nothing else, and must not cost the square of its length."""
    one = "Elbonia has Mr Doe. "
    count = 1_000
    given: list[Mention] = [
        Watched(place * len(one), place * len(one) + len("Elbonia"), "place")
        for place in range(count)
    ]
    found = with_english_forms(one * count, given)
    assert sum(each.type == "person" for each in found) == count
    assert found == sorted(found)
    assert Watched.asked < 50 * count
