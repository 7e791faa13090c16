"""Of three test processes one takes the tests without servers, and every file is taken once."""

from types import SimpleNamespace
from typing import Any

import pytest
from xdist.remote import Producer

from tests.scheduling import ServersApart, next_file

SERVERS = [f"tests/{one}.py" for one in ("contracts/test_a", "e2e/test_b", "integration/k/test_c")]
OTHERS = [f"tests/{one}.py" for one in ("growth/test_d", "unit/test_e", "docs/test_f")]
FILES = [file for pair in zip(SERVERS, OTHERS, strict=True) for file in pair]
TESTS = 3
"""In each file: a process that has fewer left than that is given the next one."""


class Process:
    """A test process that does at once what is asked of it."""

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.shutting_down = False
        self.given: list[int] = []
        self.done = 0

    def send_runtest_some(self, indices: list[int]) -> None:
        self.given += indices

    def shutdown(self) -> None:
        self.shutting_down = True


def files_of(number: int) -> list[list[str]]:
    """Return the files that each of some processes takes; they work test by test, in turn."""
    options: Any = SimpleNamespace(loadscopereorder=False)
    config: Any = SimpleNamespace(
        option=options, getvalue=lambda name: {"tx": ["popen"] * number}[name]
    )
    schedule = ServersApart(config, Producer("test", enabled=False))
    tests = [f"{file}::test_{at}" for file in FILES for at in range(TESTS)]
    processes: list[Any] = [Process(f"gw{at}") for at in range(number)]
    for one in processes:
        schedule.add_node(one)
        schedule.add_node_collection(one, tests)
    schedule.schedule()
    while working := [one for one in processes if one.done < len(one.given)]:
        for one in working:
            schedule.mark_test_complete(one, one.given[one.done])
            one.done += 1
    assert sorted(at for one in processes for at in one.given) == [*range(len(tests))]
    return [
        list(dict.fromkeys(tests[at].partition("::")[0] for at in one.given)) for one in processes
    ]


def test_of_three_processes_one_takes_no_servers_as_long_as_there_is_anything_else() -> None:
    apart, *others = files_of(3)
    assert apart[:2] == OTHERS[:2]
    assert sorted(one[0] for one in others) == SERVERS[:2]
    assert {file for one in others for file in one} >= set(SERVERS)


def test_of_two_processes_each_takes_what_comes_next() -> None:
    first, second = files_of(2)
    assert {first[0], second[0]} == set(FILES[:2])


@pytest.mark.parametrize("of_servers", [True, False])
def test_where_nothing_else_is_left_the_other_kind_is_taken(*, of_servers: bool) -> None:
    left = OTHERS if of_servers else SERVERS
    assert next_file(left, of_servers=of_servers) == left[0]
