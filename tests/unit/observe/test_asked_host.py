import threading

import pytest

from pantau.observe.asked_host import AskedHost, host_name
from pantau.observe.connection_slots import THREADS_A_PLACE, ConnectionSlots


@pytest.mark.parametrize(
    ("bound", "allowed", "host", "answered"),
    [
        ("127.0.0.1", (), "127.0.0.1:9464", True),
        ("127.0.0.1", (), "localhost", True),
        ("127.0.0.1", (), "LOCALHOST.:80", True),
        ("127.0.0.1", (), "[::1]:9464", True),
        ("127.0.0.1", (), "pantau.localhost", True),
        ("127.0.0.1", (), "mesin-7", True),
        ("127.0.0.1", (), "10.0.0.7", False),  # nobody can have connected there
        ("localhost", (), "10.0.0.7", False),
        ("127.0.0.1", (), "evil.example", False),
        ("127.0.0.1", (), "127.0.0.1.evil.example", False),
        ("127.0.0.1", (), "localhost.evil.example", False),
        ("127.0.0.1", (), "", False),
        ("127.0.0.1", (), "localhost:80:80", False),
        ("127.0.0.1", (), "user@localhost", False),
        ("127.0.0.1", (), None, True),
        (
            "0.0.0.0",
            (),
            "172.18.0.5:9464",
            True,
        ),  # a probe, or Prometheus, in the network of containers
        ("::", (), "[fd00::5]:9464", True),
        ("0.0.0.0", (), "poller:9464", False),
        ("0.0.0.0", ("poller", "alerter"), "poller:9464", True),
        ("0.0.0.0", ("Poller",), "poller", True),
        ("0.0.0.0", ("*.pantau.svc",), "a.pantau.svc:9464", True),
        ("0.0.0.0", ("*.pantau.svc",), "pantau.svc", False),
        ("0.0.0.0", ("*.pantau.svc",), "evilpantau.svc", False),
        ("0.0.0.0", ("*.",), "evil.example", False),
        ("0.0.0.0", ("*",), "anything.example", True),
        ("metrics.example.org", (), "metrics.example.org", True),
    ],
)
def test_which_names_are_answered(
    bound: str, allowed: tuple[str, ...], host: str | None, *, answered: bool
) -> None:
    assert AskedHost(bound, ("mesin-7",), allowed).accepts(host) is answered


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("a.example:80", "a.example"), ("[::1]:80", "::1"), ("[::1]", "::1"),
        ("a.example:", "a.example"), ("[::1", None), ("[::1]x", None), ("::1", None), (":80", None),
        (".", None), ("a:b", None), ("a:²", None),
    ],
)  # fmt: skip
def test_names_of_hosts(host: str, name: str | None) -> None:
    assert host_name(host) == name


def test_the_longest_silent_one_gives_up_its_place_then_the_longest_there() -> None:
    places: ConnectionSlots[str] = ConnectionSlots(2)
    assert places.enter("a") == (True, None)
    assert places.enter("b") == (True, None)
    places.asked("a")
    assert places.enter("c") == (True, "b")
    places.leave("b")
    places.asked("c")
    assert places.enter("d") == (True, "a")
    places.leave("a")
    places.leave("c")
    assert places.enter("e") == (True, None)


def test_newcomers_are_turned_away_while_too_many_have_not_left() -> None:
    places: ConnectionSlots[int] = ConnectionSlots(2)
    for number in range(2 * THREADS_A_PLACE):
        assert places.enter(number)[0]
    assert places.enter(99) == (False, None)
    places.leave(0)
    assert places.enter(99)[0]


def test_all_places_come_back() -> None:
    """From many threads at once, whoever closes whom."""
    places: ConnectionSlots[int] = ConnectionSlots(4)

    def visit(first: int) -> None:
        for number in range(first, first + 500):
            entered, _ = places.enter(number)
            if entered:
                places.asked(number)
                places.leave(number)

    threads = [threading.Thread(target=visit, args=(first * 1_000,)) for first in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (places._there, places._leaving) == ({}, 0)
