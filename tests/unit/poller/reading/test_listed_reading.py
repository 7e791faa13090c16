"""A feed and its listing, read in one go, here or in another process."""

from typing import Any

import pytest

from pantau.adapters.processes import wire
from pantau.adapters.processes.reader import Crowd
from pantau.poller.identity.listing import read_listing
from pantau.poller.reading.listed_reading import LISTED, ListedFeed, about_listed
from pantau.poller.reading.readings import NoFeed, about_feed
from tests.unit.poller.polling import rss

ABOUT = about_listed(about_feed("https://kabar.example/rss"), "f1")


def _packed() -> list[Any]:
    read = LISTED.read(rss("Banjir di Demak", "", "Gempa di Cianjur"), ABOUT)
    packed = wire.unpack(wire.pack(LISTED.pack(read)))
    assert LISTED.unpack(packed) == read
    assert isinstance(packed, list)
    return packed


def test_the_listing_is_the_one_of_the_document() -> None:
    read = LISTED.read(rss("Banjir di Demak", "Gempa di Cianjur"), ABOUT)
    assert isinstance(read, ListedFeed)
    assert read.listing == read_listing(read.document, "f1")
    assert len(read.listing.items) == 2


def test_what_is_packed_is_unpacked_as_it_was() -> None:
    assert len(_packed()[1]) == 3


def test_another_document_is_refused_with_its_reason() -> None:
    read = LISTED.read(b"<html><p>a</p></html>", ABOUT)
    assert isinstance(read, NoFeed)
    assert LISTED.unpack(LISTED.pack(read)) == read


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 3),
        (0, -1),
        (0, True),
        (1, -1),
        (1, "7"),
        (2, ["a", None, "c", "d"]),
        (3, [1] * 7),
        (3, [None, "a" * 254, None, None, None, None, None]),
    ],
)
def test_a_process_can_misrepresent_its_document_but_nothing_else(place: int, value: Any) -> None:
    packed = _packed()
    packed[1][0][place] = value
    with pytest.raises((ValueError, TypeError)):
        LISTED.unpack(packed)


def test_children_help_once_documents_keep_coming_at_once() -> None:
    crowd = Crowd(3)
    for _ in range(10):  # one after the other
        with crowd as many:
            assert not many
    with crowd:
        for _ in range(2):
            with crowd as many:
                assert not many
        with crowd as many:
            assert many
    with crowd as many:
        assert many
