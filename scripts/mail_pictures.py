"""Pictures of the mails in headless Chromium: `python -m scripts.mail_pictures FOLDER`.

Single alerts, follow-ups of a story and digests, in both languages, light and dark, 360 and 800
pixels wide. People look at them after a change of the layout; Chromium must be on the machine.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final, Literal

from pantau.common.channels.mailbox import read_mailbox
from pantau.notifier.composing.content import compose_content
from pantau.notifier.mails.summary import compose_message
from pantau.ports import AnyMessage, Message, RuleMessage
from pantau_schemas.events.alert import Alert, ArticleSummary, Delivery, MatchedClause, Snippet
from pantau_schemas.events.article import StoryCoverage
from pantau_schemas.events.message import AlertMessage, Occasion
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import EmailChannel, Subscription

SIZES: Final = ((360, 1350), (800, 1000))
NOW: Final = datetime(2026, 11, 27, 0, 0, tzinfo=UTC)
TO: Final = EmailChannel(to="desk@example.org")
Lang = Literal["en", "id"]
TEXTS: Final[dict[Lang, tuple[tuple[str, str, str], ...]]] = {
    "id": (
        ("Banjir Demak surut, warga mulai kembali ke rumah", "kabarpesisir.example",
         "… genangan banjir di tujuh desa di Demak mulai surut sejak Kamis pagi …"),
        ("Tanggul Sungai Wulan ditambal, banjir di Demak berkurang", "suarajateng.example",
         "… petugas menambal tanggul sehingga banjir berkurang …"),
        ("Bantuan untuk korban banjir Demak tiba dengan truk", "radiokudus.example",
         "… tiga truk bantuan untuk korban banjir tiba di balai desa …"),
        ("Sekolah di Kudus diliburkan karena banjir", "koranmuria.example",
         "… dua belas sekolah diliburkan sampai banjir surut …"),
        ("Jalan pantura di Kudus dibuka lagi setelah banjir", "kabarpesisir.example",
         "… kendaraan kembali melintas setelah banjir surut …"),
    ),
    "en": (
        ("Floods in Demak recede, residents return home", "coastnews.example",
         "… the floods in seven villages of Demak began to recede on Thursday morning …"),
        ("Dyke on the Wulan river patched, floods in Demak shrink", "centralvoice.example",
         "… workers patched the dyke, and the floods shrank …"),
        ("Aid for victims of the Demak floods arrives by lorry", "radiokudus.example",
         "… three lorries with aid for victims of the floods arrived …"),
        ("Schools in Kudus closed by floods", "muriapaper.example",
         "… twelve schools stay closed until the floods recede …"),
        ("Coast road through Kudus open again after floods", "coastnews.example",
         "… cars pass again after the floods receded …"),
    ),
}  # fmt: skip


def alert(number: int, lang: Lang) -> Alert:
    """Return an alert: the first three are of one story."""
    title, source, text = TEXTS[lang][number]
    story = StoryCoverage(
        articles=11, other_sources=("pantaupos.example", "lensapantura.example"), more_sources=4
    )
    words = ("banjir", "Banjir", "Demak", "floods", "Floods", "Kudus")
    return Alert(
        alert_id=f"alert-{number}",
        subscription_id="banjir",
        subscription_name="Banjir" if lang == "id" else "Floods",
        query="banjir AND (Demak OR Kudus)" if lang == "id" else "floods AND (Demak OR Kudus)",
        time_zone="Asia/Jakarta",
        article=ArticleSummary(
            article_id=f"article-{number}",
            revision=1,
            title=title,
            url=f"https://{source}/2026/11/27/{number}",
            source=source,
            lang=lang,
            published=NOW - timedelta(hours=number, minutes=7),
            first_seen=NOW - timedelta(hours=number),
            story_id="story" if number < 3 else f"story-{number}",
            story=story if number in {0, 2} else None,
        ),
        clauses=(
            MatchedClause(
                text="banjir" if lang == "id" else "floods",
                fields=("title", "text"),
                words=(words[0], words[3]),
            ),
            MatchedClause(text="Demak OR Kudus", fields=("title",), words=("Demak", "Kudus")),
        ),
        snippets=tuple(
            Snippet(field=field, text=shown, marks=marks(shown, words))
            for field, shown in (("title", title), ("text", text))
        ),
        matched_at=NOW,
    )


def marks(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of some words in a text."""
    found = ((text.find(one), one) for one in words)
    return tuple(sorted({(at, at + len(one)) for at, one in found if at >= 0}))


def messages(lang: Lang) -> Iterator[tuple[str, AnyMessage]]:
    """Yield a message of each kind by its name."""
    alerts = [alert(number, lang) for number in range(5)]
    yield "single", Message(delivery(), alerts[0], TO, lang)
    yield "follow-up", several("grown", alerts[1:3], lang)
    yield "digest", several("digest", alerts, lang, more=9)
    yield "silence", several("silence", [], lang)


def delivery() -> Delivery:
    """Return the delivery that all of them have."""
    return Delivery(
        schema_version=4,
        delivery_id="delivery",
        alert_id="alert-0",
        subscription_id="banjir",
        channel_id="channel",
        channel="email:desk@example.org",
        created=NOW,
        updated=NOW,
    )


def several(occasion: Occasion, alerts: list[Alert], lang: Lang, more: int = 0) -> RuleMessage:
    """Return a message of several alerts."""
    told = AlertMessage(
        message_id="message",
        subscription_id="banjir",
        occasion=occasion,
        alert_ids=tuple(one.alert_id for one in alerts),
        more_alerts=more,
        stories=len({one.article.story_id for one in alerts}) + more // 2,
        since=NOW - timedelta(days=1),
        due=NOW,
        created=NOW,
    )
    asked = Subscription(
        schema_version=3,
        subscription_id="banjir",
        name="Banjir" if lang == "id" else "Floods",
        query="banjir AND (Demak OR Kudus)",
        time_zone="Asia/Jakarta",
        channels=(TO,),
        rules=Rules(language=lang),
        created=NOW,
    )
    return RuleMessage(delivery(), compose_content(told, asked, alerts, more), TO)


def html_of(message: AnyMessage) -> str:
    """Return the HTML part of a message's mail."""
    sender = read_mailbox("pantau@example.net")
    mail = message_from_bytes(
        compose_message(message, sender=sender, to=TO.to).content, policy=policy.default
    )
    part = mail.get_body(("html",))
    if part is None:
        raise SystemExit("the mail has no HTML part")
    return str(part.get_content())


def picture(browser: str, page: Path, target: Path, size: tuple[int, int], *, dark: bool) -> None:
    """Write a picture of a page. Raises CalledProcessError if Chromium fails."""
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(  # noqa: S603 (a browser that was looked up, on a page of ours)
            [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *(f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"),
                *(*scheme, f"--screenshot={target}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )


def main(folder: Path) -> int:
    """Write all pictures to a folder; return the exit code."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.stderr.write("no Chromium is on the path: install it, or put it there\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for lang in TEXTS:
        for name, message in messages(lang):
            page = (folder / f"{name}-{lang}.html").resolve()
            page.write_text(html_of(message), encoding="utf-8")
            for size in SIZES:
                for dark in (False, True):
                    shade = "dark" if dark else "light"
                    target = folder / f"{name}-{lang}-{size[0]}-{shade}.png"
                    picture(browser, page, target.resolve(), size, dark=dark)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
