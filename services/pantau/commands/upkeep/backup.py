"""`pantau backup` and `pantau restore`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.asking import secret
from pantau.commands.cli.opened import read_settings
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text, say
from pantau.commands.upkeep.progress import shown_on_terminal
from pantau.errors import UsageError
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.ports import Cipher

EXAMPLES = """\b
Examples:
  pantau backup /backup/pantau-monday.zip
  pantau backup /backup/pantau-monday.zip --passphrase-file /run/secrets/backup
"""
RESTORE_EXAMPLES = """\b
Examples:
  pantau restore /backup/pantau-monday.zip --data /srv/pantau
  pantau restore /backup/pantau-monday.zip --check
"""

_passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the passphrase on its first line; otherwise a terminal is asked.",
)


@click.command(epilog=EXAMPLES)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_passphrase_option
@click.option(
    "--plain", is_flag=True, help="Do not encrypt: the file then holds secrets in the clear."
)
@data_option
def backup(file: Path, passphrase_file: Path | None, data: Path, *, plain: bool) -> None:
    """Save everything in one file: subscriptions, secrets, feeds, articles, alerts, positions.

    `pantau run`, or the services, may run meanwhile. The search index of Elasticsearch is not in
    it: `pantau index rebuild` makes it from the log.
    """
    from pantau.adapters.files.archive import ZipWriter
    from pantau.adapters.files.passphrase import PassphraseCipher
    from pantau.bootstrap import build_copier
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.backup.saving import save

    if plain and passphrase_file is not None:
        raise UsageError(problem("upkeep.plain-or-passphrase"))
    copier = build_copier(read_settings(data))
    cipher = None if plain else PassphraseCipher(_passphrase(passphrase_file, again=True))
    archive, kept = ZipWriter(file), False
    try:
        with shown_on_terminal("upkeep.copying", "name") as report:
            manifest = save(copier, archive, cipher, SystemClock(), report)
        kept = True
    finally:
        archive.close(keep=kept)
    print_text("upkeep.saved", file=str(file), count=len(manifest.members))
    if plain:
        print_text("upkeep.saved-plain")


@click.command(epilog=RESTORE_EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_passphrase_option
@click.option("--check", "only_check", is_flag=True, help="Check the file; restore nothing.")
@data_option
def restore(file: Path, passphrase_file: Path | None, data: Path, *, only_check: bool) -> None:
    """Restore everything from a backup, into an empty data folder or empty topics only.

    The whole file is checked before anything is written.
    """
    from pantau.adapters.files.archive import ZipReader
    from pantau.bootstrap import build_copier
    from pantau.usecases.backup.saving import check, manifest_of
    from pantau.usecases.backup.saving import restore as run

    archive = ZipReader(file)
    try:
        manifest = manifest_of(archive)
        cipher = _cipher_of(manifest.salt, passphrase_file)
        with shown_on_terminal("upkeep.copying", "name") as report:
            if only_check:
                check(archive, manifest, cipher, report)
            else:
                copier = build_copier(read_settings(data))
                run(copier, archive, manifest, cipher, report)
    finally:
        archive.close(keep=True)
    told = "upkeep.checked" if only_check else "upkeep.restored"
    print_text(told, file=str(file), program=manifest.program, created=manifest.created)
    if not only_check and manifest.backend == "kafka":
        print_text("upkeep.restored-index")


def _cipher_of(salt: str | None, file: Path | None) -> "Cipher | None":
    from pantau.adapters.files.passphrase import PassphraseCipher

    if salt is None:
        return None
    return PassphraseCipher(_passphrase(file, again=False), bytes.fromhex(salt))


def _passphrase(file: Path | None, *, again: bool) -> str:
    """Return the passphrase. Raises UsageError when there is none, and no terminal to ask."""
    if file is not None:
        given = file.read_text(encoding="utf-8", errors="surrogateescape").partition("\n")[0]
    elif sys.stdin.isatty():
        given = secret(say("upkeep.ask-passphrase"), again=again)
    else:
        raise UsageError(problem("upkeep.no-passphrase"))
    if not given.strip():
        raise UsageError(problem("upkeep.no-passphrase"))
    return str(given).strip()
