"""Channels as people type them: with their kind, or an address that can be one kind only."""

import pytest

from pantau.errors import UsageError
from pantau.settings import Settings, SmtpSettings
from pantau.usecases.channels.reading import read_channels
from pantau_schemas.events.subscription import describe_channel

SECRET = "whsec_" + "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"


@pytest.fixture
def with_mail(settings: Settings) -> Settings:
    return settings.model_copy(update={"smtp": SmtpSettings(host="mail.example.org")})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("desk@example.org", "email:desk@example.org"),
        (" siti.rahma+berita@kabar.example.co.id ", "email:siti.rahma+berita@kabar.example.co.id"),
        ("https://example.org:8443/hook?a=b", "webhook:https://example.org:8443/hook?a=b"),
        ("HTTPS://example.org/hook", "webhook:HTTPS://example.org/hook"),
    ],
)
def test_an_address_that_can_be_one_kind_only_needs_no_kind(
    with_mail: Settings, typed: str, meant: str
) -> None:
    (bare,) = read_channels((typed,), SECRET, with_mail)
    (named,) = read_channels((meant,), SECRET, with_mail)
    assert bare == named
    assert describe_channel(bare) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "http://example.org/hook",  # anybody on the way reads it: only when asked for
        "desk@localhost",
        "a@x.example, b@x.example",
        "Desk <desk@example.org>",
        "./desk@example.org",
        "example.org/hook",
        "alerts.jsonl",
        "@saluran",
    ],
)
def test_what_is_not_unmistakable_is_refused(with_mail: Settings, typed: str) -> None:
    with pytest.raises(UsageError, match="expected one of these"):
        read_channels((typed,), SECRET, with_mail)


@pytest.mark.parametrize(
    ("typed", "repair"),
    [
        ("siaga.jsonl", "file:siaga.jsonl"),
        ("./catatan/siaga", "file:./catatan/siaga"),
        ("~/siaga.txt", "file:~/siaga.txt"),
        ("C:\\siaga\\rob.csv", "file:C:\\siaga\\rob.csv"),
        ("kait.example.org/rob", "webhook:https://kait.example.org/rob"),
        (
            "Slack:https://kait.example.org/T1",
            "webhook:https://kait.example.org/T1 --webhook-format slack",
        ),
        (
            "teams: https://kait.example.org/x",
            "webhook:https://kait.example.org/x --webhook-format teams",
        ),
        ("slack:#siaga", "webhook:https://example.org/hook --webhook-format slack"),
        ("discord:https://kait.example.org/y", "webhook:https://kait.example.org/y"),
        ("surel:meja@kabar.example", "email:meja@kabar.example"),
    ],
)
def test_a_refusal_names_what_was_meant(with_mail: Settings, typed: str, repair: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_channels((typed,), SECRET, with_mail)
    assert str(refused.value).endswith(f"; try {repair}")


def test_an_address_alone_is_checked_as_its_kind_is(settings: Settings) -> None:
    with pytest.raises(UsageError, match="no mail server is set"):
        read_channels(("desk@example.org",), SECRET, settings)
    with pytest.raises(UsageError, match="password"):
        read_channels(("https://me:secret@example.org/hook",), SECRET, settings)
