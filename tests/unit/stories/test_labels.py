"""The labels that stories are measured with, and how they are counted."""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import stories
from benchmarks.stories import LABELS, Item, Labels, bcubed, plain, vectors

WINDOW = stories.WINDOW_DAYS
LINES = [line for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]


def item(key: str, day: int, text: str) -> Item:
    return Item(key, day, "", text)


def test_a_line_has_half_day_digest_and_story() -> None:
    for line in LINES:
        half, day, key, story = line.split("\t")
        assert half in ("tune", "report")
        assert date.fromisoformat(day).isoformat() == day
        assert re.fullmatch("[a-z2-7]{26}", key)
        assert re.fullmatch(r"-|s\d{3}", story)


def test_lines_are_in_order_and_no_article_is_there_twice() -> None:
    assert sorted(LINES) == LINES
    keys = [line.split("\t")[2] for line in LINES]
    assert len(set(keys)) == len(keys) > 1_000


def test_a_story_has_company_in_one_half_and_goes_on_within_days() -> None:
    found = defaultdict(list)
    for line in LINES:
        half, day, _, story = line.split("\t")
        if story != "-":
            found[story].append((date.fromisoformat(day), half))
    for story, articles in found.items():
        assert len(articles) > 1, story
        assert len({half for _, half in articles}) == 1, story
        days = sorted(day for day, _ in articles)
        assert all((later - earlier).days <= WINDOW for earlier, later in pairwise(days)), story


def test_every_labelled_article_is_in_the_sample(shared_data: Path) -> None:
    items, labels = stories.load(shared_data)
    assert labels.keys() <= {one.key for one in items}
    assert [one.day for one in items] == sorted(one.day for one in items)


def test_bcubed_of_an_example() -> None:
    labels: Labels = {
        key: ("tune", story) for key, story in (("a", "x"), ("b", "x"), ("c", "c"), ("d", "d"))
    }
    labels["e"] = ("report", "x")  # of the other half: does not count
    said = {"a": "1", "b": "2", "c": "2", "d": "3", "e": "1", "unlabelled": "1"}
    precision, recall, f1 = bcubed(said, labels, "tune")
    assert precision == pytest.approx((1 + 1 / 2 + 1 / 2 + 1) / 4)
    assert recall == pytest.approx((1 / 2 + 1 / 2 + 1 + 1) / 4)
    assert f1 == pytest.approx(0.75)


def test_the_plain_clusterer_joins_what_is_near_and_recent() -> None:
    items = [
        item("a", 0, "gempa tuban guncang rumah"),
        item("b", 1, "gempa tuban guncang sekolah"),
        item("c", 1, "harga cabai turun"),
        *(
            item(str(count), 1, f"lain {count}") for count in range(8)
        ),  # so that words of the event are rare
        item("d", 2 + WINDOW, "gempa tuban guncang rumah"),
    ]
    said = plain(items, vectors(items), 0.2)
    assert said["a"] == said["b"]
    assert len({said["a"], said["c"], said["d"]}) == 3
    apart = plain(items, vectors(items), 0.99)
    assert len(set(apart.values())) == len(items)
