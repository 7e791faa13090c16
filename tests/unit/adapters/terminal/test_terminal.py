import io

import pytest
from rich.console import Console

from pantau.adapters.terminal.channel import TerminalDriver
from pantau.adapters.terminal.screen import moment_text
from pantau.errors import RejectError, RetryError
from pantau_schemas.events.alert import ArticleSummary, Snippet
from pantau_schemas.events.subscription import FileChannel, TerminalChannel
from tests.support import START
from tests.unit.notifier.support import alert, message

pytestmark = pytest.mark.anyio

NASTY = "Judul\x1b]0;dikuasai\x07\x1b[2J\x9b31m [bold]tebal[/bold] \u202eterbalik\r\nbaris"


async def shown(about: object = None, *, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=colour, color_system="standard" if colour else None, width=200
    )
    driver = TerminalDriver(console)
    await driver.send(message(TerminalChannel(), about))  # type: ignore[arg-type]  # an alert or None
    await driver.close()
    return out.getvalue()


async def test_title_source_time_and_snippet() -> None:
    text = await shown()
    assert "*Banjir Demak* surut, warga kembali ke rumah" in text  # no colour here, so stars mark
    assert f"Banjir Jawa Tengah · kabar.example · {moment_text(START)}" in text
    assert "genangan *banjir* di *Demak*" in text
    assert "https://kabar.example/satu?a=1&b=2" in text


async def test_matched_words_are_highlighted() -> None:
    text = await shown(colour=True)
    assert "\x1b[1;30;43mBanjir\x1b[0m" in text
    assert "\x1b[1;30;43mDemak\x1b[0m" in text
    assert "\x1b[1;30;43mwarga" not in text


async def test_text_from_outside_cannot_steer_the_terminal() -> None:
    nasty = alert(
        subscription_name=NASTY,
        article=ArticleSummary(
            article_id="a",
            revision=1,
            title=NASTY,
            url=f"https://x.example/{NASTY}",
            source=NASTY,
            first_seen=START,
        ),
        snippets=(
            Snippet(field="title", text=NASTY, marks=((0, 8),)),
            Snippet(field="text", text=NASTY, marks=((3, 12),)),
        ),
    )
    text = await shown(nasty)
    assert not set(text) & set("\x1b\x07\x9b\r\u202e")
    assert "[bold]tebal[/bold]" in text  # shown as it is, not read as markup
    assert text.count("\n") == text.count("\n  ") + 1  # no line of its own making


async def test_a_closed_terminal_is_tried_again() -> None:
    out = io.StringIO()
    driver = TerminalDriver(Console(file=out))
    out.close()
    with pytest.raises(RetryError):
        await driver.send(message(TerminalChannel()))
    await driver.close()


async def test_only_the_terminal() -> None:
    driver = TerminalDriver(Console(file=io.StringIO()))
    with pytest.raises(RejectError):
        await driver.send(message(FileChannel(path="x")))
    await driver.close()
