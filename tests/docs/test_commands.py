"""Every command in the documents runs as written, and prints what the page shows.

Blocks of the language `console` hold commands (`$ ` before each, `> ` before the lines that go on)
and their output. What stands behind the language says how a block is run:

- nothing: each command must end with exit code 0, and print what is shown below it;
- `exit: 2`: the last command must end with that exit code;
- `background`: the command goes on while the rest of the page runs;
- `notest: REASON`: it cannot run here.

A block of another language with `file: PATH` behind it is a file that the reader writes. In shown
output `...` stands for anything, and ids and times for any others.
"""

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, cast

import pytest

from tests.docs.forked import forking_server
from tests.docs.pages import Fence, fences, name_of, pages
from tests.docs.shell import Shell, environment

STARTED_EACH_TIME: Final = {"README.md"}
"""Pages whose every command is started as a program of its own; see `forked` for the others."""
_PAGES_AT_ONCE: Final = 3
_TIME: Final = (
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?Z?)?(?: (?:UTC|[A-Z]{3,5}|[+-]\d\d))?"
)
_VARYING: Final[dict[str, str]] = {
    r"\.\.\.": r"[^\n]*",
    r"\b(?=[a-z2-7]*[2-7])(?=[2-7]*[a-z])[a-z2-7]{26}\b": r"[a-z2-7]{26}",
    r"\b(?=[a-z2-7]*[2-7])(?=[2-7]*[a-z])[a-z2-7]{8}\b": r"[a-z2-7]{8}",
    _TIME: _TIME,
}
"""Output that varies between runs, and the pattern that may replace it."""
_TOKEN: Final = re.compile("|".join(f"({shown})" for shown in _VARYING))


def commands(text: str) -> list[tuple[str, str]]:
    """Split a block into commands, each with the output that is shown below it."""
    found: list[tuple[list[str], list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif line.startswith("> ") and found and not found[-1][1]:
            found[-1][0].append(line[2:])
        else:
            assert found, f"output before the first command: {line}"
            found[-1][1].append(line)
    return [("\n".join(command), "\n".join(shown)) for command, shown in found]


def pattern_of(shown: str) -> re.Pattern[str]:
    """Return what an output must match as a whole to be the one shown."""
    lines = []
    for line in shown.strip("\n").splitlines():
        if line.strip() == "...":
            lines.append(r"(?:[^\n]*\n)*?")
        else:
            lines.append(_line(line.rstrip()) + r"[ ]*\n")
    return re.compile("".join(lines) + r"\n*")


def _line(line: str) -> str:
    made, end = "", 0
    for found in _TOKEN.finditer(line):
        made += (
            re.escape(line[end : found.start()]) + [*_VARYING.values()][(found.lastindex or 1) - 1]
        )
        end = found.end()
    return made + re.escape(line[end:])


def runnable(page: Path) -> bool:
    return any(
        one.language == "console" and not one.option.startswith("notest:") for one in fences(page)
    )


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Path, "Future[None]"]]:
    """Run the chosen pages side by side.

    Most of the time goes into starting programs and waiting for them.
    """
    chosen: list[Path] = [
        cast("Path", item.callspec.params["page"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == "test_commands_run_as_written"
    ]
    with (
        forking_server(tmp_path_factory.mktemp("server"), environment()) as program,
        ThreadPoolExecutor(_PAGES_AT_ONCE) as pool,
    ):
        longest_first = sorted(
            chosen, key=lambda page: -sum(one.language == "console" for one in fences(page))
        )
        yield {
            page: pool.submit(
                run_page,
                page,
                tmp_path_factory.mktemp("page"),
                None if name_of(page) in STARTED_EACH_TIME else program,
            )
            for page in longest_first
        }


@pytest.mark.parametrize("page", [one for one in pages() if runnable(one)], ids=name_of)
def test_commands_run_as_written(page: Path, runs: dict[Path, "Future[None]"]) -> None:
    runs[page].result()


def run_page(page: Path, folder: Path, program: str | None) -> None:
    with Shell(folder, page.read_text(encoding="utf-8"), program) as shell:
        for fence in fences(page):
            where = f"{name_of(page)}:{fence.line}"
            if fence.option.startswith("file: "):
                shell.write(fence.option.removeprefix("file: "), fence.text)
            elif fence.language == "console" and not fence.option.startswith("notest:"):
                _run(shell, fence, where)


def _run(shell: Shell, fence: Fence, where: str) -> None:
    option, _, value = fence.option.partition(": ")
    assert option in {"", "exit", "background"}, f"{where}: {fence.option}"
    found = commands(fence.text)
    for number, (command, shown) in enumerate(found, 1):
        pattern = pattern_of(shell.adapted(shown)) if shown.strip() else None
        if option == "background":
            shell.start(command, pattern)
            continue
        expected = int(value) if option == "exit" and number == len(found) else 0
        code, output = shell.run(command)
        assert code == expected, f"{where}: {command}: exit code {code}\n{output}"
        assert "Traceback" not in output, f"{where}: {command}\n{output}"
        if pattern is not None:
            ended = output if output.endswith("\n") else f"{output}\n"
            assert pattern.fullmatch(ended), (
                f"{where}: {command} shows\n{output}\nthe page shows\n{shown}"
            )


@pytest.mark.parametrize(
    "page", [one for one in pages() if "/docs/id/" in one.as_posix()], ids=name_of
)
def test_indonesian_pages_show_indonesian_answers(page: Path) -> None:
    """Outputs are compared above; here, the language must be chosen before the first is shown."""
    chosen = False
    for fence in fences(page):
        if fence.language != "console":
            continue
        for command, shown in commands(fence.text):
            chosen = chosen or command == "export PANTAU_LANG=id"
            told = [one for one in shown.splitlines() if one.strip(" .") and one[:1] != "{"]
            if command.startswith("pantau ") and told and not fence.option.startswith("notest"):
                assert chosen or "--lang id" in command or told == ["pantau ..."], (
                    f"{name_of(page)}:{fence.line}: {command}"
                )


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_untested_blocks_say_why(page: Path) -> None:
    for fence in fences(page):
        if fence.option.startswith("notest"):
            reason = fence.option.removeprefix("notest:").strip()
            assert fence.option.startswith("notest: "), f"{name_of(page)}:{fence.line}"
            assert len(reason.split()) >= 2, (
                f"{name_of(page)}:{fence.line}: {reason!r} is no reason"
            )


def test_patterns_tell_other_output_apart() -> None:
    shown = pattern_of("added: 5q5ukibu Kabar\n...\nseen 2026-03-02 08:00, it ...")
    assert shown.fullmatch("added: abcdefgh Kabar\nseen 2027-01-01 00:00, it is\n")
    assert shown.fullmatch("added: abcdefgh Kabar\none\ntwo\nseen 2027-01-01 00:00, it \n")
    assert not shown.fullmatch("added: abcdefg Kabar\nseen 2027-01-01 00:00, it is\n")
    assert not shown.fullmatch("added: abcdefgh Berita\nseen 2027-01-01 00:00, it is\n")
    assert not shown.fullmatch("added: abcdefgh Kabar\nseen 2027-01-01 00:00, it is\nmore\n")
