"""A backup, a loss, a restore: the stages go on, and no alert is lost or doubled."""

import json
import uuid
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from pantau.adapters.compression.search import packed_values
from pantau.adapters.files.archive import ZipReader, ZipWriter
from pantau.adapters.files.passphrase import PassphraseCipher
from pantau.adapters.files.signing_key import KEY_FILE, read_or_make_key, signing_key
from pantau.bootstrap import STORES, build_copier, build_eraser
from pantau.errors import PantauError, UsageError
from pantau.ports import Cipher
from pantau.settings import Settings
from pantau.usecases.backup.manifest import NAME
from pantau.usecases.backup.saving import check, manifest_of, restore, save
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.subscription import Subscription, TerminalChannel, WebhookChannel
from tests.pipeline.conftest import Bench
from tests.stores import store_settings
from tests.support import article, subscription

SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQ="
WORDS = "kata sandi yang panjang"
embedded = pytest.mark.parametrize("bench", ["sqlite"], indirect=True)
both = pytest.mark.parametrize("bench", ["sqlite", "kafka"], indirect=True)


def quiet(name: str) -> None:
    del name


def saved(bench: Bench, path: Path, cipher: Cipher | None = None) -> Path:
    archive = ZipWriter(path)
    save(build_copier(bench.settings), archive, cipher, bench.clock, quiet)
    archive.close(keep=True)
    return path


def restored(path: Path, settings: Settings, cipher: Cipher | None = None) -> None:
    archive = ZipReader(path)
    try:
        restore(build_copier(settings), archive, manifest_of(archive), cipher, quiet)
    finally:
        archive.close(keep=True)


@pytest.fixture
def elsewhere(
    bench: Bench, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Settings]]:
    """Yield a function that returns the settings of an empty place of the same kind."""
    name = bench.settings.backend
    with store_settings(name, tmp_path_factory.mktemp("place") / "data", request) as settings:
        yield lambda: settings


def given(bench: Bench) -> None:
    """Create work at every stage: done, half done and not begun."""
    hook = WebhookChannel(url="https://toko.example/in", secret=SecretStr(SECRET))
    bench.give(
        subscription("banjir", "banjir", channels=(TerminalChannel(), hook)),
        subscription("gempa", "gempa", channels=(TerminalChannel(),)),
    )
    bench.give(*(article(f"done{one}", text=f"banjir {one} dan gempa") for one in range(5)))
    bench.run()
    bench.give(*(article(f"half{one}", text=f"banjir besar {one}") for one in range(5)))
    bench.pass_on()
    for stage in ("enricher", "alerter"):
        (worker,) = [one for one in bench.workers if one.stage.name == stage]
        while worker.step():
            pass
    bench.give(*(article(f"fresh{one}", text=f"gempa kecil {one}") for one in range(5)))


def outcome(bench: Bench) -> tuple[Counter[str], Counter[str]]:
    """Return the alerts and deliveries, each with how many records of it there are."""
    bench.store.log.catch_up()
    eraser = build_eraser(bench.store)
    alerts = Counter(one.record.key for one in eraser.records("alerts"))
    deliveries = Counter(one.record.key for one in eraser.records("deliveries"))
    return alerts, deliveries


@both
def test_the_stages_go_on_without_losing_or_repeating_an_alert(
    bench: Bench, elsewhere: Callable[[], Settings], tmp_path: Path
) -> None:
    given(bench)
    settings = elsewhere()
    file = saved(bench, tmp_path / "backup.zip", PassphraseCipher(WORDS))
    bench.run()
    wanted = outcome(bench)
    subscriptions = bench.table("subscriptions", Subscription)

    restored(file, settings, PassphraseCipher(WORDS, bytes.fromhex(salt_of(file))))

    store = STORES[settings.backend](settings, bench.clock)
    again = Bench(store, bench.clock, settings)
    try:
        again.restart()
        assert again.lag() > 0
        again.run()
        assert outcome(again) == wanted
        assert sorted(again.table("subscriptions", Subscription), key=str) == sorted(
            subscriptions, key=str
        )
        assert len(again.table("alerts", Alert)) == 15 + 5
        assert len(again.table("deliveries", Delivery)) == 5 * 3 + 5 * 2 + 5
        with pytest.raises(UsageError, match="not empty"):
            restored(file, settings, PassphraseCipher(WORDS, bytes.fromhex(salt_of(file))))
    finally:
        again.leave()
        store.close()


def salt_of(file: Path) -> str:
    archive = ZipReader(file)
    try:
        return manifest_of(archive).salt or ""
    finally:
        archive.close(keep=True)


def readable(content: bytes) -> bytes:
    """Return the bytes of a part, and the values that are packed in it."""
    return b"".join((content, *packed_values(content)))


