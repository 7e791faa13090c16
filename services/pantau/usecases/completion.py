"""Scripts that let a shell complete the command line, and where each shell looks for them.

The scripts are click's; the shell calls `pantau` for what to offer. Places: bash-completion's user
folder, `$XDG_DATA_HOME/bash-completion/completions`; fish's `$XDG_CONFIG_HOME/fish/completions`;
zsh has none of its own, so its folder must be put into `fpath`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pantau.errors import UsageError
from pantau.problems import problem

SHELLS: Final = ("bash", "zsh", "fish")


@dataclass(frozen=True, slots=True)
class Installed:
    """The shell, and the file that was written."""

    shell: str
    file: Path


def shell_of(environment: Mapping[str, str]) -> str:
    """Return this user's shell. Raises UsageError if it is none that can be completed in."""
    name = Path(environment.get("SHELL", "")).name
    if name not in SHELLS:
        raise UsageError(
            problem("completion.no-shell", shell=name or "?", shells=", ".join(SHELLS))
        )
    return name


def file_of(shell: str, home: Path, environment: Mapping[str, str]) -> Path:
    """Return the file in which a shell looks for the script."""
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return {
        "bash": data / "bash-completion" / "completions" / "pantau",
        "zsh": data / "zsh" / "site-functions" / "_pantau",
        "fish": settings / "fish" / "completions" / "pantau.fish",
    }[shell]


def install(shell: str, script: str, home: Path, environment: Mapping[str, str]) -> Installed:
    """Write a shell's script where it looks for it.

    Raises UsageError if the file cannot be written.
    """
    file = file_of(shell, home, environment)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            problem("completion.not-written", file=str(file), reason=error.strerror or str(error))
        ) from error
    return Installed(shell, file)
