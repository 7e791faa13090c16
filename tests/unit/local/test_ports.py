import socket
from pathlib import Path

import pytest

from pantau.errors import StopError
from pantau.local import ports


def test_a_port_that_is_listened_at_is_not_free() -> None:
    (port,) = ports.choose(1)
    with socket.create_server((ports.HOST, port)):
        assert not ports.is_free(port)
    assert ports.is_free(port)


def test_no_port_can_be_asked_for() -> None:
    assert ports.choose(0) == []


def test_chosen_ports_are_free_and_never_given_to_outgoing_connections() -> None:
    chosen = ports.choose(4)
    assert len(set(chosen)) == 4
    assert all(ports.is_free(port) and 20_000 <= port < 32_768 for port in chosen)


def test_no_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "is_free", lambda _: False)
    with pytest.raises(StopError, match="no 2 free ports between 20000 and 32767"):
        ports.choose(2)


def test_ports_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "ports.json"
    first = ports.remembered(path, ("one", "two"))
    assert ports.remembered(path, ("one", "two")) == first
    assert ports.remembered(path, ("two",)) == {"two": first["two"]}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"one": "x"}', '{"other": 1}'])
def test_a_broken_note_is_written_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ports.json"
    path.write_text(text)
    first = ports.remembered(path, ("one",))
    assert first.keys() == {"one"}
    assert ports.remembered(path, ("one",)) == first