@embedded
def test_it_is_private_and_holds_no_secret_in_the_clear(bench: Bench, tmp_path: Path) -> None:
    given(bench)
    plain = saved(bench, tmp_path / "plain.zip")
    sealed = saved(bench, tmp_path / "sealed.zip", PassphraseCipher(WORDS))
    assert plain.stat().st_mode & 0o077 == sealed.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(plain) as inside:
        assert SECRET.encode() in readable(inside.read("pantau.db"))
    with zipfile.ZipFile(sealed) as inside:
        assert all(SECRET.encode() not in readable(inside.read(one)) for one in inside.namelist())
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    with pytest.raises(UsageError, match="exists"):
        ZipWriter(plain)


def changed(file: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """Return a copy of a backup with one part changed, or left out."""
    other = file.with_name(f"changed-{uuid.uuid4().hex}.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for one in source.namelist():
            content = source.read(one) if one != name else change(source.read(one))
            if content is not None:
                target.writestr(one, content)
    return other


def flipped(content: bytes) -> bytes:
    return content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]


def cut_off(content: bytes) -> bytes:
    return content[:-10]


def missing(content: bytes) -> None:
    del content


def emptied(content: bytes) -> bytes:
    del content
    return b"{}"


def newer(content: bytes) -> bytes:
    return json.dumps({**json.loads(content), "layout": 999}).encode()


def of_another(content: bytes) -> bytes:
    return json.dumps({**json.loads(content), "backend": "kafka"}).encode()


@embedded
def test_links_in_mails_that_were_sent_work_after_a_restore(
    bench: Bench, elsewhere: Callable[[], Settings], tmp_path: Path
) -> None:
    key = read_or_make_key(bench.settings.data)
    given(bench)
    settings = elsewhere()
    cipher = PassphraseCipher(WORDS)
    sealed = saved(bench, tmp_path / "sealed.zip", cipher)
    with zipfile.ZipFile(sealed) as inside:
        assert key not in b"".join(inside.read(one) for one in inside.namelist())
    restored(sealed, settings, cipher)
    assert signing_key(settings) == key
    assert (settings.data / KEY_FILE).stat().st_mode & 0o077 == 0


@embedded
def test_a_damaged_backup_is_refused_before_anything_is_written(
    bench: Bench, elsewhere: Callable[[], Settings], tmp_path: Path
) -> None:
    given(bench)
    cipher = PassphraseCipher(WORDS)
    plain = saved(bench, tmp_path / "plain.zip")
    sealed = saved(bench, tmp_path / "sealed.zip", cipher)
    settings = elsewhere()
    other = PassphraseCipher("another", cipher.salt)
    for file, key, said in (
        (changed(plain, "pantau.db", flipped), None, "damaged"),
        (changed(plain, "pantau.db", cut_off), None, "damaged"),
        (changed(plain, "pantau.db", missing), None, "no part pantau.db"),
        (changed(plain, NAME, emptied), None, "no backup"),
        (changed(plain, NAME, missing), None, "no part"),
        (changed(plain, NAME, newer), None, "newer"),
        (changed(plain, NAME, of_another), None, "store on kafka"),
        (changed(sealed, "pantau.db", flipped), cipher, "damaged"),
        (sealed, other, "passphrase"),
    ):
        with pytest.raises(UsageError, match=said):
            restored(file, settings, key)
    no_zip = tmp_path / "no.zip"
    no_zip.write_bytes(b"PK no zip")
    with pytest.raises(UsageError, match="no backup"):
        ZipReader(no_zip)
    assert not settings.database.exists()
    assert not settings.data.exists() or list(settings.data.iterdir()) == []


@embedded
def test_a_check_reads_it_whole(bench: Bench, tmp_path: Path) -> None:
    given(bench)
    cipher = PassphraseCipher(WORDS)
    archive = ZipReader(saved(bench, tmp_path / "sealed.zip", cipher))
    check(archive, manifest_of(archive), cipher, quiet)
    archive.close(keep=True)


@pytest.mark.parametrize("size", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20 + 5])
def test_what_is_encrypted_is_decrypted_and_nothing_can_be_cut_off(size: int) -> None:
    cipher = PassphraseCipher(WORDS)
    content = bytes(number % 251 for number in range(1000)) * (size // 1000 + 1)
    content = content[:size]
    pieces = list(cipher.encrypt("part", iter([content[:7], content[7:]])))
    assert b"".join(cipher.decrypt("part", iter(pieces))) == content
    whole = b"".join(pieces)
    odd = [whole[start : start + 999_983] for start in range(0, len(whole), 999_983)]
    assert b"".join(cipher.decrypt("part", iter(odd))) == content
    cut = pieces[:-1]
    for wrong, name in ((pieces, "other"), (cut, "part"), ([whole[:-1]], "part"), ([], "part")):
        with pytest.raises(PantauError, match="passphrase"):
            list(cipher.decrypt(name, iter(wrong)))
