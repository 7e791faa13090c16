"""The frame of the list of operations: a row, and why a face does not have one."""

from dataclasses import dataclass
from typing import Final

CLI: Final = "pantau "


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a face does not have an operation."""

    reason: str


MACHINE: Final = Missing("it concerns files or processes of this machine")
FILES: Final = Missing("its data is a file; the single operations are there")
LATER: Final = Missing("not yet; use the command line")
RECEIVER: Final = Missing("for receivers of mails; owners change the channels of a subscription")
READER: Final = Missing("for newsreaders, which have no account; alerts are listed elsewhere")
PERSON: Final = Missing("an operator decides, with the machine at hand")


@dataclass(frozen=True, slots=True)
class FaceRow:
    """An operation: its use case as a dotted name, commands, operation for programs, pages."""

    name: str
    use_case: str
    commands: tuple[str, ...] | Missing
    programs: str | Missing
    pages: tuple[str, ...] | Missing


def row(
    name: str,
    use_case: str,
    commands: str | Missing,
    programs: str | Missing,
    pages: str | Missing,
) -> FaceRow:
    """Return a row; several commands or pages are separated by commas."""
    return FaceRow(
        name,
        f"pantau.usecases.{use_case}",
        commands
        if isinstance(commands, Missing)
        else tuple(CLI + one.strip() for one in commands.split(",")),
        programs,
        pages if isinstance(pages, Missing) else tuple(one.strip() for one in pages.split(",")),
    )
