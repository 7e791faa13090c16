"""The first page says what the operator must act on: here, a disk that is nearly full."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from pantau.bootstrap.faces import build_parts
from pantau.ports import Store
from pantau.settings import Settings
from pantau.usecases.accounts.person import Person
from tests.consoles import Client, serving
from tests.support import FixedClock


@pytest.mark.parametrize(("free", "warned"), [(700_000_000, True), (9_000_000_000, False)])
def test_a_disk_that_is_nearly_full(
    newsroom: tuple[Store, Settings, FixedClock],
    monkeypatch: pytest.MonkeyPatch,
    free: int,
    *,
    warned: bool,
) -> None:
    there = SimpleNamespace(total=40_000_000_000, free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: there)
    store, settings, clock = newsroom
    parts = build_parts(store, settings.model_copy(update={"backend": "sqlite"}), clock)

    with serving(parts) as address:
        english = Client(address).get("/", headers={"Accept-Language": "en"}).text
        indonesian = Client(address).get("/", headers={"Accept-Language": "id"}).text

    assert ("The disk is nearly full (700 MB free): free some space" in english) == warned
    assert ("Disk hampir penuh (tersisa 700 MB)" in indonesian) == warned


def test_a_reader_who_can_do_nothing_about_it_is_not_told(
    newsroom: tuple[Store, Settings, FixedClock],
) -> None:
    store, settings, clock = newsroom
    parts = build_parts(store, settings, clock)
    reader = Person("dedi-id", "dedi", "reader", (), frozenset({"read"}))
    with serving(replace(parts, little_space=lambda: 1, person=reader)) as address:
        page = Client(address).get("/", headers={"Accept-Language": "en"}).text
    assert "Articles in 24 hours" in page
    assert "nearly full" not in page
