"""Organisations in English text apart from what stands beside them."""

import pytest

from pantau.enricher import Enricher

NAMES = {"person": "P", "organization": "O", "place": "L"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Harbour Control Commission approved the plan on Monday.",
            {"O Harbour Control Commission"},
        ),
        ("The Jakarta Post wrote about it on Monday.", {"O The Jakarta Post"}),
        (
            "He spoke at the Finance Ministry in Central Jakarta.",
            {"O Finance Ministry", "L Central Jakarta"},
        ),
        (
            "SoftBank and Taobao are among its backers, the company said.",
            {"O SoftBank", "O Taobao"},
        ),
        ("An analyst at Merrill Lynch and Co agreed.", {"O Merrill Lynch and Co"}),
        (
            "Energy and Mineral Resources Minister Budi Hartono attended.",
            {"P Budi Hartono"},
        ),
        (
            "Coordinating Human Development and Culture Minister Budi Hartono visited Garut.",
            {"P Budi Hartono", "L Garut"},
        ),
        (
            "East Java Police spokesperson Sr. Comr. Budi Hartono said so.",
            {"O East Java Police", "P Budi Hartono"},
        ),
        (
            "Klungkung Regent I Made Suastika said so.",
            {"L Klungkung", "P I Made Suastika"},
        ),
    ],
)
def test_bodies_stand_apart(enricher: Enricher, text: str, expected: set[str]) -> None:
    found = {f"{NAMES[one.type]} {one.name}" for one in enricher.entities("", text, "en")}
    assert found == expected
