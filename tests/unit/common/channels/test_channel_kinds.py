"""The table of channel kinds is complete, and everything that works by kind follows from it."""

import inspect
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from pantau.bootstrap import build_channel_drivers, build_fetcher
from pantau.cli import pantau
from pantau.common.channels.kinds import CHANNEL_KINDS, CHANNEL_NAMES, ChannelKind
from pantau.common.time.clock import SystemClock
from pantau.errors import RejectError, UsageError
from pantau.observe.prometheus import PrometheusMetrics
from pantau.ports import Message
from pantau.settings import NotifySettings, Settings, SmtpSettings
from pantau.usecases.channels.reading import new_secret, read_channels
from pantau_schemas.events.subscription import Channel, describe_channel
from tests.unit.notifier.support import alert, delivery

ROOT = Path(__file__).parents[4]
MODELS: dict[str, Any] = {
    one.model_fields["kind"].default: one for one in get_args(get_args(Channel)[0])
}
each_kind = pytest.mark.parametrize("kind", CHANNEL_KINDS, ids=CHANNEL_NAMES)


def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, smtp=SmtpSettings(host="mail.example.org"))


def test_the_table_and_the_models_name_the_same_kinds() -> None:
    assert set(CHANNEL_NAMES) == set(MODELS)
    assert len(CHANNEL_NAMES) == len(set(CHANNEL_NAMES))


def test_no_word_stands_for_two_kinds() -> None:
    words = [*CHANNEL_NAMES, *(word for kind in CHANNEL_KINDS for word in kind.other_words)]
    assert len(words) == len(set(words))


@each_kind
def test_the_named_functions_are_what_the_ports_say(kind: ChannelKind) -> None:
    assert list(inspect.signature(resolve_name(kind.driver)).parameters) == ["resources"]
    names = list(inspect.signature(resolve_name(kind.reader)).parameters)
    assert names == ["target", "secret", "settings"]


@each_kind
def test_the_example_is_read_as_a_channel_of_the_kind(
    kind: ChannelKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (channel,) = read_channels([kind.example], new_secret(), settings(tmp_path))
    assert isinstance(channel, MODELS[kind.name])
    assert describe_channel(channel).partition(":")[0] == kind.name
    assert kind.example.partition(":")[0] == kind.form.partition(":")[0].partition(" ")[0]


@each_kind
def test_other_words_lead_to_the_name(kind: ChannelKind, tmp_path: Path) -> None:
    for word in kind.other_words:
        with pytest.raises(UsageError, match=f"try {kind.name}:somewhere"):
            read_channels([f"{word}:somewhere"], new_secret(), settings(tmp_path))


@pytest.mark.anyio
@each_kind
async def test_the_driver_takes_its_own_kind_alone(kind: ChannelKind, tmp_path: Path) -> None:
    given = settings(tmp_path)
    fetcher = build_fetcher(given)
    drivers = build_channel_drivers(given, fetcher, SystemClock())
    assert list(drivers) == list(CHANNEL_NAMES)
    other = next(one for one in MODELS.values() if one is not MODELS[kind.name])
    channel = other.model_construct(kind=other.model_fields["kind"].default)
    foreign = Message(delivery(), alert(), channel)
    with pytest.raises(RejectError, match="not "):
        await drivers[kind.name].send(foreign)
    for driver in drivers.values():
        await driver.close()
    await fetcher.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@each_kind
def test_help_metrics_and_documents_name_it(kind: ChannelKind) -> None:
    shown = " ".join(CliRunner().invoke(pantau, ["subscribe", "--help"]).output.split())
    assert kind.form.partition(" ")[0] in shown
    assert f'channel="{kind.name}"' in PrometheusMetrics("test").text().decode()
    for page in (
        "docs/how-to/channels.md",
        "docs/id/how-to/saluran.md",
        "docs/reference/channels.md",
    ):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert f"| `{kind.name}" in text, f"{page}: add a row for {kind.example}"


def test_limits_follow_the_table() -> None:
    assert NotifySettings().unlimited == tuple(one.name for one in CHANNEL_KINDS if not one.limited)
    assert NotifySettings(unlimited=CHANNEL_NAMES).unlimited == CHANNEL_NAMES
    with pytest.raises(ValidationError, match="unlimited"):
        NotifySettings(unlimited=("pigeon",))
