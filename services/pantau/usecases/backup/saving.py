"""Writes a store into a backup, and restores a store from one."""

import hashlib
from collections.abc import Callable, Iterator

from pantau import __version__
from pantau.errors import UsageError
from pantau.ports import Archive, Cipher, Clock, Copier
from pantau.problems import problem
from pantau.usecases.backup.manifest import NAME, Manifest, Member, new_manifest, read_manifest

Progress = Callable[[str], None]
"""Gets the name of each part."""


def save(
    copier: Copier, archive: Archive, cipher: Cipher | None, clock: Clock, progress: Progress
) -> Manifest:
    """Write a backup; the caller closes the archive. Raises RetryError."""
    members = []
    for name, content in copier.parts():
        progress(name)
        stored = content if cipher is None else cipher.encrypt(name, content)
        size, digest = archive.write(name, stored)
        members.append(Member(name, size, digest))
    salt = None if cipher is None else cipher.salt
    manifest = new_manifest(
        copier.backend, __version__, copier.layout, clock.now(), tuple(members), salt
    )
    archive.write(NAME, iter([manifest.pack()]))
    return manifest


def manifest_of(archive: Archive) -> Manifest:
    """Return the manifest of a backup. Raises UsageError for a file that is none."""
    return read_manifest(b"".join(archive.read(NAME)))


def check(archive: Archive, manifest: Manifest, cipher: Cipher | None, progress: Progress) -> None:
    """Read a whole backup, and compare it with its manifest.

    Raises UsageError for a part that is missing, damaged, or of another passphrase.
    """
    for member in manifest.members:
        progress(member.name)
        size, digest = 0, hashlib.sha256()
        for piece in archive.read(member.name):
            size += len(piece)
            digest.update(piece)
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            raise UsageError(problem("upkeep.damaged", name=member.name))
        if cipher is not None:
            for _ in cipher.decrypt(member.name, archive.read(member.name)):
                pass


def restore(
    copier: Copier,
    archive: Archive,
    manifest: Manifest,
    cipher: Cipher | None,
    progress: Progress,
) -> None:
    """Restore a store from a backup into an empty place, after all of it was checked.

    Raises UsageError when the place is not empty, or the backup is damaged, of another kind of
    store, or of a newer version. Raises RetryError when a server does not answer: what was
    restored so far is to be removed by hand, since the place is no longer empty.
    """
    if manifest.backend != copier.backend:
        raise UsageError(problem("upkeep.other-backend", found=manifest.backend))
    if manifest.layout > copier.layout:
        raise UsageError(problem("upkeep.newer-backup", version=manifest.program))
    copier.require_empty()
    check(archive, manifest, cipher, progress)
    for member in manifest.members:
        progress(member.name)
        copier.restore(member.name, _content(archive, member.name, cipher))
    copier.complete()


def _content(archive: Archive, name: str, cipher: Cipher | None) -> Iterator[bytes]:
    content = archive.read(name)
    return content if cipher is None else cipher.decrypt(name, content)
